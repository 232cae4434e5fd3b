// As much of Node as a service here has. Time is virtual: a timer of an hour takes no time at all.

interface Console {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  trace(...values: unknown[]): void;
  dir(value: unknown): void;
  table(data?: unknown, columns?: readonly string[]): void;
  assert(condition: unknown, ...values: unknown[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  time(label?: string): void;
  timeLog(label?: string, ...values: unknown[]): void;
  timeEnd(label?: string): void;
  group(...values: unknown[]): void;
  groupEnd(): void;
}
/** What is logged stands in the journal, with the line that logged it. */
declare const console: Console;

/** Calls back after `delay` virtual milliseconds. A crash of the service takes its timers along. */
declare function setTimeout(callback: (...args: any[]) => void, delay?: number, ...args: any[]): number;
declare function setInterval(callback: (...args: any[]) => void, delay?: number, ...args: any[]): number;
declare function setImmediate(callback: (...args: any[]) => void, ...args: any[]): number;
declare function clearTimeout(timer?: number): void;
declare function clearInterval(timer?: number): void;
declare function clearImmediate(timer?: number): void;
declare function queueMicrotask(callback: () => void): void;

declare function structuredClone<T>(value: T): T;
declare function atob(data: string): string;
declare function btoa(data: string): string;
declare class TextEncoder {
  encode(text?: string): Uint8Array;
}
declare class TextDecoder {
  constructor(encoding?: string);
  decode(bytes?: ArrayBufferLike | ArrayBufferView): string;
}
declare class URL {
  constructor(url: string, base?: string | URL);
  href: string;
  protocol: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
  readonly searchParams: URLSearchParams;
}
declare class URLSearchParams {
  constructor(query?: string | Record<string, string>);
  get(name: string): string | null;
  set(name: string, value: string): void;
  toString(): string;
}

declare const performance: {
  /** Virtual milliseconds since the run began. */
  now(): number;
  readonly timeOrigin: number;
};

/** Random from the run's own seed: the same run draws the same numbers. */
declare const crypto: {
  randomUUID(): string;
  getRandomValues<T extends ArrayBufferView>(array: T): T;
};

declare namespace NodeJS {
  interface ErrnoException extends Error {
    errno?: number;
    code?: string;
    syscall?: string;
  }
  interface ProcessEnv {
    [name: string]: string | undefined;
  }
  interface Process {
    readonly env: ProcessEnv;
    readonly argv: string[];
    readonly platform: string;
    readonly version: string;
    readonly versions: { readonly node: string };
    readonly pid: number;
    nextTick(callback: (...args: any[]) => void, ...args: any[]): void;
    hrtime: { (since?: readonly [number, number]): [number, number]; bigint(): bigint };
    uptime(): number;
    cwd(): string;
    memoryUsage(): { rss: number; heapTotal: number; heapUsed: number; external: number; arrayBuffers: number };
    /** Ends the service, as a crash would. */
    exit(code?: number): never;
  }
  type EventEmitter = import('events').EventEmitter;
}
declare const process: NodeJS.Process;

/** The module of this name, or a file of `lib/`. */
declare function require(id: string): any;
declare const module: { exports: any };
declare const exports: any;

type BufferEncoding =
  'utf8' | 'utf-8' | 'base64' | 'base64url' | 'hex' | 'ascii' | 'latin1' | 'binary' | 'utf16le' | 'ucs2';
interface Buffer extends Uint8Array {
  toString(encoding?: BufferEncoding, start?: number, end?: number): string;
  toJSON(): { type: 'Buffer'; data: number[] };
  equals(other: Uint8Array): boolean;
  compare(other: Uint8Array): -1 | 0 | 1;
  copy(target: Uint8Array, targetStart?: number, start?: number, end?: number): number;
  write(text: string, offset?: number, length?: number, encoding?: BufferEncoding): number;
}
declare var Buffer: {
  from(data: string, encoding?: BufferEncoding): Buffer;
  from(data: ArrayLike<number> | ArrayBufferLike): Buffer;
  alloc(size: number, fill?: number | string): Buffer;
  allocUnsafe(size: number): Buffer;
  byteLength(text: string, encoding?: BufferEncoding): number;
  isBuffer(value: unknown): value is Buffer;
  concat(list: readonly Uint8Array[], length?: number): Buffer;
};

declare module 'buffer' {
  const buffer: typeof globalThis.Buffer;
  export { buffer as Buffer };
}

declare module 'events' {
  type Listener = (...args: any[]) => void;
  class EventEmitter {
    on(event: string | symbol, listener: Listener): this;
    once(event: string | symbol, listener: Listener): this;
    off(event: string | symbol, listener: Listener): this;
    addListener(event: string | symbol, listener: Listener): this;
    prependListener(event: string | symbol, listener: Listener): this;
    removeListener(event: string | symbol, listener: Listener): this;
    removeAllListeners(event?: string | symbol): this;
    emit(event: string | symbol, ...args: any[]): boolean;
    listeners(event: string | symbol): Listener[];
    listenerCount(event: string | symbol): number;
    setMaxListeners(count: number): this;
  }
  namespace EventEmitter {
    export { EventEmitter };
    export function once(emitter: EventEmitter, event: string | symbol): Promise<any[]>;
  }
  export = EventEmitter;
}

declare module 'crypto' {
  export function randomUUID(): string;
  export function randomBytes(size: number): Buffer;
  export function randomInt(min: number, max?: number): number;
  export function getRandomValues<T extends ArrayBufferView>(array: T): T;
}

declare module 'timers' {
  export const setTimeout: typeof globalThis.setTimeout;
  export const setInterval: typeof globalThis.setInterval;
  export const setImmediate: typeof globalThis.setImmediate;
  export const clearTimeout: typeof globalThis.clearTimeout;
  export const clearInterval: typeof globalThis.clearInterval;
  export const clearImmediate: typeof globalThis.clearImmediate;
}

declare module 'util' {
  export function format(...values: unknown[]): string;
  export function inspect(value: unknown, options?: object): string;
  export function promisify(work: (...args: any[]) => void): (...args: any[]) => Promise<any>;
  export function inherits(child: Function, parent: Function): void;
  export function deprecate<T>(work: T): T;
}
