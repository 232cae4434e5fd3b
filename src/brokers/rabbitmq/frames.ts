import { frameEnd, Reader } from './bytes.ts';
import { refuse } from './refusal.ts';

/** The types of frames (AMQP 0-9-1 §2.3.5). */
export const frameTypes = { method: 1, header: 2, body: 3, heartbeat: 8 } as const;

/** What stands around a payload: type, channel, size and end mark: bytes. */
export const frameOverhead = 8;

export interface Frame {
  readonly type: number;
  readonly channel: number;
  readonly payload: Uint8Array;
}

/** What a client says before its first frame. */
export const protocolHeader = Uint8Array.of(0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1);

/** Cuts a stream of bytes, which arrives in any pieces, into frames. */
export class Framer {
  #rest: Uint8Array = new Uint8Array(0);
  #greeted = false;
  /** The largest frame that was agreed on: bytes. */
  frameMax = 131_072;

  /** What has arrived but is no whole frame yet, with this after it. */
  feed(bytes: Uint8Array): void {
    if (this.#rest.length === 0) this.#rest = bytes;
    else {
      const joined = new Uint8Array(this.#rest.length + bytes.length);
      joined.set(this.#rest);
      joined.set(bytes, this.#rest.length);
      this.#rest = joined;
    }
  }

  /** Did the client say that it speaks AMQP 0-9-1? `undefined` while that is not known. */
  greeting(): boolean | undefined {
    if (this.#greeted) return true;
    const given = this.#rest.subarray(0, protocolHeader.length);
    if (given.some((byte, at) => byte !== protocolHeader[at])) return false;
    if (given.length < protocolHeader.length) return undefined;
    this.#greeted = true;
    this.#rest = this.#rest.subarray(protocolHeader.length);
    return true;
  }

  /** The next whole frame. @throws Refusal (501) where there is none and never will be */
  next(): Frame | undefined {
    if (this.#rest.length < frameOverhead - 1) return undefined;
    const reader = new Reader(this.#rest);
    const type = reader.octet();
    const channel = reader.short();
    const size = reader.long();
    if (this.frameMax > 0 && size > this.frameMax - frameOverhead)
      throw refuse(
        'frame-error',
        `type ${type}, all octets = <<>>: {frame_too_large,${size},${this.frameMax - frameOverhead}}`,
      );
    if (this.#rest.length < size + frameOverhead) return undefined;
    const start = frameOverhead - 1;
    if (this.#rest[start + size] !== frameEnd)
      throw refuse(
        'frame-error',
        `type ${type}, all octets = <<>>: {invalid_frame_end_marker,${this.#rest[start + size]}}`,
      );
    const payload = this.#rest.subarray(start, start + size);
    this.#rest = this.#rest.subarray(size + frameOverhead);
    return { type, channel, payload };
  }
}
