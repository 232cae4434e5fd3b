/** Node's `querystring.parse`: a name that occurs more than once has a list of values. */
export function parse(text: string): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  const pairs = new URLSearchParams(text);
  for (const name of new Set(pairs.keys())) {
    const all = pairs.getAll(name);
    values[name] = all.length > 1 ? all : all[0]!;
  }
  return values;
}

/** Node's `querystring.unescape`: what is badly encoded stays as it is. */
export function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
