import { Database } from './database.ts';
import { EventKeeper } from './events.ts';
import { ProgressKeeper } from './progress.ts';
import { Runs } from './runs.ts';
import { Workspaces } from './workspaces.ts';

/** All that the page keeps, in one database that is opened on first use. */
const database = new Database('eventarium');

export const keeping$ = database.keeping$;
export const events = new EventKeeper(database);
export const runs = new Runs(database);
export const workspaces = new Workspaces(database);
export const progress = new ProgressKeeper(database);

/**
 * Asks the browser not to evict what is kept; some ask the person. To be called when there is something worth it: after
 * the first finished lesson, not at load.
 */
export async function persist(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false;
}
