import { format } from './inspect.ts';
import { saying } from './wording.ts';

/**
 * What was thrown, as the journal keeps it: bounded, in V8's words whatever the engine. Takes any value and never throws;
 * a value that is no error is called a `NonError` and shown as the console would.
 */
export function describe(error: unknown): { name: string; message: string } {
  return isError(error) ? saying(error) : { name: 'NonError', message: saying({ message: format([error]) }).message };
}

function isError(value: unknown): value is Error {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

/** `    at f (url:1:2)`, `    at url:1:2` */
const v8 = /^ +at (?:.* \()?(.*):(\d+):(\d+)\)?$/;
/** `f@url:1:2`, `@url:1:2` in Firefox and WebKit */
const others = /^[^@]*@(.*):(\d+):(\d+)$/;
/** As many frames as Firefox keeps, or fewer. */
const deepest = 100;

/**
 * Where in the worker's script an error was made, innermost call first, lines and columns from 1, as far as its stack can be
 * read: V8, Firefox and WebKit write it differently and learner code may have put anything there. Node's own files are left out.
 */
export function places(error: unknown): { line: number; column: number }[] {
  // A frame is short; on a long line of learner code the patterns would search for ever.
  const lines = stack(error)
    .split('\n', 4 * deepest)
    .filter(({ length }) => length < 1_000);
  const format = lines.some((line) => v8.test(line)) ? v8 : others;
  return lines
    .map((line) => format.exec(line))
    .filter((frame) => frame !== null && !frame[1]!.startsWith('node:'))
    .slice(0, deepest)
    .map((frame) => ({ line: Number(frame![2]), column: Number(frame![3]) }));
}

function stack(error: unknown): string {
  try {
    const text = (error as Error).stack;
    return typeof text === 'string' ? text.slice(0, 100_000) : '';
  } catch {
    return '';
  }
}
