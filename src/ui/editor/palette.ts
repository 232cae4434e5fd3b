/** The colours of code, beside those that the page has: Monaco cannot read CSS variables, so both are written here. */
export interface Palette {
  readonly background: string;
  readonly text: string;
  readonly number: string;
  readonly selection: string;
  readonly border: string;
  readonly raised: string;
  readonly accent: string;
  readonly error: string;
  readonly keyword: string;
  readonly string: string;
  readonly name: string;
  readonly literal: string;
  readonly comment: string;
}

/** Every colour of text has a contrast of at least 4.5 to its background. */
export const palettes: Readonly<Record<'dark' | 'light', Palette>> = {
  dark: {
    background: '#12161d',
    text: '#e7ebf2',
    number: '#7d889d',
    selection: '#62a8ff40',
    border: '#242c38',
    raised: '#191f29',
    accent: '#ffb454',
    error: '#ff7583',
    keyword: '#c594f0',
    string: '#8fd6a3',
    name: '#7fb7ff',
    literal: '#ffb454',
    comment: '#8b95a9',
  },
  light: {
    background: '#ffffff',
    text: '#1a202c',
    number: '#6b7587',
    selection: '#1f6fd633',
    border: '#dfe3ea',
    raised: '#f7f8fa',
    accent: '#a65f00',
    error: '#c22b3b',
    keyword: '#8547c4',
    string: '#1b7f4c',
    name: '#1f5fc0',
    literal: '#a35f00',
    comment: '#667085',
  },
};

/** The same colours as `sugar-high` reads them. */
export const variables = (palette: Palette): string =>
  Object.entries({
    keyword: palette.keyword,
    string: palette.string,
    class: palette.name,
    property: palette.text,
    entity: palette.text,
    identifier: palette.text,
    jsxliterals: palette.text,
    sign: palette.text,
    comment: palette.comment,
  })
    .map(([token, color]) => `--sh-${token}: ${color}`)
    .join(';');
