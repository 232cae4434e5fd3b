const native = JSON.parse;

type Reviver = (this: unknown, key: string, value: unknown) => unknown;

/**
 * `JSON.parse`, whose errors say what V8 11.3 (Node 20) says, whatever the engine: Firefox and WebKit word them otherwise,
 * later V8 adds a line and a column. In all else it is the native one.
 */
export function parse(text: unknown, reviver?: Reviver): unknown {
  const source = `${text as string}`;
  try {
    return native(source, reviver);
  } catch (error) {
    const message = error instanceof SyntaxError ? new Reader(source).fault() : undefined;
    throw message === undefined ? error : new SyntaxError(message);
  }
}

class Fault extends Error {}

/** How many characters V8 quotes on either side of what it did not expect. */
const context = 10;
/** Texts that are named whole: what became text by mistake. */
const mistaken = new Set(['NaN', 'Infinity', 'undefined', '[object Object]']);
const digit = /^[0-9]$/;
const hexadecimal = /^[0-9a-f]$/i;

/** Reads JSON (RFC 8259) without keeping it, to find the first place where it is none. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** What V8 would say, or `undefined` for JSON. */
  fault(): string | undefined {
    try {
      this.#document();
      return undefined;
    } catch (fault) {
      if (fault instanceof Fault) return fault.message;
      throw fault;
    }
  }

  get #next(): string {
    return this.#text.charAt(this.#at);
  }

  #document(): void {
    /** What will close the brackets that are open. */
    const open: ('}' | ']')[] = [];
    this.#space();
    do {
      if (this.#take('{')) {
        this.#space();
        if (!this.#take('}')) {
          this.#key(true);
          open.push('}');
          continue;
        }
      } else if (this.#take('[')) {
        this.#space();
        if (!this.#take(']')) {
          open.push(']');
          continue;
        }
      } else this.#scalar();
      this.#ends(open);
    } while (open.length > 0);
    if (this.#next !== '') this.#fail('Unexpected non-whitespace character after JSON');
  }

  /** After a value: closes what ends with it, up to the comma before the next one. */
  #ends(open: ('}' | ']')[]): void {
    for (this.#space(); open.length > 0; this.#space()) {
      const close = open.at(-1)!;
      if (this.#take(close)) open.pop();
      else {
        const where = close === '}' ? 'property value' : 'array element';
        if (!this.#take(',')) this.#fail(`Expected ',' or '${close}' after ${where} in JSON`);
        this.#space();
        if (close === '}') this.#key(false);
        return;
      }
    }
  }

  #key(first: boolean): void {
    const expected = first ? "Expected property name or '}'" : 'Expected double-quoted property name';
    if (this.#next !== '"') this.#fail(`${expected} in JSON`);
    this.#string();
    this.#space();
    if (this.#take(':')) this.#space();
    else if (first) this.#fail("Expected ':' after property name in JSON");
    else this.#unexpected();
  }

  #scalar(): void {
    const literal = { t: 'true', f: 'false', n: 'null' }[this.#next];
    if (literal !== undefined) {
      for (const letter of literal) if (!this.#take(letter)) this.#unexpected();
    } else if (this.#next === '"') this.#string();
    else if (this.#next === '-' || digit.test(this.#next)) this.#number();
    else this.#unexpected();
  }

  #number(): void {
    if (this.#take('-') && !digit.test(this.#next)) this.#fail('No number after minus sign in JSON');
    if (this.#take('0')) {
      if (digit.test(this.#next)) this.#fail('Unexpected number in JSON');
    } else this.#digits('');
    if (this.#take('.')) this.#digits('Unterminated fractional number in JSON');
    if (this.#take('e') || this.#take('E')) {
      if (!this.#take('+')) this.#take('-');
      this.#digits('Exponent part is missing a number in JSON');
    }
  }

  #digits(otherwise: string): void {
    if (!digit.test(this.#next)) this.#fail(otherwise);
    while (digit.test(this.#next)) this.#at++;
  }

  #string(): void {
    for (this.#at++; !this.#take('"'); this.#at++) {
      if (this.#next === '') this.#fail('Unterminated string in JSON');
      if (this.#next < ' ') this.#fail('Bad control character in string literal in JSON');
      if (this.#next === '\\') this.#escape();
    }
  }

  /** Ends at the last character of the escape. */
  #escape(): void {
    this.#at++;
    if (this.#next === '') this.#unexpected();
    if (this.#next === 'u')
      for (let place = 0; place < 4; place++) {
        this.#at++;
        if (!hexadecimal.test(this.#next)) this.#fail('Bad Unicode escape in JSON');
      }
    else if (!'"\\/bfnrt'.includes(this.#next)) this.#fail('Bad escaped character in JSON');
  }

  #space(): void {
    while (this.#next !== '' && ' \t\n\r'.includes(this.#next)) this.#at++;
  }

  #take(character: string): boolean {
    const there = this.#next === character;
    if (there) this.#at++;
    return there;
  }

  #fail(what: string): never {
    throw new Fault(`${what} at position ${this.#at}`);
  }

  #unexpected(): never {
    const text = this.#text;
    if (this.#next === '') throw new Fault('Unexpected end of JSON input');
    if (this.#next === '"') this.#fail('Unexpected string in JSON');
    if (this.#next === '-' || digit.test(this.#next)) this.#fail('Unexpected number in JSON');
    if (mistaken.has(text)) throw new Fault(`"${text}" is not valid JSON`);
    const whole = text.length <= 2 * context;
    const start = whole ? 0 : Math.max(0, this.#at - context);
    const end = whole ? text.length : Math.min(text.length, this.#at + context);
    const quoted = `${!whole && this.#at >= context ? '...' : ''}"${text.slice(start, end)}"${end < text.length ? '...' : ''}`;
    throw new Fault(`Unexpected token '${this.#next}', ${quoted} is not valid JSON`);
  }
}
