import type { Command, Report } from '../sandbox/protocol.ts';

/** The one opening in the wall, as seen from inside. */
export interface Port {
  send(report: Report): void;
  receive(listener: (command: Command) => void): void;
}

/** The end of a `MessageChannel`: handed over by the frame, or put beside the global object by the lab. */
export function portOf(port: MessagePort): Port {
  return {
    send: (report) => port.postMessage(report),
    // Not `addEventListener`: the lockdown has deleted it, for the worker itself inherits it too.
    receive(listener) {
      port.onmessage = ({ data }: MessageEvent<Command>) => listener(data);
    },
  };
}
