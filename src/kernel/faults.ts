import type { Random } from './random.ts';

/** What can go wrong. What each does to a message, a link or a node stands in `README.md` beside this file. */
export const faultKinds = {
  duplicate: { amount: 'probability', fallback: 0.1 },
  reorder: { amount: 'probability', fallback: 0.2 },
  drop: { amount: 'probability', fallback: 0.1 },
  delay: { amount: 'range', fallback: [50, 200], often: 1 },
  cut: { amount: 'range', fallback: [500, 500], often: 0.05 },
  'lose-ack': { amount: 'probability', fallback: 0.1 },
  crash: { amount: 'point', fallback: 'before-ack', often: 0.05 },
  slow: { amount: 'range', fallback: [200, 1000], often: 1 },
  partition: { amount: 'range', fallback: [1000, 3000], often: 1 },
  refuse: { amount: 'probability', fallback: 0.1 },
} as const satisfies Record<string, Kind>;

/** `often` is how often it strikes at each time it could, where its amount does not say so and no `#n` does. */
type Kind =
  | { readonly amount: 'probability'; readonly fallback: number }
  | { readonly amount: 'range'; readonly fallback: readonly [number, number]; readonly often: number }
  | { readonly amount: 'point'; readonly fallback: string; readonly often: number };

export type FaultKind = keyof typeof faultKinds;

/** Where a consumer can be struck by a crash: before its handler runs, after it and before the broker knows, after that. */
export const crashPoints = ['before-handling', 'before-ack', 'after-ack'] as const;
export type CrashPoint = (typeof crashPoints)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** A node, a broker, or a link written `from>to`; everywhere when left out. */
  readonly place?: string;
  readonly probability: number;
  /** Virtual ms. */
  readonly range: readonly [number, number];
  readonly point: CrashPoint;
  /** Strikes only the nth time (from 1) that it could. */
  readonly nth?: number;
}

/** A mistake in the text of a fault plan; `column` is 1-based. */
export class FaultSyntaxError extends Error {
  override readonly name = 'FaultSyntaxError';
  readonly column: number;
  constructor(message: string, column: number) {
    super(message);
    this.column = column;
  }
}

/** A node is named by its file, in any script. */
const shape = /^([a-z-]+)(?:@([\p{L}\p{N}_.-]+(?:>[\p{L}\p{N}_.-]+)?))?(?::([\w.-]+))?(?:#(\d+))?$/u;

/**
 * Reads the one grammar of faults, `kind@place:amount#nth`, comma-separated:
 * `duplicate@bus:0.1,delay@orders>bus:50-200,crash@payments:before-ack#2`. A bare kind takes its default.
 * @throws FaultSyntaxError naming what is wrong and where
 */
export function parseFaults(text: string): Fault[] {
  const faults: Fault[] = [];
  let column = 1;
  for (const part of text.split(',')) {
    const item = part.trim();
    if (item !== '') faults.push(parseFault(item, column + part.indexOf(item)));
    column += part.length + 1;
  }
  return faults;
}

function parseFault(item: string, column: number): Fault {
  const refuse = (message: string): never => {
    throw new FaultSyntaxError(`${message} in "${item}"`, column);
  };
  const match = shape.exec(item);
  if (!match) return refuse('expected kind@place:amount#nth');
  const [, kind, place, amount, nth] = match as unknown as [string, string, string?, string?, string?];
  if (!Object.hasOwn(faultKinds, kind))
    return refuse(`unknown fault "${kind}", known are ${Object.keys(faultKinds).join(', ')}`);
  const known = faultKinds[kind as FaultKind];
  let probability: number = known.amount === 'probability' ? known.fallback : known.often;
  let range: readonly [number, number] = known.amount === 'range' ? known.fallback : [0, 0];
  let point: CrashPoint = 'before-ack';
  if (nth === '0') return refuse('the first time is #1');
  if (amount !== undefined) {
    if (known.amount === 'probability') {
      probability = Number(amount);
      if (!(probability >= 0 && probability <= 1)) return refuse(`"${amount}" is not a probability from 0 to 1`);
    } else if (known.amount === 'range') {
      const ends = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(amount);
      if (!ends) return refuse(`"${amount}" is not a time in ms, as 200 or 50-200`);
      range = [Number(ends[1]), Number(ends[2] ?? ends[1])];
      if (range[0] > range[1]) return refuse(`"${amount}" ends before it begins`);
    } else if ((crashPoints as readonly string[]).includes(amount)) point = amount as CrashPoint;
    else if (Number(amount) >= 0 && Number(amount) <= 1) probability = Number(amount);
    else return refuse(`"${amount}" is no point of a crash, known are ${crashPoints.join(', ')}, or a probability`);
  }
  return {
    kind: kind as FaultKind,
    probability,
    range,
    point,
    ...(place === undefined ? {} : { place }),
    ...(nth === undefined ? {} : { nth: Number(nth) }),
  };
}

/** Writes a plan so that `parseFaults` reads the same. */
export const formatFaults = (faults: readonly Fault[]): string => faults.map(formatFault).join(',');

function formatFault({ kind, place, probability, range, point, nth }: Fault): string {
  const known = faultKinds[kind];
  const pointed = known.amount === 'point' && probability === known.often;
  const text = known.amount === 'range' ? range.join('-') : pointed ? point : String(probability);
  return `${kind}${place === undefined ? '' : `@${place}`}:${text}${nth === undefined ? '' : `#${nth}`}`;
}

/** A fault with the number of times that it could have struck so far. */
interface Planned {
  readonly fault: Fault;
  chances: number;
}

const none: readonly Planned[] = [];

/** Decides, from a random stream of its own, which fault strikes when. */
export class Faults {
  readonly #plan = new Map<FaultKind, Planned[]>();
  readonly #random: Random;

  constructor(plan: readonly Fault[], random: Random) {
    this.#random = random;
    for (const fault of plan) {
      const planned = this.#plan.get(fault.kind);
      if (planned) planned.push({ fault, chances: 0 });
      else this.#plan.set(fault.kind, [{ fault, chances: 0 }]);
    }
  }

  /** Those of this kind, wherever they may strike. */
  planned(kind: FaultKind): readonly Fault[] {
    return (this.#plan.get(kind) ?? []).map(({ fault }) => fault);
  }

  /**
   * The fault of this kind that strikes here and now, if any. `places` are the names that this spot goes by: a link's
   * `from>to` and its two ends, or a node. Draws only for faults that are planned here.
   */
  strike(kind: FaultKind, places: readonly string[], point?: CrashPoint): Fault | undefined {
    let struck: Fault | undefined;
    for (const planned of this.#plan.get(kind) ?? none) {
      const { fault } = planned;
      if (point !== undefined && fault.point !== point) continue;
      if (fault.place !== undefined && !places.includes(fault.place)) continue;
      const nth = ++planned.chances;
      const strikes = fault.nth === undefined ? this.#random.chance(fault.probability) : fault.nth === nth;
      if (strikes) struck ??= fault;
    }
    return struck;
  }

  /** A time within the fault's range, in ms. */
  draw(fault: Fault): number {
    return this.#random.between(fault.range[0], fault.range[1]);
  }
}
