import { CloudEvent } from 'cloudevents';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../kernel/stored.ts';
import { fromCloudEvents, toCloudEvents } from './cloudevents.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** What a store can hold: plain JSON, streams and positions without gaps. */
const stored: fc.Arbitrary<StoredEvent[]> = fc
  .array(
    fc.record({
      id: fc.string({ minLength: 1, unit: 'binary' }),
      stream: fc.constantFrom('account-A', 'заказ-1', '$all', '__proto__', 'a b'),
      type: fc.string({ minLength: 1, unit: 'grapheme' }),
      data: fc.option(
        fc.json().map((text): unknown => JSON.parse(text)),
        { nil: undefined },
      ),
      metadata: fc.option(
        fc.json().map((text): unknown => JSON.parse(text)),
        { nil: undefined },
      ),
      created: fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') })
        .map((date) => date.toISOString()),
    }),
    { maxLength: 30 },
  )
  .map((events) => {
    const revisions = new Map<string, number>();
    return events.map(({ metadata, ...event }, position) => {
      const revision = revisions.get(event.stream) ?? 0;
      revisions.set(event.stream, revision + 1);
      return { ...event, ...(metadata === undefined ? {} : { metadata }), revision, position };
    });
  });

const two: StoredEvent[] = [
  {
    id: 'e-1',
    stream: 'account-A',
    revision: 0,
    position: 0,
    type: 'AccountOpened',
    data: { accountId: 'A', owner: 'Аня' },
    created: '2026-01-01T00:00:00.000Z',
  },
  {
    id: 'e-2',
    stream: 'account-A',
    revision: 1,
    position: 1,
    type: 'MoneyDeposited',
    data: null,
    metadata: { correlationId: 'c' },
    created: '2026-01-01T00:00:01.000Z',
  },
];
const lines = [
  '{"specversion":"1.0","id":"e-1","source":"/eventstore","type":"AccountOpened","subject":"account-A","time":"2026-01-01T00:00:00.000Z","position":0,"revision":0,"datacontenttype":"application/json","data":{"accountId":"A","owner":"Аня"}}\n',
  '{"specversion":"1.0","id":"e-2","source":"/eventstore","type":"MoneyDeposited","subject":"account-A","time":"2026-01-01T00:00:01.000Z","position":1,"revision":1,"metadata":"{\\"correlationId\\":\\"c\\"}","datacontenttype":"application/json","data":null}\n',
];

test('an event is a line of CloudEvents 1.0', () => {
  expect(toCloudEvents(two)).toBe(lines.join(''));
  expect(fromCloudEvents(bytes(lines.join('')))).toEqual(two);
});

test('no event is an empty file', () => {
  expect(toCloudEvents([])).toBe('');
  expect(fromCloudEvents(bytes(''))).toEqual([]);
});

test('any store comes back as it was, and gives the same bytes again', () => {
  fc.assert(
    fc.property(stored, (events) => {
      const text = toCloudEvents(events);
      const back = fromCloudEvents(bytes(text));
      expect(back).toEqual(events);
      expect(toCloudEvents(back as StoredEvent[])).toBe(text);
    }),
  );
});

test('the reference library finds every line to be a valid CloudEvent and reads it the same', () => {
  fc.assert(
    fc.property(stored, (events) => {
      for (const line of toCloudEvents(events).split('\n').slice(0, -1)) {
        const attributes = JSON.parse(line) as Record<string, unknown>;
        const event = new CloudEvent(attributes, true);
        expect(event.subject).toBe(attributes['subject']);
        expect(event.time).toBe(attributes['time']);
        expect(event['position']).toBe(attributes['position']);
      }
    }),
  );
});

test('a last line without its end, or lines that end as on Windows, say the same', () => {
  expect(fromCloudEvents(bytes(lines.join('').trimEnd()))).toEqual(two);
  expect(fromCloudEvents(bytes(lines.join('').replaceAll('\n', '\r\n')))).toEqual(two);
});

describe('a damaged file is refused with the line that is wrong', () => {
  test('any line that is lost, doubled or moved, but for lost last ones', () => {
    fc.assert(
      fc.property(
        stored.filter((events) => events.length > 1),
        fc.nat(),
        fc.constantFrom('lost', 'doubled', 'moved'),
        (events, at, damage) => {
          const whole = toCloudEvents(events).split(/(?<=\n)/);
          const i = at % (whole.length - 1);
          const [line, next] = [whole[i]!, whole[i + 1]!];
          const replacement = { lost: [next], doubled: [line, line, next], moved: [next, line] }[damage];
          const spoilt = whole.toSpliced(i, 2, ...replacement);
          expect(fromCloudEvents(bytes(spoilt.join('')))).toMatchObject({ line: damage === 'doubled' ? i + 2 : i + 1 });
        },
      ),
    );
  });

  test('any cut inside a line', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: lines[1]!.length - 3 }), (length) => {
        const cut = bytes(lines.join('')).subarray(0, bytes(lines[0]!).length + length);
        expect(fromCloudEvents(cut)).toMatchObject({ line: 2 });
      }),
    );
  });

  test('bytes that are not UTF-8', () => {
    const file = bytes(lines.join(''));
    file[file.indexOf(0xd0)] = 0xff;
    expect(fromCloudEvents(file)).toMatchObject({ line: 1, message: { en: 'This is not a JSON object in UTF-8' } });
  });

  const wrong: Record<string, [string | RegExp, string]> = {
    specversion: ['"1.0"', '"0.3"'],
    id: ['"e-2"', '""'],
    source: ['"source":"/eventstore",', ''],
    type: ['"MoneyDeposited"', '7'],
    subject: ['"account-A"', 'null'],
    time: ['2026-01-01T00', '2026-01-01 00'],
    position: ['"position":1', '"position":"1"'],
    revision: ['"revision":1', '"revision":-1'],
    metadata: [/"metadata":"[^}]+}"/, '"metadata":"{"'],
    datacontenttype: ['application/json', 'text/plain'],
    dataschema: ['"data":', '"dataschema":"x","data":'],
    ['__proto__']: ['"data":', '"__proto__":{},"data":'],
  };
  test.for(Object.entries(wrong))('a wrong %s', ([name, [from, to]]) => {
    const second = lines[1]!.replace(from, to);
    expect(second).not.toBe(lines[1]);
    expect(fromCloudEvents(bytes(lines[0] + second))).toEqual({
      line: 2,
      message: {
        ru: `Атрибут «${name}» не такой, как должен быть`,
        en: `The attribute “${name}” is not as it should be`,
      },
    });
  });

  test.for(['[]', '"text"', 'null', '{', '', '<!doctype html>'])('a line that says %j', (line) => {
    expect(fromCloudEvents(bytes(`${lines[0]}${line}\n${lines[1]}`))).toMatchObject({ line: 2 });
  });

  test('a position or a revision that does not come next', () => {
    const [, second] = lines;
    expect(fromCloudEvents(bytes(lines[0] + second!.replace('"position":1', '"position":2')))).toEqual({
      line: 2,
      message: {
        ru: 'Здесь позиция 2, а должна быть 1: строк не хватает или они переставлены',
        en: 'The position here is 2 and should be 1: lines are missing or out of order',
      },
    });
    expect(fromCloudEvents(bytes(lines[0] + second!.replace('"revision":1', '"revision":0')))).toMatchObject({
      line: 2,
      message: { ru: 'Здесь ревизия 0, а должна быть 1: строк не хватает или они переставлены' },
    });
  });

  test('any bytes are refused or are events, and never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (file) => {
        const result = fromCloudEvents(file);
        expect(Array.isArray(result) || result.line > 0).toBe(true);
      }),
    );
  });
});
