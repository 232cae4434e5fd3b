import type { World } from '../kernel/world.ts';
import type { Manifest } from './compile.ts';
import { Conductor, type Drive } from './conductor.ts';
import { installGlobals } from './globals.ts';
import { lockDown } from './lockdown.ts';
import { portOf } from './port.ts';
import { Program, type FileFactory, type LibraryFactory } from './program.ts';

/*
 * The first thing that a worker evaluates: it takes what it needs of the real world, closes the door behind itself, and
 * waits for the libraries and files that stand behind it in the same script.
 */

declare global {
  // The two names through which the rest of the script speaks to this bundle; both are gone before learner code runs.
  var __eventarium: unknown;
  /** Where the host is not a frame that posts a port but puts it here: Node's worker threads. */
  var __eventariumPort: MessagePort | undefined;
}

const clock = performance;
const turns = new MessageChannel();
let turn: (() => void) | undefined;
turns.port1.addEventListener('message', () => turn?.());
turns.port1.start();
const drive: Drive = {
  now: () => clock.now(),
  soon(work) {
    turn = work;
    turns.port2.postMessage(null);
  },
};

const given = globalThis.__eventariumPort;
let connect: (port: MessagePort) => void = () => undefined;
if (!given) addEventListener('message', ({ ports: [port] }) => connect(port!), { once: true });

lockDown();
Error.stackTraceLimit = 50;
let world: World | undefined;
installGlobals(() => {
  if (!world) throw new Error('nothing is being played');
  return world;
});

const libraries = new Map<string, LibraryFactory>();
const files = new Map<string, FileFactory>();
let firstLine = 1;

globalThis.__eventarium = {
  library: (name: string, factory: LibraryFactory) => libraries.set(name, factory),
  /** What follows is the program; it begins on this line of the script. */
  begins: (line: number) => (firstLine = line),
  /** The program needs these libraries; whoever assembled the script has put them before it. */
  clients: (names: readonly string[]) => {
    for (const name of names) if (!libraries.has(name)) throw new Error(`the script has no ${name}`);
  },
  file: (path: string, factory: FileFactory) => files.set(path, factory),
  program: (manifest: Manifest) => {
    Reflect.deleteProperty(globalThis, '__eventarium');
    const program = new Program(manifest, firstLine, libraries, files);
    connect = (port) => new Conductor(program, portOf(port), drive, (next) => (world = next));
    if (given) connect(given);
  },
};
Reflect.deleteProperty(globalThis, '__eventariumPort');
