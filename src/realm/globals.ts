import { Buffer } from 'buffer';
import { VirtualPromise } from '../kernel/promise.ts';
import { epoch, type World } from '../kernel/world.ts';
import { virtualDate } from './date.ts';
import { virtualIntl, localeMethods } from './intl.ts';
import { parse } from './json.ts';
import { later } from './later.ts';
import { deterministicMath } from './math.ts';
import { virtualProcess } from './process.ts';

/**
 * Puts the virtual things in place of the real ones: promises, timers, calendar, chance. They serve the run that `world`
 * gives at the time of the call, so one installation serves run after run.
 */
export function installGlobals(world: () => World): void {
  const define = (target: object, name: string, value: unknown) =>
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });

  define(globalThis, 'Promise', VirtualPromise);
  Object.defineProperty(VirtualPromise, 'name', { value: 'Promise' });
  define(
    globalThis,
    'Date',
    virtualDate(() => world().now, epoch),
  );
  define(
    globalThis,
    'Intl',
    virtualIntl(() => epoch + world().now),
  );
  for (const [type, methods] of Object.entries(localeMethods))
    for (const [name, method] of Object.entries(methods))
      define((globalThis as unknown as Record<string, { prototype: object }>)[type]!.prototype, name, method);
  for (const [name, method] of Object.entries(deterministicMath())) define(Math, name, method);
  define(JSON, 'parse', parse);
  // As deep in V8 as elsewhere: else the place of an error under many frames of a library is known to some engines only.
  define(Error, 'stackTraceLimit', 100);
  define(Math, 'random', () => world().random.fraction());

  define(globalThis, 'setTimeout', (...args: Parameters<World['timers']['setTimeout']>) =>
    world().timers.setTimeout(...args),
  );
  define(globalThis, 'setInterval', (...args: Parameters<World['timers']['setInterval']>) =>
    world().timers.setInterval(...args),
  );
  define(globalThis, 'setImmediate', (...args: Parameters<World['timers']['setImmediate']>) =>
    world().timers.setImmediate(...args),
  );
  for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate'])
    define(globalThis, name, (id?: unknown) => world().timers.clear(id));
  define(globalThis, 'queueMicrotask', (work: () => void) => later(world(), work, 'queueMicrotask'));

  define(globalThis, 'Buffer', Buffer);
  // Libraries ask for it by its global name; services have it among what they see without an import.
  Object.defineProperty(globalThis, 'process', { get: () => virtualProcess(world()), configurable: true });
  define(globalThis, 'performance', {
    now: () => world().now,
    timeOrigin: epoch,
    toJSON: () => ({ timeOrigin: epoch }),
  });
  define(globalThis, 'crypto', {
    randomUUID: () => world().random.uuid(),
    getRandomValues: <T extends ArrayBufferView>(array: T): T => {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      for (let at = 0; at < bytes.length; at++) bytes[at] = world().random.uint32() & 255;
      return array;
    },
  });
}
