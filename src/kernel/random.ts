/**
 * A stream of random numbers that is the same in every engine: sfc32, 32-bit integer operations only
 * (Chris Doty-Humphrey, PractRand). Streams of other names are independent: a draw from one never moves another.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, stream: string) {
    let hash = 1779033703 ^ seed;
    for (let i = 0; i < stream.length; i++) hash = mix(hash ^ stream.charCodeAt(i));
    this.#a = hash = mix(hash);
    this.#b = hash = mix(hash);
    this.#c = mix(hash);
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** An integer from 0 to 2³² − 1. */
  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number in [0, 1), as `Math.random()` gives: 53 bits. */
  fraction(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  /** True with this probability; a probability of 0 or 1 draws nothing. */
  chance(probability: number): boolean {
    return probability >= 1 || (probability > 0 && this.fraction() < probability);
  }

  /** A version 4 UUID (RFC 9562 §5.4). */
  uuid(): string {
    const words = [this.uint32(), this.uint32(), this.uint32(), this.uint32()];
    words[1] = (words[1]! & 0xffff0fff) | 0x4000;
    words[2] = (words[2]! & 0x3fffffff) | 0x80000000;
    const hex = words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }
}

/** One round of the finaliser of MurmurHash3. */
function mix(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 2246822507);
  h = Math.imul(h ^ (h >>> 13), 3266489909);
  return (h ^ (h >>> 16)) >>> 0;
}
