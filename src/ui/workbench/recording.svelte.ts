import { filter, firstValueFrom, type Subscription } from 'rxjs';
import type { WorldEntry } from '../../brokers/facts.ts';
import type { Input } from '../../kernel/run.ts';
import type { LiveRun, RunState } from '../../sandbox/sandbox.ts';
import { Cursor, endAt } from '../../views/cursor.ts';
import { flights } from '../../views/flights.ts';
import { pace, type Pace } from './pace.ts';

/** Real ms by which a run is granted ahead of the playhead: enough for no stutter, short enough for a click to matter. */
const ahead = 250;

/** A run as far as it was recorded, and the one cursor in it: all that is shown is a function of the two. */
export class Recording {
  #entries: WorldEntry[] = [];
  #length = $state(0);
  #state = $state.raw<RunState | undefined>();
  #time = $state(0);
  #end = $state(0);
  #pace = $state<Pace['name']>('even');
  #playing = $state(false);
  #run: LiveRun<WorldEntry> | undefined;
  #inputs: Input[] = [];
  #heard: Subscription | undefined;
  #granted = 0;
  #toEnd = false;
  #stepping = false;
  #flights = new Cursor(flights);
  speed = $state(1);

  /** Everything recorded so far. The array grows in place: `length` says when. */
  get entries(): readonly WorldEntry[] {
    return this.#length === 0 ? [] : this.#entries;
  }

  get length(): number {
    return this.#length;
  }

  /** What the learner did to this run by hand. */
  get inputs(): readonly Input[] {
    return this.#inputs;
  }

  /** How the run itself goes on; undefined before the first one. */
  get state(): RunState | undefined {
    return this.#state;
  }

  /** The cursor: virtual ms. */
  get time(): number {
    return this.#time;
  }

  /** The cursor: how many entries have happened. */
  get end(): number {
    return this.#end;
  }

  get playing(): boolean {
    return this.#playing;
  }

  /** How virtual time goes by now, against the chosen speed. */
  get pace(): Pace['name'] {
    return this.#playing ? this.#pace : 'even';
  }

  /** Nothing will be recorded any more. */
  get over(): boolean {
    const phase = this.#state?.phase;
    return phase === 'ended' || phase === 'hung' || phase === 'broken';
  }

  /** Virtual ms up to which it is known what happened. */
  get known(): number {
    const last = this.#length > 0 ? this.#entries[this.#length - 1]!.time : 0;
    return Math.max(last, this.#state?.time ?? 0);
  }

  /** Throws away what was recorded and plays `run` from its beginning; `inputs` are those of its recipe. */
  load(run: LiveRun<WorldEntry>, inputs: readonly Input[] = []): void {
    this.#clear(inputs);
    this.#run = run;
    this.#playing = true;
    this.#toEnd = false;
    this.#heard = run.entries$.subscribe((batch) => this.#take(batch));
    this.#heard.add(run.inputs$.subscribe((input) => this.#inputs.push(input)));
    this.#heard.add(run.state$.subscribe((state) => this.#follow(state)));
  }

  /** Shows a run that was recorded before, from its end. */
  restore(entries: readonly WorldEntry[], inputs: readonly Input[]): void {
    const time = entries.at(-1)?.time ?? 0;
    this.turnTo({ entries, inputs, state: { phase: 'ended', time } }, time);
  }

  /** Puts another recorded run in the place of this one, with the playhead at a time (virtual ms) in it. */
  turnTo(
    run: { readonly entries: readonly WorldEntry[]; readonly inputs: readonly Input[]; readonly state: RunState },
    time: number,
  ): void {
    this.#clear(run.inputs);
    this.#take(run.entries);
    this.#state = run.state;
    this.seek(time);
  }

  #clear(inputs: readonly Input[]): void {
    this.stop();
    this.#entries = [];
    this.#flights = new Cursor(flights);
    this.#length = 0;
    this.#state = undefined;
    this.#time = 0;
    this.#end = 0;
    this.#inputs = [...inputs];
    this.#granted = 0;
    this.#toEnd = false;
    this.#stepping = false;
  }

  /** Ends the run; what was recorded stays. */
  stop(): void {
    this.#heard?.unsubscribe();
    this.#run?.stop();
    this.#run = undefined;
    this.#playing = false;
  }

  #take(batch: readonly WorldEntry[]): void {
    for (const entry of batch) this.#entries.push(entry);
    this.#length = this.#entries.length;
    if (this.#stepping) this.step(1);
  }

  #follow(state: RunState): void {
    this.#state = state;
    if (this.over && this.#toEnd) this.seek(this.known);
    if (this.over) this.#toEnd = false;
  }

  toggle(): void {
    if (!this.#playing && this.over && this.#time >= this.known) this.seek(0);
    this.#playing = !this.#playing && this.#state !== undefined;
    this.#stepping = false;
  }

  pause(): void {
    this.#playing = false;
  }

  /** Moves the playhead by `elapsed` real ms and grants the run the time that it will need next. */
  advance(elapsed: number): void {
    if (!this.#playing) return;
    const recorded = this.#flights.seek(this.#entries);
    let left = elapsed;
    while (left > 0) {
      const next = this.#entries[this.#end]?.time ?? this.#state?.next;
      const { name, rate, until } = pace(recorded, this.#time, next);
      const wanted = this.#time + left * rate * this.speed;
      const reached = Math.min(wanted, until, this.known);
      this.#pace = name;
      this.#grant(Math.min(wanted, until) + ahead * this.speed);
      left = reached < wanted && reached < this.known ? left - (reached - this.#time) / (rate * this.speed) : 0;
      this.#stand(reached);
    }
    if (this.over && this.#time >= this.known) this.#playing = false;
  }

  #grant(time: number): void {
    if (this.over || time <= this.#granted) return;
    this.#granted = time;
    this.#run?.grant(time);
  }

  /** Puts the playhead to a time (virtual ms) within what is known. */
  seek(time: number): void {
    this.#stand(Math.max(0, Math.min(time, this.known)));
  }

  #stand(time: number): void {
    this.#time = time;
    this.#end = endAt(this.#entries, time);
  }

  /** Puts the playhead just behind an entry. */
  show(seq: number): void {
    this.#playing = false;
    this.#end = Math.max(0, Math.min(seq + 1, this.#length));
    this.#time = this.#end > 0 ? this.#entries[this.#end - 1]!.time : 0;
  }

  /** One entry on or back, of `node` if given; at the end of what is known the run is asked for one more. */
  step(by: 1 | -1, node?: string): void {
    this.#playing = false;
    this.#stepping = false;
    let seq = this.#end - 1 + by;
    while (node !== undefined && this.#entries[seq] && this.#entries[seq]!.node !== node) seq += by;
    if (this.#entries[seq] || seq === -1) this.show(seq);
    else if (by === 1 && !this.over && this.#run) {
      this.#stepping = true;
      this.#grant(Math.max(this.#state?.next ?? 0, this.#granted + 1));
    }
  }

  toStart(): void {
    this.#playing = false;
    this.seek(0);
  }

  /** Runs to the end and stands there. */
  toEnd(): void {
    this.#playing = false;
    this.seek(this.known);
    if (this.over) return;
    this.#toEnd = true;
    this.#granted = Infinity;
    this.#run?.grant(Infinity);
  }

  /** Stops the playhead and lets the run go on to its end behind it. */
  async finish(): Promise<void> {
    this.#playing = false;
    if (this.over || !this.#run) return;
    this.#granted = Infinity;
    this.#run.grant(Infinity);
    await firstValueFrom(this.#run.state$.pipe(filter(() => this.over)));
  }

  /** Whether something can still be done to the run: at rest it waits for that. */
  get live(): boolean {
    return this.#run !== undefined && this.#state?.phase !== 'hung' && this.#state?.phase !== 'broken';
  }

  /** Does something to the run where it stands, and shows what comes of it; nothing when it is gone. */
  input(input: Input): void {
    if (!this.live) return;
    if (this.over) this.#playing = true;
    this.#run?.input(input);
  }
}
