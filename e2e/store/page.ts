import { firstValueFrom } from 'rxjs';
import { Database } from '../../src/store/database.ts';
import { EventKeeper } from '../../src/store/events.ts';
import { eventsFrom } from '../../src/store/event.fixture.ts';
import { Conflict, Refusal } from '../../src/store/refusal.ts';

/** The store of a page that shows nothing: what the tests of this folder drive, and kill. */
const database = new Database('kept');
const keeper = new EventKeeper(database);
const workspace = 'w';

const kept = {
  keeping: () => firstValueFrom(database.keeping$),

  /** What is there, in short. */
  async read() {
    const { events, head, quarantined } = await keeper.load(workspace);
    return {
      ids: events.map(({ id }) => id),
      positions: events.map(({ position }) => position),
      end: head.position,
      quarantined: quarantined.length,
    };
  },

  /** Appends batches of changing size for ever and reports each position up to which the store has acknowledged. */
  async appendForEver(acknowledged: (end: number) => Promise<void>): Promise<never> {
    let { head } = await keeper.load(workspace);
    for (;;) {
      head = await keeper.append(workspace, head, eventsFrom(head.position, 1 + (head.position % 61)));
      void acknowledged(head.position);
    }
  },

  /** Appends one event at a time, `count` in all, whatever another tab does meanwhile. Resolves with the conflicts. */
  async append(tab: string, count: number): Promise<number> {
    let conflicts = 0;
    let { head } = await keeper.load(workspace);
    for (let done = 0; done < count;) {
      try {
        head = await keeper.append(workspace, head, eventsFrom(head.position, 1, `${tab}-${done}`));
        done++;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        conflicts++;
        head = error.actual;
      }
    }
    return conflicts;
  },

  /** Appends `count` events at once; what the store says to that. */
  async appendAtOnce(count: number): Promise<string> {
    const { head } = await keeper.load(workspace);
    try {
      await keeper.append(workspace, head, eventsFrom(head.position, count));
      return 'kept';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.because;
    }
  },
};

declare global {
  var kept: Kept;
}
export type Kept = typeof kept;
globalThis.kept = kept;
