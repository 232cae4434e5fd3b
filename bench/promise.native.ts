/** In the place of `src/kernel/promise.ts` on the native side of a contest. */
export const VirtualPromise = Promise;
/** The engine keeps its own book of rejections. */
export const unheard = new Map<never, never>();
