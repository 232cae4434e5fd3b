/**
 * Does an event type match a pattern? Words are separated by dots; `*` stands for exactly one word, `#` for any number of
 * words, none included: the rule of AMQP 0-9-1 topic exchanges (§3.1.3.3).
 */
export function matches(pattern: string, type: string): boolean {
  return matchWords(pattern.split('.'), 0, type.split('.'), 0);
}

function matchWords(pattern: readonly string[], p: number, words: readonly string[], w: number): boolean {
  for (; p < pattern.length; p++, w++) {
    if (pattern[p] === '#') {
      if (p === pattern.length - 1) return true;
      for (let from = w; from <= words.length; from++) if (matchWords(pattern, p + 1, words, from)) return true;
      return false;
    }
    if (w >= words.length || (pattern[p] !== '*' && pattern[p] !== words[w])) return false;
  }
  return w === words.length;
}
