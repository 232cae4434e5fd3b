import type { StoredEvent } from '../../kernel/stored.ts';

/** What stands before the name of a category or a type, as in KurrentDB's system projections. */
const category = '$ce-';
const eventType = '$et-';

/**
 * The indexes that an event is in: that of its category, which is the part of the stream's name before the first `-`, and
 * that of its type. Events of the system are in none. (KurrentDB keeps them as streams of links with revisions of their
 * own, written by the projections `$by_category` and `$by_event_type`; here they are the events, in the order of positions.)
 */
export function indexesOf({ stream, type }: StoredEvent): string[] {
  if (stream.startsWith('$') || type.startsWith('$')) return [];
  const dash = stream.indexOf('-');
  const byType = `${eventType}${type}`;
  return dash > 0 ? [`${category}${stream.slice(0, dash)}`, byType] : [byType];
}

/** Is this the name of an index, which is read and subscribed to but never written? */
export const isIndex = (stream: string): boolean => stream.startsWith(category) || stream.startsWith(eventType);
