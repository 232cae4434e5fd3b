import { afterEach, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { filter, firstValueFrom } from 'rxjs';
import realm from 'virtual:realm';
import type { WorldEntry } from '../brokers/facts.ts';
import type { Recipe } from '../kernel/run.ts';
import type { StoredEvent } from '../kernel/stored.ts';
import { assemble } from '../realm/assemble.ts';
import type { Trial } from './protocol.ts';
import { CheckFailed, fold, judge, play, type Keeper, type LiveRun, type RunState } from './sandbox.ts';

const recipe: Recipe = { seed: 1, faults: '', inputs: [], stored: [], until: 60_000 };
const runs: { stop(): void }[] = [];
afterEach(() => runs.splice(0).forEach((run) => run.stop()));

const scriptOf = async (files: Record<string, string>) => assemble(realm, await commands.compileProgram(files));

interface Played {
  readonly run: LiveRun<WorldEntry>;
  readonly entries: WorldEntry[];
  readonly over: Promise<RunState>;
}

/** Starts a run of one service and takes down its journal. */
async function begin(code: string, options: Partial<Recipe> = {}, keeper?: Keeper): Promise<Played> {
  const run = play<WorldEntry>(await scriptOf({ 'service.ts': code }), { ...recipe, ...options }, keeper);
  runs.push(run);
  const entries: WorldEntry[] = [];
  run.entries$.subscribe((batch) => entries.push(...batch));
  const over = firstValueFrom(
    run.state$.pipe(filter(({ phase }) => phase === 'ended' || phase === 'hung' || phase === 'broken')),
  );
  return { run, entries, over };
}

async function toEnd(code: string, options?: Partial<Recipe>, keeper?: Keeper) {
  const { run, entries, over } = await begin(code, options, keeper);
  run.grant(Infinity);
  return { entries, state: await over };
}

const paused = (run: LiveRun<WorldEntry>, time: number) =>
  firstValueFrom(run.state$.pipe(filter((state) => state.phase === 'paused' && state.time >= time)));

const logged = (entries: readonly WorldEntry[]) =>
  entries.flatMap((entry) => (entry.type === 'console.logged' ? [entry.text] : []));

const failures = (entries: readonly WorldEntry[]) =>
  entries.flatMap((entry) => (entry.type === 'node.failed' ? [entry.error.message] : []));

test('a program runs to its rest and its journal comes out', async () => {
  const { entries, state } = await toEnd(`
    eventBus.subscribe('order.*', (event) => console.log('heard', event));
    await eventBus.publish('order.created', { orderId: 1 });
  `);
  expect(state).toMatchObject({ phase: 'ended', because: 'rest' });
  expect(logged(entries)).toEqual(['heard { orderId: 1 }']);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at));
});

test('a run goes no further than it was granted', async () => {
  const { run, entries } = await begin(`setInterval(() => console.log(Date.now()), 100)`);
  await paused(run, 0);
  run.grant(250);
  expect(await paused(run, 250)).toMatchObject({ time: 250, next: 300 });
  expect(logged(entries)).toHaveLength(2);
});

test('what the learner does during a run is in the recipe afterwards, and the re-run is the same, byte for byte', async () => {
  const code = `
    eventBus.subscribe('#', async (event, { type }) => { await new Promise((done) => setTimeout(done, 30)); console.log(type); });
    setInterval(() => eventBus.publish('tick', { at: Date.now(), chance: Math.random() }), 40);
  `;
  const { run, entries } = await begin(code, { until: 500 });
  const inputs: Recipe['inputs'][number][] = [];
  run.inputs$.subscribe((input) => inputs.push(input));
  run.grant(100);
  await paused(run, 100);
  run.input({ time: 0, do: 'publish', event: 'by.hand', data: { from: 'me' } });
  run.grant(230);
  await paused(run, 230);
  run.input({ time: 0, do: 'crash', node: 'service' });
  await firstValueFrom(run.inputs$);
  run.input({ time: 0, do: 'restart', node: 'service' });
  await firstValueFrom(run.inputs$);
  run.grant(Infinity);
  await firstValueFrom(run.state$.pipe(filter(({ because }) => because === 'until')));
  expect(inputs.map((input) => input.do)).toEqual(['publish', 'crash', 'restart']);

  const again = await toEnd(code, { until: 500, inputs });
  expect(JSON.stringify(again.entries)).toBe(JSON.stringify(entries));
});

test('what was done by hand to messages and nodes is in the journal, and again in the re-run, byte for byte', async () => {
  const code = `
    let n = 0;
    eventBus.subscribe('#', async () => { await new Promise((done) => setTimeout(done, 30)); }, { concurrency: 1 });
    setInterval(() => eventBus.publish('tick', { n: n++ }), 10);
  `;
  const options = { until: 600, faults: 'delay@bus>service:50' };
  const { run, entries } = await begin(code, options);
  const inputs: Recipe['inputs'][number][] = [];
  run.inputs$.subscribe((input) => inputs.push(input));
  run.grant(100);
  await paused(run, 100);
  const flying = 'bus>service';
  const deeds: Recipe['inputs'] = [
    { time: 0, do: 'deliver', id: 'e-9', place: flying },
    { time: 0, do: 'delay', id: 'e-8', place: flying, by: 200 },
    { time: 0, do: 'duplicate', id: 'e-7', place: flying },
    { time: 0, do: 'drop', id: 'e-6', place: flying },
    { time: 0, do: 'drop', id: 'e-3', place: 'service:#' },
    { time: 0, do: 'slow', node: 'service', by: 20 },
    { time: 0, do: 'cut', node: 'service', by: 40 },
    { time: 0, do: 'pause', node: 'service' },
    { time: 0, do: 'resume', node: 'service' },
  ];
  for (const deed of deeds) {
    run.input(deed);
    await firstValueFrom(run.inputs$);
  }
  run.grant(Infinity);
  await firstValueFrom(run.state$.pipe(filter(({ because }) => because === 'until')));
  const struck = entries.flatMap((entry) => (entry.type === 'fault.struck' ? [entry.kind] : []));
  expect(struck).toEqual(['deliver', 'delay', 'duplicate', 'drop', 'drop', 'slow', 'cut', 'pause', 'resume']);
  expect(inputs).toEqual(deeds.map((deed) => ({ ...deed, time: 100 })));

  const again = await toEnd(code, { ...options, inputs });
  expect(JSON.stringify(again.entries)).toBe(JSON.stringify(entries));
});

test('an append waits for the outer store, and the journal is the same as over memory', async () => {
  const code = `for (let n = 0; n < 200; n++) await eventStore.append('counter-' + (n % 3), [{ type: 'counted', n }]);`;
  const kept: StoredEvent[] = [];
  const slow = await toEnd(code, {}, async (events) => {
    await new Promise((done) => setTimeout(done));
    kept.push(...events);
    return undefined;
  });
  const fast = await toEnd(code);
  expect(kept).toHaveLength(200);
  expect(JSON.stringify(slow.entries)).toBe(JSON.stringify(fast.entries));
});

test('a refused commit is an error of the append, and nothing is in the journal as stored', async () => {
  const { entries } = await toEnd(
    `try { await eventStore.append('a', [{ type: 'x' }]); } catch (error) { console.log(error.name); }`,
    {},
    () => Promise.resolve('quota'),
  );
  expect(entries.some(({ type }) => type === 'store.appended')).toBe(false);
  expect(logged(entries)).toEqual(['StoreRefused']);
});

test.each([
  ['a loop without end', `while (true) {}`],
  ['a loop without end in an async function', `(async () => { for (;;) await null; })()`],
  ['a loop without end that swallows errors', `for (;;) { try { for (;;) {} } catch {} }`],
  ['a flood of publishes', `for (;;) eventBus.publish('flood', {})`],
  ['a flood of logs', `for (;;) console.log('flood')`],
  [
    'a flood over virtual time',
    `setInterval(() => { for (let n = 0; n < 1000; n++) eventBus.publish('flood', n); }, 1)`,
  ],
  [
    'an event that begets itself',
    `eventBus.subscribe('x', (event) => eventBus.publish('x', event)); eventBus.publish('x', 1)`,
  ],
])('%s is stopped, by count and so at the same place each time', async (_, code) => {
  const { entries, state } = await toEnd(code);
  expect(state).toMatchObject(state.because === 'until' ? { phase: 'ended' } : { phase: 'ended', because: 'stopped' });
  const last = entries.at(-1)!;
  if (state.because === 'stopped') expect(last).toMatchObject({ type: 'node.failed', during: 'budget' });
});

test('endless recursion is the RangeError that it is everywhere', async () => {
  const { entries } = await toEnd(
    `function deeper() { return deeper() + 1; } try { deeper(); } catch (error) { console.log(error.message); }`,
  );
  expect(logged(entries)).toEqual(['Maximum call stack size exceeded']);
});

test('what never ends inside the engine is removed by the watchdog, and the next run works', async () => {
  const { state } = await toEnd(`/^(a+)+$/.test('a'.repeat(40) + 'b')`);
  expect(state.phase).toBe('hung');
  expect((await toEnd(`console.log('next')`)).state.phase).toBe('ended');
});

test.each([
  ['null', `throw null`],
  ['undefined', `throw undefined`],
  ['a hostile getter', `throw { get message() { throw 1; } }`],
  ['an unheard rejection', `Promise.reject(new Error('nobody listens'))`],
  ['an error in a timer', `setTimeout(() => { throw new Error('late'); }, 10)`],
])('%s is reported, once', async (_, code) => {
  const { entries, state } = await toEnd(code);
  expect(state.phase).toBe('ended');
  expect(failures(entries)).toHaveLength(1);
});

test.each([
  ['a cycle', `const event = {}; event.self = event; await eventBus.publish('x', event)`, 'data.self'],
  ['a function', `await eventBus.publish('x', { work() {} })`, 'data.work is a function'],
  ['a BigInt', `await eventBus.publish('x', { sum: 1n })`, 'data.sum is a BigInt'],
  ['a Map', `await eventBus.publish('x', { stock: new Map() })`, 'data.stock is a Map'],
])('an event with %s is refused with a sentence that says where', async (_, code, sentence) => {
  const { entries } = await toEnd(code);
  const [failed] = entries.filter(({ type }) => type === 'node.failed');
  expect(failed).toMatchObject({ error: { name: 'NotPlain', at: { file: 'service.ts', line: 1 } } });
  expect(failures(entries)[0]).toContain(sentence);
});

test('a handler that never settles is seen waiting: the run comes to rest with its delivery open', async () => {
  const { entries, state } = await toEnd(`
    eventBus.subscribe('x', () => new Promise(() => {}));
    await eventBus.publish('x', 1);
  `);
  expect(state).toMatchObject({ phase: 'ended', because: 'rest' });
  expect(entries.some(({ type }) => type === 'bus.delivered')).toBe(true);
  expect(entries.some(({ type }) => type === 'bus.settled')).toBe(false);
});

test('the outer world cannot be reached', async () => {
  const { entries } = await toEnd(`
    for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'indexedDB', 'postMessage', 'importScripts', 'Worker', 'self',
      'navigator', 'location', 'BroadcastChannel', 'caches', 'WebAssembly', 'SharedArrayBuffer', 'WeakRef', '__eventarium'])
      if (name in globalThis) console.log(name);
    try { console.log(new Function('return 1')()); } catch (error) { console.log(error.name); }
    try { console.log((0, eval)('1')); } catch (error) { console.log(error.name); }
  `);
  expect(logged(entries)).toEqual(['EvalError', 'EvalError']);
});

test('a check plays every trial and says what it found', async () => {
  const script = await scriptOf({
    'service.ts': `export class Service { async order(n) { await eventBus.publish('order.created', { n }); } }`,
    'scenario.ts': `import { scenario } from 'eda/scenario';
      export default scenario((world) => { world.at(10).call('service', 'order', 1); });`,
    'check.ts': `import { rules } from 'eda/check';
      const title = { ru: 'т', en: 't' };
      export default rules([
        { id: 'published', anomaly: 'lost', kind: 'eventually', on: 'journal', title,
          test: (history) => history.published('order.created').length === 1 ? undefined : { because: title, evidence: [] } },
        { id: 'paid', anomaly: 'lost', kind: 'eventually', on: 'world', title,
          test: (history) => history.effects().length > 0 ? undefined : { because: title, evidence: [0] } },
      ]);`,
  });
  const trials: Trial[] = [1, 2, 3].map((seed) => ({ seed, faults: 'delay' }));
  const check = judge(script, trials, [], 60_000);
  runs.push(check);
  expect(await check.judgement).toEqual({
    verdict: { outcome: 'failed', rule: 'paid', anomaly: 'lost', because: { ru: 'т', en: 't' }, evidence: [0] },
    goals: { published: { outcome: 'passed' }, paid: expect.objectContaining({ outcome: 'failed' }) as unknown },
    runs: 3,
    trial: { seed: 1, faults: 'delay' },
  });
});

test('a check of code that hangs says so', async () => {
  const check = judge(
    await scriptOf({ 'service.ts': `/^(a+)+$/.test('a'.repeat(40) + 'b')` }),
    [{ seed: 1, faults: '' }],
    [],
    1000,
  );
  runs.push(check);
  await expect(check.judgement).rejects.toEqual(new CheckFailed('hung'));
});

const deposits: StoredEvent[] = [100, 50].map((amount, revision) => ({
  id: `e${revision}`,
  stream: 'account-A',
  revision,
  position: revision,
  type: 'money.deposited',
  data: { accountId: 'A', amount },
  created: '2026-01-01T00:00:00.000Z',
}));

test.each([
  [
    'a class with applyEvent, as the article writes it',
    `class BankAccount {
      constructor(accountId) { this.accountId = accountId; this.balance = 0; }
      applyEvent(event) { if (event.type === 'money.deposited') this.balance += event.amount; }
    }`,
    { by: 'BankAccount.applyEvent', states: [0, 100, 150].map((balance) => ({ accountId: 'A', balance })) },
  ],
  [
    'decide and evolve',
    `export const initial = { balance: 0 };
     export const evolve = (state, event) => ({ ...state, balance: state.balance + event.amount });`,
    { by: 'evolve', states: [0, 100, 150].map((balance) => ({ balance })) },
  ],
  [
    'code that fails at an event',
    `export const evolve = (state, event) => { if (event.amount === 50) throw new Error('no'); return event; };`,
    { at: 1, failed: { name: 'Error', message: 'no', at: { file: 'service.ts', line: 1, column: 74 } } },
  ],
  ['code that folds nothing', `export function order() {}`, { nothing: true }],
])('a stream is folded by %s', async (_, code, expected) => {
  const folding = fold(await scriptOf({ 'service.ts': code }), 'account-A', deposits);
  runs.push(folding);
  expect(await folding.result).toMatchObject(expected);
});

test('a snapshot spares the fold what came before it', async () => {
  const code = `export const evolve = (state, event) => ({ balance: state.balance + event.amount });`;
  const folding = fold(await scriptOf({ 'service.ts': code }), 'account-A', deposits.slice(1), {
    state: { balance: 100 },
  });
  runs.push(folding);
  expect(await folding.result).toMatchObject({ states: [{ balance: 100 }, { balance: 150 }] });
});
