/**
 * The stream of an event that names none: `accountId: 'A'` belongs to `account-A`. It is the event's first member called
 * `<name>Id` that holds a text or a number; `eventId` is the event's own. Without one it is the first word of the type:
 * `order` for `order.created` and for `OrderCreated`.
 */
export function streamOf(event: { readonly type: string; readonly [field: string]: unknown }): string {
  for (const [field, value] of Object.entries(event))
    if (
      /.Id$/.test(field) &&
      field !== 'eventId' &&
      ((typeof value === 'string' && value !== '') || typeof value === 'number')
    )
      return `${field.slice(0, -2)}-${value}`;
  const [word] = /\p{Lu}?[\p{Ll}\p{N}]+|\p{Lu}+/u.exec(event.type) ?? [event.type];
  return word.toLowerCase();
}
