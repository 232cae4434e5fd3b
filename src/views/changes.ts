/** One place in which two states differ. `path` is as code would write it: `items[0].price`; empty for the whole. */
export interface Change {
  readonly path: string;
  /** Left out where there was, or is, nothing. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What changed from one state (plain data) to the next: members that came, went or have another value, in their order. */
export function changes(before: unknown, after: unknown, path = ''): Change[] {
  const [old, now] = [membersOf(before), membersOf(after)];
  if (!old || !now || Array.isArray(before) !== Array.isArray(after))
    return before === after ? [] : [{ path, ...said('before', before), ...said('after', after) }];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names].flatMap((name) =>
    changes(old[name], now[name], Array.isArray(after) ? `${path}[${name}]` : path ? `${path}.${name}` : name),
  );
}

const said = (when: 'before' | 'after', value: unknown) => (value === undefined ? {} : { [when]: value });

function membersOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}
