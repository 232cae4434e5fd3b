import { context, outside, running, within } from './context.ts';
import type { Failure } from './facts.ts';
import { plain } from './plain.ts';
import { VirtualPromise } from './promise.ts';
import type { World } from './world.ts';

/** How long a caller waits for an answer: virtual ms. */
export const callTimeout = 5_000;

/** Why a call has no answer. `name` is that of the error which the service threw, or `ServiceUnavailable`, `CallTimeout`, `UnknownMethod`. */
export class CallFailed extends Error {
  constructor({ name, message }: Failure) {
    super(message);
    this.name = name;
  }
}

/**
 * Requests from one service to another, over links that can fail. What crosses is a JSON copy, both ways. The caller's
 * promise settles when the answer has travelled back, or fails after `callTimeout`.
 */
export class Calls {
  readonly #world: World;
  #count = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Calls a method of another service as the node that is running. */
  call(to: string, method: string, args: readonly unknown[]): VirtualPromise<unknown> {
    const from = running();
    const world = this.#world;
    const sent = this.#sent(from, to, method, args);
    return new VirtualPromise((resolve, reject) => {
      const caller = context();
      let answered = false;
      const once = (settle: () => void) => {
        if (answered) return;
        answered = true;
        deadline.cancel();
        if (caller.owner?.alive !== false) within(caller, settle);
      };
      const fail = (error: Failure) => {
        world.record(from, { type: 'call.failed', id: sent.id, error }, sent.seq);
        reject(world.blame(new CallFailed(error), sent.at));
      };
      const deadline = world.clock.after(callTimeout, () => {
        const error = { name: 'CallTimeout', message: `${to} did not answer ${method} within ${callTimeout} ms` };
        once(() => fail(error));
      });
      const broken = () => {
        const error = { name: 'ServiceUnavailable', message: `the connection to ${to} broke` };
        once(() => fail(error));
      };
      const answer = (settle: () => void) => {
        world.network.send({
          from: to,
          to: from,
          id: sent.id,
          arrive: () => once(settle),
          lost: broken,
        });
      };
      const arrive = () =>
        this.#perform(sent, to, method, sent.args, {
          answered: (value) => answer(() => resolve(value)),
          failed: (error) => answer(() => fail(error)),
        });
      world.network.send({ from, to, id: sent.id, arrive, lost: broken });
    });
  }

  /** A command of the scenario: it comes from outside and is there at once. Nobody waits for the answer. */
  command(to: string, method: string, args: readonly unknown[]): void {
    const sent = this.#sent(outside, to, method, args);
    this.#perform(sent, to, method, sent.args, {
      answered: () => {},
      failed: (error) => this.#world.record(outside, { type: 'call.failed', id: sent.id, error }, sent.seq),
    });
  }

  #sent(from: string, to: string, method: string, args: readonly unknown[]) {
    const copy = plain(args, 'args') as readonly unknown[];
    const at = from === outside ? undefined : this.#world.guard.here;
    const id = `call-${++this.#count}`;
    const { seq } = this.#world.record(from, { type: 'call.sent', id, to, method, args: copy, ...(at ? { at } : {}) });
    return { id, seq, args: copy, at };
  }

  /** On the side of the service: looks the method up when its file is evaluated, and writes the answer down where it was given. */
  #perform(
    sent: { id: string; seq: number },
    to: string,
    method: string,
    args: readonly unknown[],
    then: { answered(value: unknown): void; failed(error: Failure): void },
  ): void {
    const world = this.#world;
    const life = world.life(to);
    if (!life?.alive) {
      then.failed({ name: 'ServiceUnavailable', message: `${to} is not running` });
      return;
    }
    const closed = life.onEnd(() =>
      then.failed({ name: 'ServiceUnavailable', message: `${to} crashed before it answered` }),
    );
    const work = () =>
      life.ready
        .then(() => {
          const work = life.method(method);
          if (!work)
            throw Object.assign(new Error(`${to} has no method ${method}: export a function or a class that has it`), {
              name: 'UnknownMethod',
            });
          return work(...args);
        })
        .then((value) => plain(value, 'the answer'))
        .then(
          (value) => {
            closed();
            world.record(
              to,
              { type: 'call.answered', id: sent.id, ...(value === undefined ? {} : { value }) },
              sent.seq,
            );
            then.answered(value);
          },
          (error: unknown) => {
            closed();
            then.failed(world.describe(error));
          },
        );
    life.awake(() => void life.do(sent.seq, work));
  }
}
