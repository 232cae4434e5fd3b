import { cruise, type ICruiseResult, type IRegularForbiddenRuleType } from 'dependency-cruiser';

/** One import that the architecture refuses, and an example of it. */
interface Boundary extends Pick<IRegularForbiddenRuleType, 'from' | 'to'> {
  readonly name: string;
  readonly why: string;
  /** The files of a small tree that breaks this rule and no other: path → what it imports. */
  readonly example: Readonly<Record<string, readonly string[]>>;
}

const test = String.raw`\.test\.ts$`;
const npm = (...names: string[]) => `node_modules/(${names.join('|')})/`;

/** `layer` may import itself and what `allowed` lists (regular expressions of paths), and no other file. */
const only = (layer: string, allowed: readonly string[]): Pick<Boundary, 'from' | 'to'> => ({
  from: { path: `^${layer}`, pathNot: test },
  to: { pathNot: [`^${layer}`, ...allowed] },
});

export const boundaries: readonly Boundary[] = [
  {
    name: 'kernel-knows-nobody',
    why: 'The kernel is time, chance and the journal. A kernel that knew a broker could not be trusted under the next one.',
    ...only('src/kernel/', [npm('rxjs')]),
    example: { 'src/kernel/clock.ts': ['../brokers/facts.ts'], 'src/brokers/facts.ts': [] },
  },
  {
    name: 'brokers-stand-on-the-kernel',
    why: 'A broker is an engine behind a wire. It does not know who speaks to it nor who looks at it.',
    ...only('src/brokers/', ['^src/kernel/', npm('rxjs'), '^buffer$']),
    example: { 'src/brokers/bus/server.ts': ['../../views/tape.ts'], 'src/views/tape.ts': [] },
  },
  {
    name: 'brokers-know-no-other-broker',
    why: 'A queue, a log, a stream and a bus are different ideas: what one takes from another is the beginning of a common base class.',
    from: { path: '^src/brokers/([^/]+)/', pathNot: test },
    to: { path: '^src/brokers/([^/]+)/', pathNot: '^src/brokers/$1/' },
    example: { 'src/brokers/kafka/server.ts': ['../rabbitmq/state.ts'], 'src/brokers/rabbitmq/state.ts': [] },
  },
  {
    name: 'clients-stand-on-brokers',
    why: 'A client library meets a wire. Were it to meet the realm or a view, it would not run against the real system.',
    ...only('src/clients/', ['^src/(kernel|brokers)/', 'node_modules/', '^(buffer|stream)$']),
    example: { 'src/clients/net.ts': ['../realm/console.ts'], 'src/realm/console.ts': [] },
  },
  {
    name: 'realm-is-below-the-wall',
    why: 'The realm runs in a worker that has no page: it may not pull in the screen, the store or the host’s side of the wall.',
    ...only('src/realm/', [
      '^src/(kernel|brokers|clients|lessons)/',
      '^src/sandbox/protocol',
      'node_modules/',
      '^[a-z_]+$',
    ]),
    example: { 'src/realm/play.ts': ['../store/events.ts'], 'src/store/events.ts': [] },
  },
  {
    name: 'realm-carries-no-lesson',
    why: 'The realm knows the words in which lessons are written. All texts of all lessons are the page’s to load, one at a time.',
    from: { path: '^src/realm/', pathNot: test },
    to: { path: '^src/lessons/catalogue' },
    example: { 'src/realm/play.ts': ['../lessons/catalogue.ts'], 'src/lessons/catalogue.ts': [] },
  },
  {
    name: 'views-fold-the-journal',
    why: 'A view is a fold of facts. One that asked an engine would be a second truth, and would not run on a saved journal.',
    ...only('src/views/', ['^src/kernel/', '^src/brokers/([^/]+/state|facts)\\.ts$', npm('rxjs', '@dagrejs')]),
    example: { 'src/views/topology.ts': ['../brokers/bus/server.ts'], 'src/brokers/bus/server.ts': [] },
  },
  {
    name: 'lessons-read-the-journal',
    why: 'A check judges what happened, not how the engine or a picture works inside.',
    ...only('src/lessons/', ['^src/kernel/', '^src/brokers/([^/]+/state|facts)\\.ts$', '^lessons/', npm('valibot')]),
    example: { 'src/lessons/check.ts': ['../views/tape.ts'], 'src/views/tape.ts': [] },
  },
  {
    name: 'the-middle-knows-the-kernel-only',
    why: 'Sandbox, store, storm and share stand side by side between realm and screen: what they share is the kernel’s contract.',
    from: { path: '^src/(sandbox|store|storm|share)/', pathNot: test },
    to: {
      path: '^(src|lessons)/',
      pathNot: ['^src/$1/', '^src/kernel/', '^src/brokers/facts\\.ts$', '^src/realm/compile'],
    },
    example: { 'src/store/runs.ts': ['../sandbox/frame.ts'], 'src/sandbox/frame.ts': [] },
  },
  {
    name: 'screen-shows',
    why: 'The screen reads journals and sends commands. An engine in the page’s own thread would run outside the wall.',
    from: { path: '^src/(ui|i18n|main)', pathNot: test },
    to: { path: '^src/(clients/|brokers/[^/]+/(?!state\\.ts)|kernel/(clock|network|node|world|timers|faults|calls))' },
    example: { 'src/ui/App.svelte': ['../brokers/bus/server.ts'], 'src/brokers/bus/server.ts': [] },
  },
  {
    name: 'store-alone-imports-idb',
    why: 'What is saved and when it counts as saved is said in one place.',
    from: { path: '^src/', pathNot: '^src/store/' },
    to: { path: npm('idb') },
    example: { 'src/sandbox/keeper.ts': ['idb'] },
  },
  {
    name: 'ui-alone-imports-svelte',
    why: 'All that is not drawing runs in Node, in milliseconds.',
    from: { path: '^src/', pathNot: '^src/(ui/|main\\.ts)' },
    to: { path: npm('svelte', 'paneforge', '@lucide/svelte', 'virtua') },
    example: { 'src/sandbox/live.ts': ['svelte'] },
  },
  {
    name: 'editor-alone-imports-monaco',
    why: 'Monaco is seven megabytes: it comes when the editor is wanted, through one door.',
    from: { pathNot: '^src/ui/editor/' },
    to: { path: npm('monaco-editor') },
    example: { 'src/ui/App.svelte': ['monaco-editor'] },
  },
  {
    name: 'tests-are-nobodys-source',
    why: 'What a test needs stays with tests; what the program needs is not a test.',
    from: { pathNot: test },
    to: { path: test },
    example: { 'src/kernel/clock.ts': ['./clock.test.ts'], 'src/kernel/clock.test.ts': [] },
  },
  {
    name: 'no-cycles',
    why: 'Two files that need each other are one idea in two places.',
    from: {},
    to: { circular: true },
    example: { 'src/views/a.ts': ['./b.ts'], 'src/views/b.ts': ['./a.ts'] },
  },
  {
    name: 'no-drawers-for-anything',
    why: 'A file is named by what it is. `utils` is where things go that nobody has understood yet. (The shims are named as Node’s modules.)',
    from: {},
    to: {
      path: '/(utils?|helpers?|common|shared|types|misc)(/|[.]ts$)',
      pathNot: ['node_modules/', '^src/realm/shims/'],
    },
    example: { 'src/views/tape.ts': ['./utils/time.ts'], 'src/views/utils/time.ts': [] },
  },
];

/** Every import in `folders` of `root` that a boundary refuses, as "rule: from → to". */
export async function trespasses(root: string, folders: readonly string[]): Promise<string[]> {
  const forbidden = boundaries.map(({ name, why, from, to }) => ({
    name,
    comment: why,
    severity: 'error' as const,
    from,
    to,
  }));
  const { output } = await cruise([...folders], {
    baseDir: root,
    ruleSet: { forbidden },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  });
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}
