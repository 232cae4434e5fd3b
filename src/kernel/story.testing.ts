import { VirtualPromise } from './promise.ts';

/** What a node of a test does, as a generator: `yield` waits for a virtual promise, as `await` does in learner code. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a yield gives depends on the promise
export type Telling = Generator<unknown, void, any>;

/** Tells a story to its end; fails with what it throws. */
export function told(story: Telling): VirtualPromise<void> {
  return new VirtualPromise((resolve, reject) => {
    const go = (next: () => IteratorResult<unknown, void>) => {
      let turn;
      try {
        turn = next();
      } catch (error) {
        reject(error);
        return;
      }
      if (turn.done) resolve();
      else
        VirtualPromise.resolve(turn.value).then(
          (value) => go(() => story.next(value)),
          (error: unknown) => go(() => story.throw(error)),
        );
    };
    go(() => story.next());
  });
}
