import type { StoredEvents } from '../../kernel/stored.ts';
import type { Folded } from '../../sandbox/protocol.ts';
import type { SnapshotView } from '../../views/streams.ts';
import { fold } from '../workbench/engine.ts';
import type { Session } from '../workbench/session.svelte.ts';

/** How long after the last keystroke the code is asked again: real ms. */
const pause = 500;

/** How it went: what the code made of the events, or why it could not be asked. */
export type Outcome = Folded | { readonly unfit: 'compile' | 'hung' | 'broken' };

/**
 * The states of one stream as the learner's own code folds them. It is asked again when the stream or the code changes,
 * but not while a run plays: what it said last stays until it has said something new.
 */
export class Folding {
  #whole = $state.raw<Outcome | undefined>();
  #tail = $state.raw<Outcome | undefined>();
  #stop: (() => void) | undefined;
  #first = true;

  /** To be made while a component is. `stream` says what to fold, if anything, and from which snapshot once more. */
  constructor(
    session: Session,
    stream: () =>
      { readonly name: string; readonly events: StoredEvents; readonly snapshot: SnapshotView | undefined } | undefined,
  ) {
    $effect(() => {
      const asked = stream();
      const { program } = session.workspace;
      if (!asked || session.recording.playing || session.compiling) return;
      const timer = setTimeout(() => void this.#ask(session, program, asked), this.#first ? 0 : pause);
      this.#first = false;
      return () => {
        clearTimeout(timer);
        this.#stop?.();
      };
    });
  }

  /** All events from the first; `undefined` until the code has answered. */
  get whole(): Outcome | undefined {
    return this.#whole;
  }

  /** Those after the snapshot, from its state. */
  get tail(): Outcome | undefined {
    return this.#tail;
  }

  async #ask(
    session: Session,
    files: Readonly<Record<string, string>>,
    { name, events, snapshot }: { name: string; events: StoredEvents; snapshot: SnapshotView | undefined },
  ): Promise<void> {
    let stopped = false;
    this.#stop = () => (stopped = true);
    const program = await session.program(files);
    if (stopped) return;
    if (program === undefined) {
      this.#whole = { unfit: 'compile' };
      return;
    }
    const answer = async (events: StoredEvents, from?: SnapshotView): Promise<Outcome | undefined> => {
      const folding = await fold(program, name, events, from);
      if (stopped) folding.stop();
      else this.#stop = () => ((stopped = true), folding.stop());
      return folding.result.catch((error: { why?: 'hung' | 'broken' | 'stopped' }) => {
        const { why = 'broken' } = error;
        return why === 'stopped' ? undefined : { unfit: why };
      });
    };
    const whole = await answer(events);
    if (stopped) return;
    this.#whole = whole;
    const tail =
      snapshot &&
      (await answer(
        events.filter(({ revision }) => revision > snapshot.revision),
        snapshot,
      ));
    if (!stopped) this.#tail = tail;
  }
}
