import { expect, test } from 'vitest';
import type { WorldEntry } from '../brokers/facts.ts';
import { compileProgram } from '../../tools/lab/compile.ts';
import { playProgram } from '../../tools/lab/run.ts';

/** A consumer and a producer as tutorials write them: one queue that outlives both. */
const consumer = `
  import amqp from 'amqplib';
  const connection = await amqp.connect('amqp://rabbitmq');
  connection.on('error', () => undefined);
  const channel = await connection.createChannel();
  await channel.assertQueue('orders');
  await channel.prefetch(1);
  await channel.consume('orders', (message) => {
    console.log(message.content.toString(), message.fields.redelivered);
    channel.ack(message);
  });
`;
const producer = `
  import amqp from 'amqplib/callback_api';
  amqp.connect('amqp://rabbitmq', (_, connection) => {
    connection.createConfirmChannel((_, channel) => {
      channel.assertQueue('orders');
      for (const id of ['a', 'b']) channel.sendToQueue('orders', Buffer.from(id), { persistent: true });
    });
  });
`;
const shop = { 'billing.ts': consumer, 'shop.ts': producer };

async function played(files: Record<string, string>, faults = '', until = 60_000): Promise<WorldEntry[]> {
  const entries: WorldEntry[] = [];
  const recipe = { seed: 1, faults, inputs: [], stored: [], until };
  await playProgram(compileProgram(files), recipe, (_, entry) => entries.push(entry));
  return entries;
}

const printed = (entries: readonly WorldEntry[]) =>
  entries.flatMap((entry) => (entry.type === 'console.logged' ? [entry.text] : []));

test('what one service publishes with callbacks another consumes with promises, the same way each time', async () => {
  const entries = await played(shop);
  expect(printed(entries)).toEqual(['a false', 'b false']);
  expect(await played(shop)).toEqual(entries);
});

test('an open connection beats its heart only as long as something else happens', async () => {
  const entries = await played(shop, '', 10_000_000);
  expect(entries.at(-1)!.time).toBeLessThan(1_000);
  const waiting = `${consumer}\nsetTimeout(() => console.log('still here'), 200_000);`;
  const alive = await played({ 'billing.ts': waiting }, '', 10_000_000);
  expect(printed(alive)).toEqual(['still here']);
  expect(alive.map(({ type }) => type)).not.toContain('rabbit.disconnected');
});

test('the journal leads from the line that publishes to the callback that handles', async () => {
  const entries = await played(shop);
  const published = entries.find(({ type }) => type === 'rabbit.published')!;
  expect(published).toMatchObject({ client: 'shop', body: 'a', at: { file: 'shop.ts', line: 6 } });
  const delivered = entries.find(({ cause, type }) => type === 'rabbit.delivered' && cause === published.seq)!;
  expect(delivered).toMatchObject({ client: 'billing', queue: 'orders', deliveryTag: 1 });
  expect(entries.filter(({ cause }) => cause === delivered.seq).map(({ type }) => type)).toEqual([
    'console.logged',
    'rabbit.acked',
  ]);
});

test.each([
  ['before-handling', ['a true', 'b false']],
  ['before-ack', ['a false', 'a true', 'b false']],
  ['after-ack', ['a false', 'b false']],
])('a consumer that crashes %s gets again what it has not acknowledged', async (point, expected) => {
  const lines = printed(await played(shop, `crash@billing:${point}#1`));
  // Where the next message was on its way when the node crashed, it comes back too.
  expect(lines.map((line) => (line.startsWith('b') ? 'b false' : line))).toEqual(expected);
});

test('a partition delays and loses nothing', async () => {
  const entries = await played(shop, 'partition@rabbitmq:20-3000');
  expect(printed(entries)).toEqual(['a false', 'b false']);
  expect(entries.at(-1)!.time).toBeGreaterThan(3_000);
});

test('a cut connection is an error of the socket, and the broker knows that the client is gone', async () => {
  const entries = await played(
    { 'billing.ts': consumer.replace('() => undefined', '(e) => console.log(e.code)') },
    'cut@billing>rabbitmq:100#6',
  );
  expect(printed(entries)).toEqual(['ECONNRESET']);
  expect(entries).toContainEqual(expect.objectContaining({ type: 'rabbit.disconnected', because: 'lost' }));
});

test('what is not simulated says so and closes the connection', async () => {
  const stream = `
    import amqp from 'amqplib';
    const connection = await amqp.connect('amqp://rabbitmq');
    connection.on('error', (error) => console.log(error.message));
    const channel = await connection.createChannel();
    await channel.assertQueue('s', { arguments: { 'x-queue-type': 'stream' } }).catch(() => undefined);
  `;
  expect(printed(await played({ 'reader.ts': stream }))).toEqual([
    expect.stringContaining('540 (NOT-IMPLEMENTED) with message "NOT_IMPLEMENTED - NotSimulated: rabbitmq: streams'),
  ]);
});
