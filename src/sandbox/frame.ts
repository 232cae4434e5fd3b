import { bootstrap, bootstrapHash } from './bootstrap.ts';

/** The wall: an opaque origin without network, in which one worker runs one script. */
export interface Frame {
  /** Our end of the line to the worker. */
  readonly port: MessagePort;
  /** Removes the frame and with it the worker, whatever it is doing: within a few ms nothing of it runs any more. */
  close(): void;
}

const policy = `default-src 'none'; script-src '${bootstrapHash}'; worker-src blob:; base-uri 'none'; form-action 'none'`;
const page = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${bootstrap}</script>`;

/**
 * Opens a frame and starts `script` in a worker inside it. The frame is trusted with one message, "up"; after that the port
 * is the only way in or out. `failed` hears of a worker that could not start.
 */
export function openFrame(script: string, failed: (message: string) => void): Frame {
  const { port1: port, port2: theirs } = new MessageChannel();
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.style.display = 'none';
  frame.srcdoc = page;
  const listen = ({ source, data }: MessageEvent<unknown>) => {
    if (source !== frame.contentWindow || source === null) return;
    if (data === 'up') frame.contentWindow!.postMessage(script, '*', [theirs]);
    else failed(String(data).slice(0, 500));
  };
  addEventListener('message', listen);
  document.body.append(frame);
  return {
    port,
    close() {
      removeEventListener('message', listen);
      port.close();
      frame.remove();
    },
  };
}
