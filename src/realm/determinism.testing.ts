import type { Recipe } from '../kernel/run.ts';

/** All that engines and machines like to differ in, in one service. */
const language = `
import { interval, delay, take, timer } from 'rxjs';

const log = (...args) => console.log(Date.now(), performance.now(), ...args);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function* numbers() {
  for (let i = 0; i < 3; i++) {
    await sleep(Math.random() * 100);
    yield i;
  }
}

eventBus.subscribe('number.*', async (event, { attempt }) => {
  log('got', event, attempt);
  if (event.n === 1) throw new RangeError('one is too few');
  await sleep(5);
}, { retry: { attempts: 2, delay: 10 }, concurrency: 2 });

(async () => {
  for await (const n of numbers()) await eventBus.publish('number.' + n, { n, id: crypto.randomUUID() });
  log(await Promise.race([sleep(30).then(() => 'slow'), sleep(20).then(() => 'fast')]));
  log([Math.exp(1.1), Math.sin(1e6), Math.pow(1.1, 3.3), 0.1 + 0.2, -0].join(' '));
  log([5, 1, 10, 'b', 'ä', 'a'].sort(), ['z', 'ä', 'a'].sort((a, b) => a.localeCompare(b)));
  log(new Date(2026, 2, 29, 2, 30).toString(), new Date().toLocaleString(), (1234.5).toLocaleString());
  log([...crypto.getRandomValues(new Uint8Array(8))], generateId());
  queueMicrotask(() => log('microtask'));
  process.nextTick(() => log('tick'));
  setImmediate(() => log('immediate'));
  interval(7).pipe(take(3), delay(4)).subscribe((i) => log('rx', i));
  timer(50).subscribe(() => { undefined.late; });
  try { null.f(); } catch (error) { log(error); }
  log(await Promise.allSettled([Promise.reject(new Error('no')), Promise.any([sleep(1)])]));
  throw new TypeError('the end');
})();
`;

const sources = import.meta.glob<string>(
  [
    '../../lessons/01-*/{scenario.ts,solution/*.ts,given/*.ts}',
    '../../lessons/06-*/{scenario.ts,solution/*.ts,given/*.ts}',
  ],
  { query: '?raw', import: 'default', eager: true },
);

/** The program of a lesson's solution, as the page and the lab put it together. */
const solution = (number: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(sources).flatMap(([path, text]) => {
      const [, lesson, file] = /lessons\/(\d\d)-[^/]+\/(.+)$/.exec(path)!;
      return lesson === number ? [[file!.replace(/^solution\//, ''), text]] : [];
    }),
  );

/** Programs that must give the same journal, byte for byte, wherever they run. */
export const programs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a service that uses the language to the full': { 'service.js': language },
  'the solution of lesson 1': solution('01'),
  'the solution of lesson 6': solution('06'),
};

/** With faults of every kind that chance decides. */
export const recipe: Recipe = {
  seed: 7,
  faults: 'duplicate:0.3,reorder:0.3,delay:0-50,crash:0.05,lose-ack:0.1',
  inputs: [],
  stored: [],
  until: 60_000,
};
