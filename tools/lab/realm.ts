import { Worker } from 'node:worker_threads';
import type { Command, Report } from '../../src/sandbox/protocol.ts';
import { assemble, clientsOf } from '../../src/realm/assemble.ts';
import { bundleClient, bundleRealm } from '../build/realm.ts';
import { LabError } from './files.ts';

/** How long the worker may give no sign of life: real ms. */
const patience = 10_000;

/** Takes the port out of Node's hands, where the page's frame would post it. */
const prelude = `globalThis.__eventariumPort = require('node:worker_threads').workerData;`;

let bundle: Promise<string> | undefined;
const clients = new Map<string, Promise<string>>();

/** The text of a client library, packed once. */
function clientOf(name: string): Promise<string> {
  let text = clients.get(name);
  if (!text) clients.set(name, (text = bundleClient(name)));
  return text;
}

/**
 * Runs a program in a worker thread, with the very bundle that runs in the page, and hands its reports on, in order. It is
 * no wall: what runs here has been let in by whoever started it.
 */
export class Realm {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #reports: Report[] = [];
  #wake: (() => void) | undefined;
  #failed: Error | undefined;

  private constructor(script: string) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#worker = new Worker(script, {
      eval: true,
      workerData: port2,
      transferList: [port2 as never],
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
    });
    port1.addEventListener('message', ({ data }: MessageEvent<Report>) => {
      this.#reports.push(data);
      this.#wake?.();
    });
    port1.start();
    this.#worker.on('error', (error) => this.#fail(new LabError(`the program was stopped: ${error.message}`)));
  }

  /** Starts a worker with this program. */
  static async start(program: string): Promise<Realm> {
    bundle ??= bundleRealm();
    const asked = await Promise.all(clientsOf(program).map(clientOf));
    return new Realm(assemble(`${prelude}\n${await bundle}`, program, asked));
  }

  send(command: Command): void {
    this.#port.postMessage(command);
  }

  /**
   * The next report.
   * @throws LabError when the worker died or gave no sign of life; Error when it reports a bug of ours
   */
  async next(): Promise<Report> {
    for (;;) {
      const report = this.#reports.shift();
      if (report?.op === 'broken') throw new Error(report.message);
      if (report) return report;
      if (this.#failed) throw this.#failed;
      await new Promise<void>((resolve) => {
        const impatient = setTimeout(() => {
          this.#fail(new LabError('the program was stopped: it gave no sign of life'));
        }, patience);
        this.#wake = () => {
          clearTimeout(impatient);
          resolve();
        };
      });
    }
  }

  async stop(): Promise<void> {
    this.#port.close();
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failed = error;
    this.#wake?.();
  }
}
