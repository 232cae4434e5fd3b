import { createContext } from 'svelte';
import { rebuiltIn } from '../../brokers/tables/state.ts';
import type { Place } from '../../kernel/facts.ts';
import type { Input } from '../../kernel/run.ts';
import type { StoredEvents } from '../../kernel/stored.ts';
import type { Message } from '../../kernel/verdict.ts';
import type { Problem, Trial } from '../../sandbox/protocol.ts';
import type { Keeper } from '../../sandbox/sandbox.ts';
import { placeOf } from '../../views/life.ts';
import { announcer } from '../announcer.svelte.ts';
import { locale } from '../locale.svelte.ts';
import { Branches } from './branches.svelte.ts';
import { play } from './engine.ts';
import type { Kept } from './kept.svelte.ts';
import { lastRun, writeDown } from './lastrun.ts';
import { Recording } from './recording.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

/** What a session is about: the files, and what the lesson says of their nodes and of the run. */
export interface Subject {
  readonly workspace: Workspace;
  readonly names: Readonly<Record<string, Message>>;
  readonly until: number;
  readonly kept: Kept;
  /** What the store holds when a run begins; left out, it goes on from what is kept, as a real database would. */
  readonly stored?: StoredEvents;
}

/** The views of the world, in the order of their tabs. */
export const views = ['topology', 'journal', 'queues', 'store', 'readModels', 'ledger', 'console'] as const;
export type View = (typeof views)[number];

/** Where the learner looks, what is played, and under which circumstances: everything that the panes share. */
export class Session {
  readonly workspace: Workspace;
  readonly recording = new Recording();
  readonly branches = new Branches(this.recording);
  readonly until: number;
  /** What the browser keeps of the events of this workspace. */
  readonly kept: Kept;
  readonly #stored: StoredEvents | undefined;
  #from = $state.raw<StoredEvents>([]);
  /** Runs begin with an empty store and leave what is kept as it is. */
  fromEmpty = $state(false);
  readonly #names: Readonly<Record<string, Message>>;
  seed = $state(1);
  /** In the one grammar of faults. */
  faults = $state('');
  /** What was wrong with the program when it was last compiled. */
  compiled = $state.raw<readonly Problem[]>([]);
  /** What the editor finds while the learner types. */
  typed = $state.raw<readonly Problem[]>([]);
  reveal = $state.raw<Place | undefined>();
  /** The entry whose life is shown. */
  selected = $state<number | undefined>();
  /** Which view of the world is open, and in the store which stream: what one was looking at stays when the panes are laid out anew. */
  view = $state<View>('topology');
  stream = $state<string | undefined>();
  #compiling = $state(false);
  /** The entry to stand at when the run has been recorded. */
  #goal = $state<number | undefined>();

  constructor({ workspace, names, until, kept, stored }: Subject) {
    this.workspace = workspace;
    this.until = until;
    this.kept = kept;
    this.#stored = stored;
    this.#names = names;
  }

  /** A session with the last run of its workspace on the tape. */
  static async open(subject: Subject): Promise<Session> {
    const session = new Session(subject);
    const last = await lastRun(subject.workspace.id);
    session.#from = last?.run.stored ?? subject.stored ?? (await subject.kept.load());
    if (last) {
      session.seed = last.run.seed;
      session.faults = last.run.faults;
      session.recording.restore(last.entries, last.run.inputs);
    }
    return session;
  }

  get compiling(): boolean {
    return this.#compiling;
  }

  /** What the store held when the recorded run began; before the first one, what it would begin with. */
  get from(): StoredEvents {
    return this.#from;
  }

  /** Runs go on from what is kept, as they would on a real database. */
  get keeps(): boolean {
    return this.#stored === undefined;
  }

  /** What people call a node, in the current language. */
  nameOf(node: string): string {
    const name = this.#names[node];
    const projection = rebuiltIn(node);
    if (projection !== undefined) return `${this.nameOf(projection)} ↻`;
    return name ? locale.of(name) : (locale.words.nodes[node] ?? node);
  }

  /** Services in the order in which the lesson names them, then in that of their files. */
  readonly nodes = $derived.by(() => {
    const services = Object.keys(this.workspace.program)
      .map(nodeOf)
      .filter((name) => name !== undefined);
    const named = Object.keys(this.#names).filter((name) => services.includes(name));
    return [...named, ...services].filter((name, i, all) => all.indexOf(name) === i);
  });

  /** What a picture begins with: the services and, where the code speaks of it, the bus behind the first of them. */
  readonly places = $derived.by(() => {
    const spoken = Object.values(this.workspace.program).some((text) => text.includes('eventBus'));
    return [...this.nodes.slice(0, 1), ...(spoken ? ['bus'] : []), ...this.nodes.slice(1)];
  });

  /** The colour of a node: `--c1` to `--c8` by its place, grey for what is not a service. */
  colorOf(node: string): string {
    const place = this.nodes.indexOf(rebuiltIn(node) ?? node);
    return place < 0 ? 'var(--c0)' : `var(--c${(place % 8) + 1})`;
  }

  /** Compiles and plays; what the code stores is kept. Problems that forbid a run are shown instead. */
  async run(): Promise<void> {
    const program = await this.compile();
    if (program === undefined) return;
    if (this.fromEmpty) return this.#play(program, [], []);
    const kept = await this.kept.load();
    if (this.#stored) await this.kept.replace(this.#stored);
    await this.#play(program, this.#stored ?? kept, [], this.kept.keep);
  }

  /** The same run once more, with what was done to it by hand. It writes nothing. */
  async again(): Promise<void> {
    const program = await this.compile();
    if (program !== undefined) await this.#play(program, this.#from, this.recording.inputs);
  }

  /** Plays the run of a check at once to its end and stands behind the entry `seq`. It writes nothing. */
  async demonstrate({ seed, faults }: Trial, seq: number | undefined): Promise<void> {
    const program = await this.compile();
    if (program === undefined) return;
    this.seed = seed;
    this.faults = faults;
    await this.#play(program, this.#stored ?? [], []);
    this.#goal = seq;
    this.recording.toEnd();
  }

  async #play(program: string, stored: StoredEvents, inputs: readonly Input[], keeper?: Keeper): Promise<void> {
    this.selected = undefined;
    this.#goal = undefined;
    const { seed, faults, until, workspace } = this;
    const { 'scenario.ts': scenario = '', ...files } = workspace.program;
    const recipe = { seed, faults, until, inputs, stored };
    const live = await play(program, recipe, keeper);
    writeDown(workspace.id, { ...recipe, files, scenario }, live);
    this.#from = stored;
    this.recording.load(live, inputs);
    this.branches.begin((inputs) => play(program, { ...recipe, inputs }));
    announcer.say(locale.words.run.started);
  }

  /** To be called when the run is over: goes to the entry that is to be demonstrated, if one is. */
  arrive(): void {
    if (this.#goal === undefined) return;
    this.recording.show(this.#goal);
    this.select(this.#goal);
    this.#goal = undefined;
  }

  /** The program as text, or undefined when it has problems that forbid a run: the first is then revealed. */
  async compile(): Promise<string | undefined> {
    this.#compiling = true;
    try {
      const { compile } = await import('../editor/compiler.ts');
      const { program, problems } = await compile(this.workspace.program, locale.current);
      this.compiled = problems;
      const [first] = problems.filter(({ kind }) => kind !== 'type');
      if (!first) return program;
      this.goTo(first);
      announcer.say(`${first.file}:${first.line}:${first.column} ${locale.of(first.message)}`);
      return undefined;
    } finally {
      this.#compiling = false;
    }
  }

  /** These files as a program, in silence: undefined where problems forbid a run. */
  async program(files: Readonly<Record<string, string>>): Promise<string | undefined> {
    const { compile } = await import('../editor/compiler.ts');
    const { program, problems } = await compile(files, locale.current);
    return problems.every(({ kind }) => kind === 'type') ? program : undefined;
  }

  /** Opens the file of a place and shows the line. */
  goTo({ file, line, column }: Place): void {
    this.workspace.active = file;
    this.reveal = { file, line, column };
  }

  /** Selects an entry and shows the line of code that made it. */
  select(seq: number): void {
    this.selected = seq;
    const entry = this.recording.entries[seq];
    const place = entry && placeOf(this.recording.entries, entry);
    if (place && place.file in this.workspace.program) this.goTo(place);
  }

  /** Rebuilds the read models of a node. */
  strike(kind: 'rebuild', node: string): void {
    void this.branches.intervene({ time: 0, do: kind, node });
  }
}

/** The node that a file is: top-level files and those under `given/`, but for the scenario and the check. */
export function nodeOf(file: string): string | undefined {
  const match = /^(?:given\/)?([^/]+)\.(?:ts|js)$/.exec(file);
  const name = match?.[1];
  return name === 'scenario' || name === 'check' ? undefined : name;
}

export const [getSession, setSession] = createContext<Session>();
