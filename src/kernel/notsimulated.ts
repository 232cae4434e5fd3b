/** A part of a real system that has no behaviour here. It says so instead of doing something else. */
export class NotSimulated extends Error {
  override readonly name = 'NotSimulated';

  /** `what` in the system's own words, as `crypto.createSign`. */
  constructor(what: string) {
    super(`${what}: see the README of src/realm for what is simulated`);
  }
}

/** A module of which only `parts` exist; whoever asks for another of its names hears `NotSimulated` and which one it was. */
export function partial<T extends object>(name: string, parts: T): T {
  return new Proxy(parts, {
    get(target, key) {
      // What engines and bundlers ask of any object is not a request.
      if (typeof key === 'symbol' || key in target || key === 'then' || key === '__esModule' || key === 'default')
        return Reflect.get(target, key) as unknown;
      throw new NotSimulated(`${name}.${key}`);
    },
  });
}
