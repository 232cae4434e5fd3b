/** A lesson's text, made from Markdown by tools/build/lessons.ts. */
declare module '*.md' {
  export const title: string;
  export const html: string;
}

/** The realm's bundle as a text, made by tools/build/realm.ts. */
declare module 'virtual:realm' {
  const script: string;
  export default script;
  /** The text of a client library that `clientsOf` names. */
  export const clientOf: (name: string) => Promise<string>;
}
