import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseFaults, FaultSyntaxError } from '../../src/kernel/faults.ts';
import { compileProgram } from './compile.ts';
import { LabError, readProgram } from './files.ts';
import { checkDirectory, findLessons, matrixOf } from './lessons.ts';
import { failureOf, playProgram } from './run.ts';
import { serve } from './serve.ts';

const usage = `usage:
  lab run DIR [--seed N] [--faults LIST] [--until MS] [--scenario FILE] [--console]
  lab check LESSON DIR [--seeds K] [--from S]
  lab lessons [LESSON] [--json]
  lab serve rabbitmq [--port P]`;

/** Prints the journal of one run as NDJSON, or what its code logged. Exit 1 when learner code failed. */
async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      faults: { type: 'string', default: '' },
      until: { type: 'string', default: '60000' },
      scenario: { type: 'string' },
      console: { type: 'boolean', default: false },
    },
  });
  const directory = only(positionals, 1)[0]!;
  parseFaults(values.faults);
  const program = compileProgram(readProgram(directory, values.scenario));
  const recipe = {
    seed: whole(values.seed, '--seed'),
    faults: values.faults,
    inputs: [],
    stored: [],
    until: whole(values.until, '--until'),
  };
  const failures: string[] = [];
  await playProgram(program, recipe, (json, entry) => {
    if (!values.console) print(json);
    else if (entry.type === 'console.logged') print(entry.text);
    const failure = failureOf(entry);
    if (failure) failures.push(failure);
  });
  for (const failure of failures) process.stderr.write(`${failure}\n`);
  return failures.length > 0 ? 1 : 0;
}

/** Prints the verdict on a directory's code as one JSON object. Exit 0 passed, 1 failed, 2 unknown. */
async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { seeds: { type: 'string' }, from: { type: 'string' } },
  });
  const [lesson, directory] = only(positionals, 2) as [string, string];
  const [folder] = findLessons(lesson);
  const inLesson = join(folder!.path, directory);
  const { verdict, runs, trial } = await checkDirectory(folder!, existsSync(directory) ? directory : inLesson, {
    ...(values.seeds === undefined ? {} : { seeds: whole(values.seeds, '--seeds') }),
    ...(values.from === undefined ? {} : { from: whole(values.from, '--from') }),
  });
  print(JSON.stringify({ lesson: folder!.lesson.id, ...verdict, ...trial, runs }));
  return { passed: 0, failed: 1, unknown: 2 }[verdict.outcome];
}

/** Prints every lesson with its matrix. Exit 1 when a cell is not as it should be. */
async function lessons(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  let wrong = 0;
  for (const folder of findLessons(positionals[0])) {
    const matrix = await matrixOf(folder);
    wrong += matrix.filter(({ ok }) => !ok).length;
    if (values.json) print(JSON.stringify({ lesson: folder.lesson.id, matrix }));
    else {
      print(`${folder.lesson.id}`);
      for (const { directory, expected, found, ok, because } of matrix)
        print(
          `  ${ok ? '✓' : '✗'} ${directory.padEnd(44)} ${found}${ok ? '' : `, expected ${expected}${because ? `: ${because}` : ''}`}`,
        );
    }
  }
  return wrong > 0 ? 1 : 0;
}

/** A reader who has seen enough (`| head`) closes the pipe: that is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
/** Serves a simulated broker on loopback, in real time, until it is stopped. */
async function serveBroker(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { port: { type: 'string', default: '5672' } },
  });
  const broker = only(positionals, 1)[0]!;
  if (broker !== 'rabbitmq') throw new LabError(`there is no broker "${broker}" to serve; there is rabbitmq`);
  const server = await serve(whole(values.port, '--port'));
  const { port } = server.address() as { port: number };
  print(`rabbitmq listens on amqp://guest:guest@127.0.0.1:${port}`);
  await new Promise((closed) => server.once('close', closed));
  return 0;
}

const print = (line: string) => process.stdout.write(`${line}\n`);

function only(positionals: string[], count: number): string[] {
  if (positionals.length !== count) throw new LabError(usage);
  return positionals;
}

function whole(text: string, option: string): number {
  if (!/^\d+$/.test(text)) throw new LabError(`${option} must be a whole number, not "${text}"`);
  return Number(text);
}

const commands: Record<string, (args: string[]) => Promise<number>> = { run, check, lessons, serve: serveBroker };

try {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) throw new LabError(usage);
  process.exitCode = await command(args);
} catch (error) {
  const mistake =
    error instanceof LabError ||
    error instanceof FaultSyntaxError ||
    (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${mistake ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = 1;
}
