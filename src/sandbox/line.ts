import { openFrame } from './frame.ts';
import type { Command, Report } from './protocol.ts';
import { readReport } from './report.ts';

/** How long a worker that has something to do may give no sign of life: real ms. */
const patience = 1_000;
/** How often that is looked at: real ms. A hidden tab is looked at less often, and so waits for more. */
const glance = 250;
/** How long a frame may take to come up; nothing of the learner runs before that. */
const start = 20_000;

/** After these the worker waits for us. */
const waiting: ReadonlySet<Report['op']> = new Set(['ready', 'paused', 'commit', 'ended']);

export interface Listener {
  hear(report: Report): void;
  /** The worker gave no sign of life; it is gone. */
  hung(): void;
  /** It could not start, or said what is no report. */
  broke(message: string): void;
}

/**
 * The line to one realm: opens its frame, sends commands, reads reports, and watches. A worker is watched only while it
 * has something to do: not while it waits for a grant, a commit or a credit, and not while the page is hidden.
 */
export class Line {
  readonly #frame: ReturnType<typeof openFrame>;
  readonly #listener: Listener;
  readonly #watch: ReturnType<typeof setInterval>;
  #busy = true;
  #up = false;
  /** Glances since the last sign of life. Counting them, not time, forgives a page that was itself asleep. */
  #silent = 0;

  constructor(script: string, listener: Listener) {
    this.#listener = listener;
    this.#frame = openFrame(script, (message) => this.#fail(() => listener.broke(message)));
    this.#frame.port.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(data);
    this.#watch = setInterval(() => this.#look(), glance);
  }

  send(command: Command): void {
    // A credit wakes only a worker that ran out of them; if it has nothing to do it will not answer.
    if (command.op !== 'received') this.#wake();
    this.#frame.port.postMessage(command);
  }

  close(): void {
    clearInterval(this.#watch);
    this.#frame.port.onmessage = null;
    this.#frame.close();
  }

  #wake(): void {
    this.#busy = true;
    this.#silent = 0;
  }

  #hear(data: unknown): void {
    const report = readReport(data);
    if (!report) {
      this.#fail(() => this.#listener.broke('the frame said something that is no report'));
      return;
    }
    this.#up = true;
    this.#silent = 0;
    if (waiting.has(report.op)) this.#busy = false;
    try {
      this.#listener.hear(report);
    } catch (error) {
      this.#fail(() => this.#listener.broke(String(error)));
    }
  }

  #look(): void {
    if (!this.#busy || document.hidden) {
      this.#silent = 0;
      return;
    }
    if (++this.#silent * glance > (this.#up ? patience : start)) this.#fail(() => this.#listener.hung());
  }

  #fail(tell: () => void): void {
    this.close();
    tell();
  }
}
