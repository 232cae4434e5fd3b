import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';
import { services } from '../../src/realm/compile.ts';
import { bareModules } from '../../src/realm/modules.ts';
import { collect } from './typings.ts';

let typings: Record<string, string>;
beforeAll(() => {
  typings = collect();
});

/** A learner's file, checked as the editor does: against the typings alone. */
function check(source: string): { readonly program: ts.Program; readonly errors: string[] } {
  const lib = dirname(ts.getDefaultLibFilePath({}));
  const text = (path: string) =>
    path === '/a.ts'
      ? source
      : (typings[`file://${path}`] ?? (path.startsWith(lib) ? ts.sys.readFile(path) : undefined));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ['lib.es2023.d.ts'],
    strict: true,
    noImplicitAny: false,
    skipLibCheck: false,
    noEmit: true,
    types: [],
  };
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    getCurrentDirectory: () => '/',
    fileExists: (path) => text(path) !== undefined,
    readFile: text,
    directoryExists: () => true,
    getDirectories: () => [],
    realpath: (path) => path,
    getSourceFile: (path, language) => {
      const found = text(path);
      return found === undefined ? undefined : ts.createSourceFile(path, found, language);
    },
  };
  const roots = Object.keys(typings).filter((uri) => uri.startsWith('file:///typings/'));
  const program = ts.createProgram(['/a.ts', ...roots.map((uri) => uri.slice('file://'.length))], options, host);
  const errors = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
  return { program, errors };
}

test('every module and every service of the realm is typed', () => {
  const imports = bareModules.map((name, i) => `import * as m${i} from '${name}'; m${i};`);
  expect(check([...imports, ...services.map((name) => `${name};`)].join('\n')).errors).toEqual([]);
});

test('the article’s ways of use are right', () => {
  const { errors } = check(`
    import { call, eventBus, eventStore, readModel } from 'eda';
    import { mailer, payments, warehouse } from 'eda/world';
    import { from, mergeMap } from 'rxjs';
    import { scenario } from 'eda/scenario';
    const { EventEmitter } = require('events');
    class OrderService {
      constructor() { eventBus.subscribe('order.*', this.handle.bind(this), { retry: { attempts: 3, delay: 100 } }); }
      async handle(event) { await warehouse.reserve({ orderId: event.orderId, items: event.items }); }
    }
    await eventStore.append({ type: 'order.created', orderId: generateId(), timestamp: new Date() });
    const past = await eventStore.read('order-1', { direction: 'backwards' });
    const total: number = past.reduce((sum, event) => sum + event.amount, 0) + past[0]!.$.revision;
    await readModel.orders.upsert({ id: '1', total });
    await readModel.orders.findByCustomer('C-1');
    await readModel.transaction(({ orders, checkpoint }) => { orders.upsert({ id: '1' }); checkpoint('orders', 3); });
    const lag: number = await readModel.lag('orders');
    const balance: string = await db.transaction(({ accounts }) => accounts.findById('A').balance + lag);
    if (!(await db.accounts.delete('A'))) console.log((await db.accounts.all()).length, balance);
    prometheus.eventFailed.labels({ event_type: 'order.created', error_type: 'Error' }).inc();
    const user = await call('user-service', 'getUser', 1);
    await mailer.send({ to: user.email, subject: 'Hello' });
    await payments.charge({ amount: 10, currency: 'EUR', idempotencyKey: 'k' });
    from([1]).pipe(mergeMap((n) => eventBus.publish('n', { n }))).subscribe();
    setTimeout(() => console.log(process.env.AWS_REGION, Buffer.from('x').toString('base64')), 10);
    export default scenario((world) => { world.at(100).call('order-service', 'createOrder', {}); });
    new OrderService();`);
  expect(errors).toEqual([]);
});

test('mistakes are errors', () => {
  const mistakes = {
    'eventBus.publish({ type: 1 });':
      "Argument of type '{ type: number; }' is not assignable to parameter of type 'string'.",
    "eventBus.subscribe('a.*');": 'Expected 2-3 arguments, but got 1.',
    "import { mailer } from 'eda/world'; mailer.send({ subject: 's' });": "Property 'to' is missing",
    "import { nothing } from 'eda';": "has no exported member 'nothing'",
    "eventStore.append('s', [{ amount: 1 }]);": "Property 'type' is missing",
    'window;': "Cannot find name 'window'.",
  };
  const { errors } = check(Object.keys(mistakes).join('\n'));
  expect(errors).toHaveLength(Object.keys(mistakes).length);
  for (const message of Object.values(mistakes)) expect(errors.join('\n')).toContain(message);
});

test('whatever is hovered has something to say', () => {
  const silent: string[] = [];
  for (const name of ['eda', 'world']) {
    const file = ts.createSourceFile(name, readFileSync(join('src/realm/typings', `${name}.d.ts`), 'utf8'), 99, true);
    const visit = (node: ts.Node): void => {
      const documented = ts.isVariableStatement(node) || ts.isFunctionDeclaration(node);
      if (documented && ts.getJSDocCommentsAndTags(node).length === 0) silent.push(node.getText().slice(0, 60));
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  expect(silent).toEqual([]);
});
