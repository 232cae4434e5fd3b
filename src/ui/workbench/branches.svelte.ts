import { filter, firstValueFrom } from 'rxjs';
import type { WorldEntry } from '../../brokers/facts.ts';
import type { Input } from '../../kernel/run.ts';
import type { LiveRun, RunState } from '../../sandbox/sandbox.ts';
import type { Recording } from './recording.svelte.ts';

/** One future of a run, whole. `deed` is what was done in the past that made it another one; the run as it first was has none. */
export interface Branch {
  readonly entries: readonly WorldEntry[];
  readonly inputs: readonly Input[];
  readonly state: RunState;
  readonly deed?: Input;
}

/** Plays the recorded program once more, with the same recipe but for what is done to it by hand. It writes nothing. */
type Replay = (inputs: readonly Input[]) => Promise<LiveRun<WorldEntry>>;

/** What the learner does to a run by hand, and the futures that come of doing it in the past: all of them are kept. */
export class Branches {
  readonly #recording: Recording;
  #replay = $state.raw<Replay | undefined>();
  #list = $state.raw<readonly Branch[]>([]);
  #current = $state(0);
  #forking = $state(false);

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  /** A run has begun: what there was of another is forgotten. */
  begin(replay: Replay): void {
    this.#replay = replay;
    this.#list = [];
    this.#current = 0;
  }

  /** A run was played here, so there is something to reach into. */
  get offered(): boolean {
    return this.#replay !== undefined;
  }

  /** Whether something can be done to it now. */
  get able(): boolean {
    return this.#replay !== undefined && !this.#forking && this.#recording.state?.phase !== 'loading';
  }

  /** The futures of this run in the order in which they were made; empty as long as there is only one. */
  get list(): readonly Branch[] {
    return this.#list;
  }

  get current(): number {
    return this.#current;
  }

  /** Another future is being played. */
  get forking(): boolean {
    return this.#forking;
  }

  /**
   * Does something to the run: where it stands, if that is where the playhead is or goes, and else at the playhead, by
   * playing the run again up to there. Resolves when that is done.
   */
  async intervene(deed: Input): Promise<void> {
    const recording = this.#recording;
    const stands = recording.time >= recording.known || (recording.playing && !recording.over);
    if (recording.live && stands) recording.input(deed);
    else if (this.able) await this.#fork({ ...deed, time: recording.time });
  }

  async #fork(deed: Input): Promise<void> {
    this.#forking = true;
    try {
      const recording = this.#recording;
      await recording.finish();
      const { entries, inputs, state } = recording;
      const before = [...inputs.filter(({ time }) => time <= deed.time), deed];
      const branch = { ...(await future(await this.#replay!(before))), inputs: before, deed };
      const kept = this.#list.length > 0 ? this.#list : [{ entries, inputs, state: state! }];
      this.#list = [...kept, branch];
      this.#current = kept.length;
      recording.turnTo(branch, deed.time);
      recording.toggle();
    } finally {
      this.#forking = false;
    }
  }

  /** Shows another future, at the same time in it. */
  choose(number: number): void {
    const branch = this.#list[number];
    if (!branch || number === this.#current) return;
    this.#current = number;
    this.#recording.turnTo(branch, this.#recording.time);
  }
}

/** A run to its end. */
async function future(run: LiveRun<WorldEntry>): Promise<Pick<Branch, 'entries' | 'state'>> {
  const entries: WorldEntry[] = [];
  const taking = run.entries$.subscribe((batch) => {
    for (const entry of batch) entries.push(entry);
  });
  run.grant(Infinity);
  const state = await firstValueFrom(
    run.state$.pipe(filter(({ phase }) => phase === 'ended' || phase === 'hung' || phase === 'broken')),
  );
  taking.unsubscribe();
  run.stop();
  return { entries, state };
}
