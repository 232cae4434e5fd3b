import type { StoredEvent } from '../kernel/stored.ts';

/** `count` events of one stream from `position` on; `mark` makes them other events than those of another call. */
export function eventsFrom(position: number, count: number, mark = 'a'): StoredEvent[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${mark}-${position + i}`,
    stream: `order-${mark}`,
    revision: position + i,
    position: position + i,
    type: 'order.created',
    data: { order: position + i, note: 'чай, ☕ и "сахар"' },
    created: '2026-01-01T00:00:00.000Z',
  }));
}
