import { running } from '../kernel/context.ts';
import type { World } from '../kernel/world.ts';
import { format } from './inspect.ts';
import { later } from './later.ts';

/** What every service finds in its environment, so that code written for real brokers connects to the simulated ones. */
const environment = {
  NODE_ENV: 'production',
  AWS_REGION: 'eu-central-1',
  AWS_DEFAULT_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'simulated',
  AWS_SECRET_ACCESS_KEY: 'simulated',
} as const;

type VirtualProcess = ReturnType<typeof newProcess>;
const processes = new WeakMap<World, VirtualProcess>();

/** The `process` of a run: the same object for whoever asks for it by its global name and for every service. */
export function virtualProcess(world: World): VirtualProcess {
  let found = processes.get(world);
  if (!found) processes.set(world, (found = newProcess(world)));
  return found;
}

/** As much of Node's `process` as libraries and tutorials ask for. */
function newProcess(world: World) {
  const deaf = () => undefined;
  return {
    env: { ...environment },
    argv: ['node', 'service'],
    platform: 'linux',
    version: 'v20.0.0',
    versions: { node: '20.0.0' },
    pid: 1,
    nextTick: (work: (...args: unknown[]) => void, ...args: unknown[]) => later(world, () => work(...args), 'nextTick'),
    hrtime: Object.assign(
      (since: readonly [number, number] = [0, 0]) => {
        const nanoseconds = Math.round(world.now * 1e6) - (since[0] * 1e9 + since[1]);
        return [Math.floor(nanoseconds / 1e9), nanoseconds % 1e9];
      },
      { bigint: () => BigInt(Math.round(world.now * 1e6)) },
    ),
    uptime: () => world.now / 1000,
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
    cwd: () => '/',
    emitWarning: (warning: unknown) =>
      world.record(running(), { type: 'console.logged', level: 'warn', text: format([warning]) }),
    on: deaf,
    once: deaf,
    off: deaf,
    exit: () => world.crash(running(), 'input'),
  };
}
