/** The process of the run, where a polyfill would bring one with real timers. */
export default globalThis.process;
