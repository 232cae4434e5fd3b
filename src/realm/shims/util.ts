import { inspect, format } from 'node-inspect-extracted';

export { inspect, format };

/** Node's `util.inherits`. */
export function inherits(child: { prototype: object; super_?: unknown }, parent: { prototype: object }): void {
  child.super_ = parent;
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

/** Node's `util.promisify`, for functions whose last argument is a callback. */
export function promisify(work: (...args: unknown[]) => void) {
  return function (this: unknown, ...args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const answer = (error: Error | null | undefined, value: unknown) => (error ? reject(error) : resolve(value));
      work.call(this, ...args, answer);
    });
  };
}

/** Node's `util.deprecate`, without the warning. */
export const deprecate = <T>(work: T): T => work;

export default { inspect, format, inherits, promisify, deprecate };
