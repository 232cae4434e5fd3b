import { context, running, within } from '../kernel/context.ts';
import { plain } from '../kernel/plain.ts';
import { VirtualPromise } from '../kernel/promise.ts';
import type { World } from '../kernel/world.ts';

/** How long the outer world takes to do something: virtual ms. */
const takes = { least: 5, most: 20 } as const;

/** What can be done to the outer world, by who does it. Each is a fact on the ledger, `world.effected` of kind `mailer.send` and so on. */
const deeds = {
  mailer: ['send'],
  payments: ['charge', 'refund'],
  warehouse: ['reserve', 'release', 'ship', 'updateStock'],
  shipping: ['createLabel'],
  crm: ['track'],
} as const;

type Deed = (details?: unknown) => VirtualPromise<unknown>;
export type OuterWorld = Record<keyof typeof deeds, Record<string, Deed>>;

/** An `idempotencyKey` was used before, for something else. */
export class IdempotencyKeyReused extends Error {
  override readonly name = 'IdempotencyKeyReused';
}

/**
 * The module `'eda/world'`: letters, charges, reservations. What is done here no rewind and no crash takes back. A deed
 * that carries an `idempotencyKey` is done once for that key; the same again gets the first answer.
 */
export function outerWorld(world: World): OuterWorld {
  const random = world.stream('outer');
  const done = new Map<string, { readonly details: string; readonly answer: { readonly id: string } }>();
  let count = 0;

  const perform = (kind: string, details: unknown): VirtualPromise<unknown> => {
    const data = (plain(details, 'details') ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof data !== 'object') throw new TypeError(`${kind}: the details must be an object, not ${typeof data}`);
    const node = running();
    const asked = context();
    const at = world.guard.here;
    return new VirtualPromise((resolve, reject) => {
      world.clock.after(random.between(takes.least, takes.most), () => {
        const key = data['idempotencyKey'];
        const known = typeof key === 'string' ? done.get(`${kind} ${key}`) : undefined;
        if (known) {
          const reused = new IdempotencyKeyReused(`${kind}: the key "${String(key)}" was used with other details`);
          within(asked, () => {
            if (known.details === JSON.stringify(data)) resolve(known.answer);
            else reject(world.blame(reused, at));
          });
          return;
        }
        const answer = { id: `${kind}-${++count}` };
        if (typeof key === 'string') done.set(`${kind} ${key}`, { details: JSON.stringify(data), answer });
        world.record(
          node,
          { type: 'world.effected', kind, key: keyOf(data), data, ...(at ? { at } : {}) },
          asked.cause,
        );
        resolve(answer);
      });
    });
  };

  return Object.fromEntries(
    Object.entries(deeds).map(([who, names]) => [
      who,
      Object.fromEntries(names.map((name) => [name, (details?: unknown) => perform(`${who}.${name}`, details)])),
    ]),
  ) as OuterWorld;
}

/** What makes two deeds the same to the eye: the key that they were given, else the first id in their details. */
function keyOf(data: Readonly<Record<string, unknown>>): string {
  const name = 'idempotencyKey' in data ? 'idempotencyKey' : Object.keys(data).find((field) => /id$/i.test(field));
  const value = name === undefined ? (data['to'] ?? '') : data[name];
  return typeof value === 'string' ? value : JSON.stringify(value);
}
