/** The words of a pattern or of an event type. */
export const wordsOf = (text: string): readonly string[] => text.split('.');

/**
 * Does an event type match a pattern? Both are words, separated by dots; `*` stands for exactly one word, `#` for any number
 * of words, none included: the rule of AMQP 0-9-1 topic exchanges (§3.1.3.3).
 */
export function matches(pattern: readonly string[], words: readonly string[], p = 0, w = 0): boolean {
  for (; p < pattern.length; p++, w++) {
    if (pattern[p] === '#') {
      if (p === pattern.length - 1) return true;
      for (let from = w; from <= words.length; from++) if (matches(pattern, words, p + 1, from)) return true;
      return false;
    }
    if (w >= words.length || (pattern[p] !== '*' && pattern[p] !== words[w])) return false;
  }
  return w === words.length;
}
