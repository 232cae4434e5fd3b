/**
 * What stays of the global object: ECMAScript without what depends on time, chance, memory or other threads, and a few
 * pure functions that every engine has. All else is deleted, over the whole prototype chain: what does not exist cannot be used.
 */
const kept = new Set(
  (
    'Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp Error ' +
    'AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis JSON Math Intl ArrayBuffer ' +
    'Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array Uint8ClampedArray ' +
    'BigUint64Array BigInt64Array DataView Map BigInt Set Iterator WeakMap WeakSet Proxy Reflect decodeURI decodeURIComponent ' +
    'encodeURI encodeURIComponent escape unescape isFinite isNaN eval URL URLSearchParams TextEncoder TextDecoder structuredClone atob btoa'
  ).split(' '),
);

/** Deletes every global that is not kept. Happens once, before any code of the learner or of a library is evaluated. */
export function lockDown(): void {
  const top: unknown = Object.prototype;
  for (
    let object: object | null = globalThis;
    object && object !== top;
    object = Object.getPrototypeOf(object) as object | null
  )
    for (const name of Object.getOwnPropertyNames(object))
      if (!kept.has(name) && name !== 'constructor') Reflect.deleteProperty(object, name);
}
