/** The only inline script of a run's frame; the page's policy allows exactly this text, by its hash. */
export const bootstrap: string = '';
