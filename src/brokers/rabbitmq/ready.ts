/** What is in a queue: a message's copy and where it stands. */
export interface Copy {
  readonly id: string;
  /** Its place in the queue, smaller first; it keeps it when it comes back. */
  position: number;
  readonly priority: number;
  /** When it expires: virtual ms. */
  readonly expires: number | undefined;
  /** Was it delivered before? */
  redelivered: boolean;
  /** How often it came back from a consumer. */
  returns: number;
}

interface Level {
  readonly priority: number;
  readonly copies: Copy[];
  /** Where in `copies` the first one is: taking it does not move the others. */
  first: number;
}

/** Messages that wait for a consumer: by priority, higher first, and by position within. */
export class Ready {
  readonly #levels: Level[] = [];
  size = 0;

  get head(): Copy | undefined {
    for (const { copies, first } of this.#levels) if (first < copies.length) return copies[first];
    return undefined;
  }

  /** All of them, the next one first. */
  *[Symbol.iterator](): Generator<Copy> {
    for (const { copies, first } of this.#levels) yield* copies.slice(first);
  }

  add(copy: Copy): void {
    const level = this.#level(copy.priority);
    const { copies } = level;
    let at = copies.length;
    if (at > level.first && copies[at - 1]!.position > copy.position) {
      let low = level.first;
      while (low < at) {
        const middle = (low + at) >> 1;
        if (copies[middle]!.position < copy.position) low = middle + 1;
        else at = middle;
      }
    }
    if (at === copies.length) copies.push(copy);
    else copies.splice(at, 0, copy);
    this.size++;
  }

  /** Takes the head away. */
  shift(): Copy | undefined {
    const level = this.#levels.find(({ copies, first }) => first < copies.length);
    if (!level) return undefined;
    const copy = level.copies[level.first++];
    if (level.first === level.copies.length) level.copies.length = level.first = 0;
    else if (level.first === 4096) {
      level.copies.splice(0, level.first);
      level.first = 0;
    }
    this.size--;
    return copy;
  }

  clear(): void {
    this.#levels.length = 0;
    this.size = 0;
  }

  #level(priority: number): Level {
    const at = this.#levels.findIndex((level) => level.priority <= priority);
    const found = this.#levels[at];
    if (found?.priority === priority) return found;
    const level: Level = { priority, copies: [], first: 0 };
    this.#levels.splice(at < 0 ? this.#levels.length : at, 0, level);
    return level;
  }
}
