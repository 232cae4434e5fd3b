/** Calls `step` in turn after turn of the event loop until it gives false: between two of them the engine does all its microtasks. */
export function turnByTurn(step: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      if (step()) port2.postMessage(null);
      else {
        port1.close();
        resolve();
      }
    };
    port2.postMessage(null);
  });
}
