/** The forms of a counted word, by the categories of `Intl.PluralRules`; English needs two of them. */
export interface Forms {
  readonly one: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

/** `plural('ru')(5, { one: 'событие', few: 'события', many: 'событий', other: 'события' })` is “5 событий”. */
export function plural(locale: string): (n: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return (n, forms) => {
    const category = rules.select(n);
    const word =
      category === 'few' ? forms.few : category === 'many' ? forms.many : category === 'one' ? forms.one : undefined;
    return `${number.format(n)}\u00a0${word ?? forms.other}`;
  };
}

/** Virtual time on the clock of the tape: `mm:ss.mmm`, with hours only where there are any. */
export function clock(time: number): string {
  const whole = Math.max(0, Math.floor(time));
  const pad = (n: number, width = 2) => String(n).padStart(width, '0');
  const hours = Math.floor(whole / 3_600_000);
  const rest = `${pad(Math.floor(whole / 60_000) % 60)}:${pad(Math.floor(whole / 1000) % 60)}.${pad(whole % 1000, 3)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
