/** A lesson's text, made from Markdown by tools/build/lessons.ts. */
declare module '*.md' {
  export const title: string;
  export const html: string;
}
