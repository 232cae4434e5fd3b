import type { Entry } from '../../src/kernel/journal.ts';
import type { Lap } from '../contest.ts';
import { begin } from '../storm/scenario.ts';

/** As the realm sends them: entries of one batch, and batches that may be on their way. */
const batch = 2_048;
const credit = 4;

/** The journals of a few storms, one after the other: what a long run sends. */
let journal: Entry[] | undefined;
function entries(): Entry[] {
  if (journal) return journal;
  journal = [];
  for (let seed = 0; journal.length < 100_000; seed++) {
    const world = begin(seed);
    world.run(Infinity);
    journal.push(...world.journal.entries);
  }
  return journal;
}

/** Sends a long journal from one thread to another in batches, with credits, until the last entry is an object there. */
export function cross(pack: (batch: readonly Entry[]) => unknown, host: string): Promise<Lap> {
  const all = entries();
  const worker = new Worker(URL.createObjectURL(new Blob([host], { type: 'text/javascript' })));
  return new Promise((resolve) => {
    const began = performance.now();
    let sent = 0;
    let open = 0;
    const send = () => {
      for (; open < credit && sent < all.length; open++) {
        worker.postMessage(pack(all.slice(sent, sent + batch)));
        sent += batch;
      }
    };
    worker.onmessage = ({ data: taken }: MessageEvent<number>) => {
      open--;
      send();
      if (taken < all.length) return;
      worker.terminate();
      resolve({ rate: (taken / (performance.now() - began)) * 1000, proof: taken });
    };
    send();
  });
}
