import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { matchesTopic } from '../../src/brokers/rabbitmq/routing.ts';
import { compileProgram } from '../../tools/lab/compile.ts';
import { failureOf, playProgram } from '../../tools/lab/run.ts';
import { B, stage } from './rabbitmq/harness.js';
import { scripts } from './rabbitmq/scripts.js';

const read = (name: string) => readFileSync(`${import.meta.dirname}/rabbitmq/${name}`, 'utf8');

interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly script: string;
  readonly trace: readonly unknown[];
}
const { scenarios } = JSON.parse(read('traces.json')) as { scenarios: readonly Scenario[] };
const topics = JSON.parse(read('topics.json')) as { keys: string[]; matched: Record<string, string[]> };
const harness = read('harness.js');

/** The script as a service, which prints its trace. */
const service = (script: string) => `
  import { stage, B, by } from './lib/harness';
  const { x, trace, end } = stage('amqp://127.0.0.1');
  (${script})(x, B).then(end).then(() => console.log(JSON.stringify(trace)));
`;

/** What the real server's recording leaves out. */
const scrubbed = (json: string): unknown =>
  JSON.parse(
    json
      .replace(/amq\.(gen|ctag)-[\w-]+/g, 'amq.$1-*')
      .replace(/("!":"timestamp","value":)1767\d{6}(?=\})/g, '$1"<seconds>"'),
  );

/** Plays a script through the real client, in virtual time, and gives its trace. */
async function traced(script: string, scenario?: string): Promise<unknown> {
  const files = { 'lib/harness.js': harness, 'probe.js': service(script) };
  const program = compileProgram(scenario === undefined ? files : { ...files, 'scenario.ts': scenario });
  const printed: string[] = [];
  const failures: string[] = [];
  await playProgram(program, { seed: 1, faults: '', inputs: [], stored: [], until: 60_000 }, (_, entry) => {
    if (entry.type === 'console.logged') printed.push(entry.text);
    failures.push(...[failureOf(entry) ?? []].flat());
  });
  expect(failures).toEqual([]);
  return scrubbed(printed.at(-1) ?? 'null');
}

let same = 0;
afterAll(() => console.log(`RabbitMQ: ${same} of ${scenarios.length} recorded scenarios are the same`));

const scripted = scenarios.filter(({ script }) => script.startsWith('async'));
test.each(scripted)('$id: $title', async ({ script, trace }) => {
  expect(await traced(script)).toEqual(trace);
  same++;
});

/** The recorded restart was done by hand: here the scenario does it while the script waits. */
const restart = `async (x) => {
  const { conn, ch } = await x.open();
  const closed = new Promise((resolve) => conn.on('close', (error) => {
    x.t('connection close', { message: error.message, code: error.code });
    resolve();
  }));
  ch.on('close', () => x.t('channel close'));
  await ch.assertExchange('d.x', 'direct', { durable: true });
  await ch.assertExchange('x.transient', 'direct', { durable: false });
  await ch.assertQueue('d.durable', { durable: true });
  await ch.assertQueue('d.transient', { durable: false });
  await ch.assertQueue('d.ttl', { durable: true, messageTtl: 60000 });
  await ch.bindQueue('d.ttl', 'd.x', 'k');
  ch.sendToQueue('d.durable', B('persistent-1'), { persistent: true });
  ch.sendToQueue('d.durable', B('transient'));
  ch.sendToQueue('d.durable', B('persistent-2'), { persistent: true });
  x.t('got and left unacked before restart', (await ch.get('d.durable')).content.toString());
  await closed;
  await x.sleep(1000);
  const short = ({ code, message }) => ({ code, message });
  const tried = async (label, work) => {
    const { ch: c } = await x.open();
    x.t(label, await work(c).then((ok) => ({ ok }), (error) => ({ error: short(error) })));
  };
  await tried('checkQueue durable', (c) => c.checkQueue('d.durable'));
  await tried('checkQueue transient', (c) => c.checkQueue('d.transient'));
  await tried('checkExchange durable', (c) => c.checkExchange('d.x'));
  await tried('checkExchange transient', (c) => c.checkExchange('x.transient'));
  await tried('redeclare with the same arguments', (c) => c.assertQueue('d.ttl', { durable: true, messageTtl: 60000 }));
  const { ch: c } = await x.open();
  const left = [];
  for (let m; (m = await c.get('d.durable', { noAck: true })); )
    left.push({ body: m.content.toString(), redelivered: m.fields.redelivered, deliveryMode: m.properties.deliveryMode });
  x.t('left in durable queue', left);
  c.publish('d.x', 'k', B('bound'));
  await x.sleep(100);
  x.t('binding durable->durable survives', (await c.checkQueue('d.ttl')).messageCount === 1);
}`;

test('restart-durability: What survives a broker restart', async () => {
  const scenario = `export default scenario((world) => world.at(5000).restart('rabbitmq'));`;
  expect(await traced(restart, scenario)).toEqual(scenarios.find(({ id }) => id === 'restart-durability')!.trace);
  same++;
});

test('every recorded routing key is matched by the patterns that matched it', () => {
  let right = 0;
  for (const [pattern, keys] of Object.entries(topics.matched))
    for (const key of topics.keys) if (matchesTopic(pattern, key) === keys.includes(key)) right++;
  const all = Object.keys(topics.matched).length * topics.keys.length;
  console.log(`RabbitMQ: ${right} of ${all} topic matches are the same`);
  expect(right).toBe(all);
});

/** A real RabbitMQ on its usual port, if there is one. */
const listening = await new Promise<boolean>((resolve) => {
  const socket = connect({ host: '127.0.0.1', port: 5672, timeout: 1000 }, () => {
    socket.destroy();
    resolve(true);
  });
  socket.on('error', () => resolve(false)).on('timeout', () => resolve(false));
});

/** Since 4.0 a dead letter says how it died last, too. */
const withoutLastDeath = (trace: unknown): unknown =>
  JSON.parse(JSON.stringify(trace).replace(/,?"x-last-death-\w+":"[^"]*"/g, ''));

const live = listening ? test : test.skip;
live.each(Object.entries(scripts))(
  'the real server on 127.0.0.1:5672 does the same (skipped where none listens): %s',
  async (_, script) => {
    const { x, trace, end } = stage('amqp://127.0.0.1');
    await script(x, B);
    await end();
    expect(withoutLastDeath(await traced(script.toString()))).toEqual(
      withoutLastDeath(
        scrubbed(JSON.stringify(trace).replace(/("!":"timestamp","value":)\d{10}(?=\})/g, '$11767000000')),
      ),
    );
  },
);
