/** A value that cannot travel: `path` says which part, in the notation of JavaScript. */
export class NotPlain extends TypeError {
  override readonly name = 'NotPlain';
}

/** How deep and how large a payload may be: levels, and characters of JSON. */
export const payloadLimits = { depth: 200, characters: 1_000_000 } as const;

/**
 * The value as it is after a journey over a wire: a JSON copy, frozen all the way down. A `Date` becomes its ISO string,
 * `undefined` members vanish, −0, NaN and infinities become 0 and null, as JSON has it.
 * @throws NotPlain for a cycle, a function, a symbol, a BigInt, a Map, a Set, a promise, and for what is too deep or too large
 */
export function plain(value: unknown, what: string): unknown {
  check(value, what, [], { characters: payloadLimits.characters });
  const text = JSON.stringify(value);
  if (text === undefined) return undefined;
  if (text.length > payloadLimits.characters) throw tooLarge(what);
  return freeze(JSON.parse(text));
}

const tooLarge = (path: string) =>
  new NotPlain(`${path} is too large: more than ${payloadLimits.characters} characters of JSON`);

/** Counts no more characters than JSON needs, so that a value which contains another a million times is never written out. */
function check(value: unknown, path: string, above: object[], left: { characters: number }): void {
  if (value === undefined) return;
  left.characters -= typeof value === 'string' ? value.length : Array.isArray(value) ? value.length + 1 : 1;
  if (left.characters < 0) throw tooLarge(path);
  switch (typeof value) {
    case 'function':
      throw new NotPlain(`${path} is a function: events carry plain data`);
    case 'symbol':
      throw new NotPlain(`${path} is a symbol: events carry plain data`);
    case 'bigint':
      throw new NotPlain(`${path} is a BigInt, which JSON cannot carry: send it as a string`);
    case 'object':
      break;
    default:
      return;
  }
  if (value === null || typeof (value as { toJSON?: unknown }).toJSON === 'function') return;
  if (above.includes(value))
    throw new NotPlain(`${path} refers back to a value that contains it: a cycle cannot be sent`);
  if (above.length >= payloadLimits.depth)
    throw new NotPlain(`${path} is nested more than ${payloadLimits.depth} levels deep`);
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind === 'Map' || kind === 'Set' || kind === 'WeakMap' || kind === 'WeakSet' || kind === 'Promise')
    throw new NotPlain(`${path} is a ${kind}: events carry plain data`);
  above.push(value);
  for (const key of Object.keys(value))
    check(
      (value as Record<string, unknown>)[key],
      Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`,
      above,
      left,
    );
  above.pop();
}

function freeze(value: unknown): unknown {
  if (value !== null && typeof value === 'object') {
    for (const part of Object.values(value)) freeze(part);
    Object.freeze(value);
  }
  return value;
}
