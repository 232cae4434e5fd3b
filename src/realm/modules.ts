import type { Message } from '../kernel/verdict.ts';

/** What a file of a program is. Only nodes are started; `lib/` and data are evaluated anew for each node that asks. */
export type Role = 'node' | 'shared' | 'scenario' | 'check' | 'data';

/** Modules that the realm has. Node's own may also be asked for as `node:events`. */
export const bareModules = [
  'eda',
  'eda/world',
  'eda/scenario',
  'eda/check',
  'rxjs',
  'rxjs/operators',
  'prom-client',
  'events',
  'buffer',
  'crypto',
  'util',
  'timers',
] as const;

/** Client libraries of real brokers. They are large: only a program that imports one gets it. */
export const clients: readonly string[] = ['amqplib', 'amqplib/callback_api'];

const builtins: readonly string[] = ['events', 'buffer', 'crypto', 'util', 'timers'];

/** Names that the journal gives to things that are not the learner's services. */
const taken: readonly string[] = [
  'bus',
  'store',
  'eventStore',
  'world',
  'scenario',
  'check',
  'rabbitmq',
  'kafka',
  'eventstore',
  'eventbridge',
];

/** What this path is, or why it can be nothing. */
export function role(path: string): Role | Message {
  if (path === 'scenario.ts') return 'scenario';
  if (path === 'check.ts') return 'check';
  const [, folder = '', name = '', kind] =
    /^((?:given\/)?(?:lib\/(?:[\w-]+\/)*)?)([\p{L}\p{N}_-]+)\.(ts|js|json)$/u.exec(path) ?? [];
  if (!name)
    return {
      ru: `Файл «${path}» должен называться как сервис: буквы, цифры, «-» и «_», затем .ts, .js или .json. Общий код кладут в папку lib/.`,
      en: `The file “${path}” must be named like a service: letters, digits, “-” and “_”, then .ts, .js or .json. Shared code goes into lib/.`,
    };
  if (kind === 'json') return 'data';
  if (folder.includes('lib/')) return 'shared';
  if (taken.includes(name))
    return {
      ru: `Сервис не может называться «${name}»: так в журнале называется часть самого мира. Переименуйте файл «${path}».`,
      en: `A service cannot be called “${name}”: the journal has a part of the world by that name. Rename the file “${path}”.`,
    };
  return 'node';
}

/** The name of the node that a file is: `given/payment-service.ts` is `payment-service`. */
export function stem(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
}

/** What `specifier` means in the file `from`: a path of the program or a bare module; or why it may not stand there. */
export function resolve(
  specifier: string,
  from: string,
  roles: ReadonlyMap<string, Role>,
  modules: readonly string[],
): string | Message {
  if (/^\.{1,2}(\/|$)/.test(specifier)) {
    const base = join(from, specifier);
    const path = [
      base,
      `${base}.ts`,
      `${base}.js`,
      `${base}.json`,
      base.replace(/\.js$/, '.ts'),
      `${base}/index.ts`,
      `${base}/index.js`,
    ].find((candidate) => roles.has(candidate));
    if (path === undefined)
      return {
        ru: `Файла «${specifier}» нет. Импортировать можно файлы из lib/ и данные .json этой программы.`,
        en: `There is no file “${specifier}”. Files of lib/ and .json data of this program can be imported.`,
      };
    const target = roles.get(path);
    if (target === 'shared' || target === 'data') return path;
    if (target === 'node')
      return {
        ru: `«${stem(path)}» — другой сервис, его нельзя импортировать: сервисы общаются событиями (eventBus) или вызовами (call). Общий код положите в lib/.`,
        en: `“${stem(path)}” is another service and cannot be imported: services talk through events (eventBus) or calls (call). Put shared code into lib/.`,
      };
    return {
      ru: `«${path}» — не часть сервисов, его нельзя импортировать.`,
      en: `“${path}” is no part of the services and cannot be imported.`,
    };
  }
  const bare = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  const known = [...bareModules, ...clients, ...modules];
  if (bare === specifier ? known.includes(bare) : builtins.includes(bare)) return bare;
  return {
    ru: `Модуля «${specifier}» здесь нет. Есть: ${known.join(', ')}.`,
    en: `There is no module “${specifier}” here. There are: ${known.join(', ')}.`,
  };
}

/** `./lib/money` asked for in `given/a.ts` is `given/lib/money`. Leaves the program's root only by a path that no file has. */
function join(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/'))
    if (part === '..') parts.push(...(parts.length ? (parts.pop(), []) : ['..']));
    else if (part !== '.' && part !== '') parts.push(part);
  return parts.join('/');
}
