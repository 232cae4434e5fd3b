import { Buffer } from 'buffer';
import { tags, type Field, type FieldType, type Table } from './field.ts';
import { refuse } from './refusal.ts';

const typeOf = Object.fromEntries(Object.entries(tags).map(([type, tag]) => [tag.charCodeAt(0), type])) as Record<
  number,
  FieldType
>;

/** Reads values of AMQP 0-9-1 from bytes, one after the other. @throws Refusal (501) where the bytes end too early or mean nothing */
export class Reader {
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  octet(): number {
    return this.#view.getUint8(this.#take(1));
  }

  short(): number {
    return this.#view.getUint16(this.#take(2));
  }

  long(): number {
    return this.#view.getUint32(this.#take(4));
  }

  /** As a number while that is exact, else as a decimal text. */
  longlong(): number | string {
    return exact(this.#view.getBigUint64(this.#take(8)));
  }

  shortstr(): string {
    return this.#text(this.octet());
  }

  longstr(): string {
    return this.#text(this.long());
  }

  table(): Table {
    const end = this.long() + this.at;
    const fields: [string, Field][] = [];
    while (this.at < end) fields.push([this.shortstr(), this.#field()]);
    return Object.fromEntries(fields);
  }

  #field(): Field {
    const type = typeOf[this.octet()];
    const view = this.#view;
    switch (type) {
      case 'longstr':
        return { type, value: this.longstr() };
      case 'binary':
        return { type, value: this.#raw(this.long()).toString('latin1') };
      case 'table':
        return { type, value: this.table() };
      case 'array': {
        const end = this.long() + this.at;
        const value: Field[] = [];
        while (this.at < end) value.push(this.#field());
        return { type, value };
      }
      case 'decimal':
        return { type, value: [this.octet(), this.long()] };
      case 'void':
        return { type, value: null };
      case 'bool':
        return { type, value: this.octet() !== 0 };
      case 'byte':
        return { type, value: view.getInt8(this.#take(1)) };
      case 'unsignedbyte':
        return { type, value: this.octet() };
      case 'short':
        return { type, value: view.getInt16(this.#take(2)) };
      case 'unsignedshort':
        return { type, value: this.short() };
      case 'signedint':
        return { type, value: view.getInt32(this.#take(4)) };
      case 'unsignedint':
        return { type, value: this.long() };
      case 'long':
        return { type, value: exact(view.getBigInt64(this.#take(8))) };
      case 'timestamp':
        return { type, value: this.longlong() };
      case 'float':
        return { type, value: real(view.getFloat32(this.#take(4))) };
      case 'double':
        return { type, value: real(view.getFloat64(this.#take(8))) };
      default:
        throw refuse('syntax-error', 'field table with an unknown type');
    }
  }

  #text(length: number): string {
    return this.#raw(length).toString('utf8');
  }

  #raw(length: number): Buffer {
    const at = this.#take(length);
    return Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + at, length);
  }

  #take(length: number): number {
    const { at } = this;
    if (length > this.left) throw refuse('syntax-error', 'a value ends beyond its frame');
    this.at += length;
    return at;
  }
}

const exact = (value: bigint): number | string =>
  BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();

/** JSON has no infinities and no NaN: a journal keeps them as texts. */
const real = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

/** Writes values of AMQP 0-9-1 into bytes that grow as needed. */
export class Writer {
  #bytes = Buffer.alloc(256);
  #view = viewOf(this.#bytes);
  length = 0;

  /** What has been written so far; the writer is not to be used after. */
  done(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  octet(value: number): void {
    const at = this.#take(1);
    this.#view.setUint8(at, value);
  }

  short(value: number): void {
    const at = this.#take(2);
    this.#view.setUint16(at, value);
  }

  long(value: number): void {
    const at = this.#take(4);
    this.#view.setUint32(at, value);
  }

  longlong(value: number | string): void {
    const at = this.#take(8);
    this.#view.setBigUint64(at, BigInt(value));
  }

  shortstr(value: string): void {
    const length = Buffer.byteLength(value);
    this.octet(length);
    const at = this.#take(length);
    this.#bytes.write(value, at, 'utf8');
  }

  longstr(value: string): void {
    const length = Buffer.byteLength(value);
    this.long(length);
    const at = this.#take(length);
    this.#bytes.write(value, at, 'utf8');
  }

  table(table: Table): void {
    this.#measured(() => {
      for (const [name, field] of Object.entries(table)) {
        this.shortstr(name);
        this.#field(field);
      }
    });
  }

  raw(bytes: Uint8Array): void {
    const at = this.#take(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** Writes what `work` writes, with its length in bytes before it. */
  #measured(work: () => void): void {
    const at = this.#take(4);
    work();
    this.#view.setUint32(at, this.length - at - 4);
  }

  /** Writes a frame: its type, its channel, what `work` writes, and the end mark. */
  frame(type: number, channel: number, work: () => void): void {
    this.octet(type);
    this.short(channel);
    this.#measured(work);
    this.octet(frameEnd);
  }

  #field(field: Field): void {
    this.octet(tags[field.type].charCodeAt(0));
    switch (field.type) {
      case 'longstr':
        return this.longstr(field.value);
      case 'binary':
        this.long(field.value.length);
        return this.raw(Buffer.from(field.value, 'latin1'));
      case 'table':
        return this.table(field.value);
      case 'array':
        return this.#measured(() => field.value.forEach((each) => this.#field(each)));
      case 'decimal':
        this.octet(field.value[0]);
        return this.long(field.value[1]);
      case 'void':
        return;
      case 'bool':
        return this.octet(field.value ? 1 : 0);
      case 'byte':
        return this.#set(1, (view, at) => view.setInt8(at, Number(field.value)));
      case 'unsignedbyte':
        return this.octet(Number(field.value));
      case 'short':
        return this.#set(2, (view, at) => view.setInt16(at, Number(field.value)));
      case 'unsignedshort':
        return this.short(Number(field.value));
      case 'signedint':
        return this.#set(4, (view, at) => view.setInt32(at, Number(field.value)));
      case 'unsignedint':
        return this.long(Number(field.value));
      case 'long':
        return this.#set(8, (view, at) => view.setBigInt64(at, BigInt(field.value)));
      case 'timestamp':
        return this.longlong(field.value);
      case 'float':
        return this.#set(4, (view, at) => view.setFloat32(at, Number(field.value)));
      case 'double':
        return this.#set(8, (view, at) => view.setFloat64(at, Number(field.value)));
    }
  }

  #set(length: number, write: (view: DataView, at: number) => void): void {
    const at = this.#take(length);
    write(this.#view, at);
  }

  /** Makes room and gives the place. It may move everything: bytes and view are to be asked for after it. */
  #take(length: number): number {
    const at = this.length;
    this.length += length;
    if (this.length > this.#bytes.length) {
      const bytes = Buffer.alloc(Math.max(2 * this.#bytes.length, this.length));
      bytes.set(this.#bytes.subarray(0, at));
      this.#bytes = bytes;
      this.#view = viewOf(bytes);
    }
    return at;
  }
}

/** The last byte of every frame. */
export const frameEnd = 0xce;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
