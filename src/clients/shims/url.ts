/** The part of Node's `url` that client libraries ask for is a global of every engine. */
export const { URL, URLSearchParams } = globalThis;
