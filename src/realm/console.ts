import { running } from '../kernel/context.ts';
import type { ConsoleLogged } from '../kernel/facts.ts';
import type { World } from '../kernel/world.ts';
import { format } from './inspect.ts';
import { table } from './table.ts';

/**
 * The `console` of one process, as Node documents it: what is logged becomes a fact, in the words that Node would print.
 * Groups, counts and timers are its own; a restart begins with none.
 */
export function virtualConsole(world: World) {
  const counts = new Map<string, number>();
  const started = new Map<string, number>();
  let indent = '';

  const write = (level: ConsoleLogged['level'], plain: string): void => {
    const at = world.guard.here;
    const text = indent === '' ? plain : indent + plain.replaceAll('\n', `\n${indent}`);
    world.record(running(), { type: 'console.logged', level, text, ...(at ? { at } : {}) });
  };
  const formatted = (args: readonly unknown[]) => format(args, (error) => world.describe(error).at);
  const log =
    (level: ConsoleLogged['level']) =>
    (...args: unknown[]): void =>
      write(level, formatted(args));
  const group = (...args: unknown[]): void => {
    if (args.length > 0) write('log', formatted(args));
    indent += '  ';
  };
  const elapsed = (label: string): string => {
    const ms = world.now - (started.get(label) ?? world.now);
    return ms < 1000 ? `${label}: ${ms}ms` : `${label}: ${(ms / 1000).toFixed(3)}s`;
  };

  return {
    log: log('log'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    debug: log('debug'),
    trace: (...args: unknown[]): void => write('error', `Trace${args.length > 0 ? `: ${formatted(args)}` : ''}`),
    dir: (value: unknown): void => write('log', formatted([value])),
    dirxml: log('log'),
    table: (data?: unknown, columns?: readonly string[]): void =>
      write('log', table(data, columns) ?? formatted([data])),
    assert: (condition?: unknown, ...args: unknown[]): void => {
      if (!condition) write('error', args.length > 0 ? `Assertion failed: ${formatted(args)}` : 'Assertion failed');
    },
    count: (label = 'default'): void => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      write('log', `${label}: ${counts.get(label)}`);
    },
    countReset: (label = 'default'): void => void counts.delete(label),
    time: (label = 'default'): void => void started.set(label, world.now),
    timeLog: (label = 'default', ...args: unknown[]): void =>
      write('log', args.length > 0 ? `${elapsed(label)} ${formatted(args)}` : elapsed(label)),
    timeEnd: (label = 'default'): void => {
      write('log', elapsed(label));
      started.delete(label);
    },
    group,
    groupCollapsed: group,
    groupEnd: (): void => {
      indent = indent.slice(2);
    },
  };
}
