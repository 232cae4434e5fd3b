/** Defines methods as the language defines its own: writable, configurable, not enumerable. */
export function define(target: object, methods: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

export type Constructor = new (...args: unknown[]) => object;

/**
 * A constructor that stands in for a native one: same name, same statics, same methods; `construct` makes the object and
 * `call` answers a call without `new`. Prototype and statics are copies, so that no object leads back to the native
 * constructor.
 */
export function replica<C extends object>(
  native: C,
  construct: (args: readonly unknown[], target: Constructor) => object,
  call: (args: readonly unknown[]) => unknown,
): C {
  function constructor(...args: unknown[]): unknown {
    return new.target === undefined ? call(args) : construct(args, new.target as unknown as Constructor);
  }
  const { prototype, ...statics } = Object.getOwnPropertyDescriptors<object>(native);
  Object.defineProperties(constructor, statics);
  constructor.prototype = Object.create(
    Object.prototype,
    Object.getOwnPropertyDescriptors(prototype!.value as object),
  ) as object;
  define(constructor.prototype, { constructor });
  Object.defineProperty(constructor, 'prototype', { writable: false });
  return constructor as unknown as C;
}
