import type { StoredEvent, StoredEvents } from '../kernel/stored.ts';
import type { Message } from '../kernel/verdict.ts';

/** Why a file is not taken: what is wrong with it, and in which line (from 1). */
export interface FileProblem {
  readonly line: number;
  readonly message: Message;
}

/** A larger file would not leave a page the memory to work with it. */
const maxBytes = 256 * 2 ** 20;

/**
 * The events of a workspace as a file: one event of CloudEvents 1.0 (JSON format, structured mode) a line. `subject` is
 * the stream; `position`, `revision` and `metadata` (JSON as a text, an attribute cannot be an object) are extension
 * attributes. The same events give the same bytes.
 */
export function toCloudEvents(events: StoredEvents): string {
  return events.map((event) => `${JSON.stringify(attributesOf(event))}\n`).join('');
}

function attributesOf({ id, stream, revision, position, type, data, metadata, created }: StoredEvent) {
  return {
    specversion: '1.0',
    id,
    source: '/eventstore',
    type,
    subject: stream,
    time: created,
    position,
    revision,
    ...(metadata === undefined ? {} : { metadata: JSON.stringify(metadata) }),
    ...(data === undefined ? {} : { datacontenttype: 'application/json', data }),
  };
}

/**
 * The events that a file of `toCloudEvents` holds, or the first thing that is wrong with it: a line that cannot be
 * read, or one that does not follow from those before. A file without a line holds no event. Nothing that it says is
 * left out: an attribute that we could not give back is refused.
 */
export function fromCloudEvents(file: Uint8Array): StoredEvent[] | FileProblem {
  if (file.length > maxBytes) return problem(1, 'Файл больше 256 МБ', 'The file is larger than 256 MB');
  const events: StoredEvent[] = [];
  const revisions = new Map<string, number>();
  for (let start = 0; start < file.length;) {
    const newline = file.indexOf(10, start);
    const end = newline < 0 ? file.length : newline;
    const line = events.length + 1;
    const attributes = parse(file.subarray(start, end));
    if (!attributes) return problem(line, 'Это не объект JSON в UTF-8', 'This is not a JSON object in UTF-8');
    const wrong = wrongAttribute(attributes);
    if (wrong !== undefined)
      return problem(
        line,
        `Атрибут «${wrong}» не такой, как должен быть`,
        `The attribute “${wrong}” is not as it should be`,
      );
    const event = eventOf(attributes as unknown as Attributes);
    const revision = revisions.get(event.stream) ?? 0;
    if (event.position !== events.length)
      return outOfPlace(line, { ru: 'позиция', en: 'position' }, event.position, events.length);
    if (event.revision !== revision)
      return outOfPlace(line, { ru: 'ревизия', en: 'revision' }, event.revision, revision);
    revisions.set(event.stream, revision + 1);
    events.push(event);
    start = end + 1;
  }
  return events;
}

/** The attributes of one line, checked. */
interface Attributes {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly position: number;
  readonly revision: number;
  readonly metadata?: string;
  readonly data?: unknown;
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
/** RFC 3339, as CloudEvents asks for. */
const isTime = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value);

/** What an attribute may be. Those that may be absent accept `undefined`. */
const attributes: Readonly<Record<string, (value: unknown) => boolean>> = {
  specversion: (value) => value === '1.0',
  id: isText,
  source: isText,
  type: isText,
  subject: isText,
  time: isTime,
  position: isCount,
  revision: isCount,
  metadata: (value) => value === undefined || parseText(value) !== undefined,
  datacontenttype: (value) => value === undefined || value === 'application/json',
  data: () => true,
};

function wrongAttribute(line: Readonly<Record<string, unknown>>): string | undefined {
  const unknown = Object.keys(line).find((name) => !Object.hasOwn(attributes, name));
  return unknown ?? Object.keys(attributes).find((name) => !attributes[name]!(line[name]));
}

function eventOf({ id, type, subject, time, position, revision, metadata, data }: Attributes): StoredEvent {
  return {
    id,
    stream: subject,
    revision,
    position,
    type,
    data,
    ...(metadata === undefined ? {} : { metadata: parseText(metadata) }),
    created: time,
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parse(line: Uint8Array): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(line));
  } catch {
    return undefined;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function parseText(text: unknown): unknown {
  try {
    return JSON.parse(text as string);
  } catch {
    return undefined;
  }
}

function outOfPlace(line: number, what: Message, found: number, expected: number): FileProblem {
  return problem(
    line,
    `Здесь ${what.ru} ${found}, а должна быть ${expected}: строк не хватает или они переставлены`,
    `The ${what.en} here is ${found} and should be ${expected}: lines are missing or out of order`,
  );
}

const problem = (line: number, ru: string, en: string): FileProblem => ({ line, message: { ru, en } });
