import type { Input, Recipe } from '../kernel/run.ts';
import type { StoredEvent } from '../kernel/stored.ts';
import type { Standing, World } from '../kernel/world.ts';
import type { Command } from '../sandbox/protocol.ts';
import { fold } from './folding.ts';
import { judging } from './judging.ts';
import { Play } from './play.ts';
import type { Port } from './port.ts';
import type { Program } from './program.ts';

/** How long the realm works before it listens to the host again: real ms. */
const slice = 8;
/** How often the host is told that the realm is alive: real ms. */
const beat = 100;
/** Entries of one batch, and batches that may be on their way before the host has taken one in. */
const batch = 2048;
const credit = 4;

/** The real things that drive a run from outside; nothing of them reaches its inside. */
export interface Drive {
  /** Real ms. */
  now(): number;
  /** Does `work` after the messages that have arrived meanwhile. */
  soon(work: () => void): void;
}

/** Carries out what the host commands: plays a run as far as granted, in slices, and reports; or judges many runs. */
export class Conductor {
  readonly #port: Port;
  readonly #drive: Drive;
  readonly #program: Program;
  readonly #enter: (world: World) => void;
  #play: Play | undefined;
  #granted = 0;
  #until = Infinity;
  #working = false;
  #unreceived = 0;
  #reported = 0;
  #lastBeat = 0;
  /** What the learner did and the run has not come to a stand for yet. */
  readonly #asked: Input[] = [];
  #committed: ((refused?: string) => void) | undefined;

  constructor(program: Program, port: Port, drive: Drive, enter: (world: World) => void) {
    this.#program = program;
    this.#port = port;
    this.#drive = drive;
    this.#enter = enter;
    port.receive((command) => this.#obey(command));
    port.send({ op: 'ready' });
  }

  #obey(command: Command): void {
    this.#honestly(() => {
      switch (command.op) {
        case 'play':
          this.#begin(command.recipe, command.keep);
          break;
        case 'grant':
          this.#granted = command.time;
          this.#work();
          break;
        case 'input':
          this.#asked.push(command.input);
          this.#work();
          break;
        case 'committed':
          this.#committed?.(command.refused);
          this.#work();
          break;
        case 'received':
          this.#unreceived--;
          this.#work();
          break;
        case 'fold':
          this.#port.send({ op: 'folded', folded: fold(this.#program, command, this.#enter, () => this.#drive.now()) });
          break;
        case 'judge':
          this.#judge(judging(this.#program, command, this.#enter));
      }
    });
  }

  #begin(recipe: Recipe, keep: boolean): void {
    const memory = (_: readonly StoredEvent[], done: (refused?: string) => void) => done();
    const host = (events: readonly StoredEvent[], done: (refused?: string) => void) => {
      this.#committed = (refused) => {
        this.#committed = undefined;
        done(refused);
      };
      this.#port.send({ op: 'commit', events });
    };
    this.#reported = 0;
    this.#play = new Play(this.#program, recipe, keep ? host : memory, this.#enter);
    this.#until = recipe.until;
    this.#work();
  }

  /** Starts the next slice, unless one is due already or there is something to wait for. */
  #work(): void {
    if (this.#working || !this.#play || this.#committed || this.#unreceived >= credit) return;
    this.#working = true;
    this.#drive.soon(() => {
      this.#working = false;
      this.#honestly(() => this.#slice(this.#play!));
    });
  }

  #slice(play: Play): void {
    const end = this.#drive.now() + slice;
    const full = () => play.world.journal.entries.length - this.#reported >= batch;
    const standing = play.run(Math.min(this.#granted, this.#until), () => full() || this.#drive.now() > end);
    this.#report(play);
    this.#tell(play, standing);
  }

  #tell(play: Play, standing: Standing): void {
    const { world } = play;
    const time = world.now;
    const stands = standing === 'rest' || standing === 'granted';
    if (stands && this.#asked.length > 0) this.#intervene(play);
    else if (standing === 'rest' || standing === 'stopped') this.#port.send({ op: 'ended', because: standing, time });
    else if (standing === 'granted') {
      const { next } = world.clock;
      if (next > this.#until) this.#port.send({ op: 'ended', because: 'until', time });
      else this.#port.send({ op: 'paused', time: Math.max(time, this.#granted), next });
    } else {
      this.#beat();
      this.#work();
    }
  }

  /**
   * What the learner did happens where the run stands: at the end of a grant, or at rest, from which it wakes the run up.
   * So the recipe can say when.
   */
  #intervene(play: Play): void {
    for (const asked of this.#asked.splice(0)) {
      const granted = this.#granted === Infinity ? 0 : this.#granted;
      const input: Input = { ...asked, time: Math.max(play.world.now, Math.min(granted, this.#until)) };
      play.input(input);
      this.#port.send({ op: 'did', input });
    }
    this.#work();
  }

  #report({ world }: Play): void {
    const { entries } = world.journal;
    if (entries.length === this.#reported) return;
    const lines = entries.slice(this.#reported).map((entry) => JSON.stringify(entry));
    this.#reported = entries.length;
    this.#unreceived++;
    this.#port.send({ op: 'entries', lines: lines.join('\n') });
  }

  #beat(): void {
    const now = this.#drive.now();
    if (now - this.#lastBeat < beat) return;
    this.#lastBeat = now;
    this.#port.send({ op: 'beat' });
  }

  /** One trial a turn, so that the host is heard and hears. */
  #judge(trials: ReturnType<typeof judging>): void {
    const { done, value } = trials.next();
    this.#port.send(value);
    if (!done) this.#drive.soon(() => this.#honestly(() => this.#judge(trials)));
  }

  /** What fails here is our own doing: it is said, and the host shows it. */
  #honestly(work: () => void): void {
    try {
      work();
    } catch (error) {
      const message = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
      this.#port.send({ op: 'broken', message });
    }
  }
}
