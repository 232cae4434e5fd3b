import acos from '@stdlib/math-base-special-acos';
import acosh from '@stdlib/math-base-special-acosh';
import asin from '@stdlib/math-base-special-asin';
import asinh from '@stdlib/math-base-special-asinh';
import atan from '@stdlib/math-base-special-atan';
import atanh from '@stdlib/math-base-special-atanh';
import cbrt from '@stdlib/math-base-special-cbrt';
import cos from '@stdlib/math-base-special-cos';
import naturalExp from '@stdlib/math-base-special-exp';
import expm1 from '@stdlib/math-base-special-expm1';
import log from '@stdlib/math-base-special-ln';
import log10 from '@stdlib/math-base-special-log10';
import log1p from '@stdlib/math-base-special-log1p';
import log2 from '@stdlib/math-base-special-log2';
import finitePow from '@stdlib/math-base-special-pow';
import sin from '@stdlib/math-base-special-sin';
import tan from '@stdlib/math-base-special-tan';

const { PI, E, LN2, abs, sqrt, max } = Math;
/** Above it `exp` overflows. */
const EXP_LIMIT = 709.782712893384;

/** Exactly `Math.E` at 1, as in V8. */
const exp = (x: number) => (x === 1 ? E : naturalExp(x));

/** e^a / 2 for `a` up to the last one at which that is finite, where e^a itself overflows. */
function halfExp(a: number): number {
  if (a < EXP_LIMIT) return 0.5 * exp(a);
  const root = exp(0.5 * a);
  return 0.5 * root * root;
}

function sinh(x: number): number {
  const a = abs(x);
  if (a === 0 || !(a < Infinity)) return x;
  const sign = x < 0 ? -1 : 1;
  if (a >= 22) return sign * halfExp(a);
  const t = expm1(a);
  return sign * 0.5 * (a < 1 ? 2 * t - (t * t) / (t + 1) : t + t / (t + 1));
}

function cosh(x: number): number {
  const a = abs(x);
  if (!(a < 22)) return halfExp(a);
  if (a < 0.5 * LN2) {
    const t = expm1(a);
    return 1 + (t * t) / (2 * (1 + t));
  }
  const t = exp(a);
  return 0.5 * t + 0.5 / t;
}

function tanh(x: number): number {
  const a = abs(x);
  if (x === 0 || x !== x) return x;
  const sign = x < 0 ? -1 : 1;
  if (a >= 22) return sign;
  const t = expm1(a < 1 ? -2 * a : 2 * a);
  return sign * (a < 1 ? -t / (t + 2) : 1 - 2 / (t + 2));
}

/** The angle of the point (x, y), by its quadrant: the package of the same family gets the sign wrong where y/x underflows. */
function atan2(y: number, x: number): number {
  if (y !== y || x !== x) return NaN;
  const left = x < 0 || Object.is(x, -0);
  const below = y < 0 || Object.is(y, -0);
  let angle: number;
  if (y === 0) angle = left ? PI : 0;
  else if (x === 0) angle = PI / 2;
  else if (abs(x) === Infinity && abs(y) === Infinity) angle = left ? 0.75 * PI : 0.25 * PI;
  else angle = left ? PI - atan(abs(y / x)) : atan(abs(y / x));
  return below ? -angle : angle;
}

/** x to the power of y. The special cases of ECMAScript `Number::exponentiate` come first: the package has those of C or none. */
function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x !== x || y !== y) return NaN;
  const odd = abs(y % 2) === 1;
  if (abs(y) === Infinity) {
    if (abs(x) === 1) return NaN;
    return abs(x) > 1 === y > 0 ? Infinity : 0;
  }
  if (x === 0 || abs(x) === Infinity) {
    const size = (x === 0) === y > 0 ? 0 : Infinity;
    return odd && (x < 0 || Object.is(x, -0)) ? -size : size;
  }
  if (x < 0) {
    if (y % 1 !== 0) return NaN;
    const size = finitePow(-x, y);
    return odd ? -size : size;
  }
  return x === 1 ? 1 : finitePow(x, y);
}

/** The length of a vector: scaled against overflow, summed with compensation, as V8 does. */
function hypot(...components: number[]): number {
  const sides = components.map((component) => abs(+component));
  if (sides.includes(Infinity)) return Infinity;
  const longest = max(0, ...sides);
  if (longest === 0 || longest !== longest) return longest;
  let sum = 0;
  let lost = 0;
  for (const side of sides) {
    const part = side / longest;
    const term = part * part - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  return sqrt(sum) * longest;
}

const unary = {
  ...{ acos, acosh, asin, asinh, atan, atanh, cbrt, cos, cosh, exp, expm1 },
  ...{ log, log10, log1p, log2, sin, sinh, tan, tanh },
};
const binary = { atan2, pow };

type DeterministicMath = Pick<Math, keyof typeof unary | keyof typeof binary | 'hypot'>;

/**
 * The functions of `Math` whose last digits differ between engines (ECMAScript leaves them implementation-approximated),
 * made of nothing but `+ - * /` and `sqrt`, which IEEE 754 fixes to the bit. Within 2 ulp of V8 and exact at the special
 * values. Arguments are converted to numbers as the native functions do.
 *
 * The operator `**` is native: the compiler must lower it to `Math.pow` (target ES2015) to have the same bits from it.
 */
export function deterministicMath(): DeterministicMath {
  const methods: Record<string, unknown> = { hypot };
  // Computed methods have the name of the native function and, like it, are no constructors.
  for (const [name, f] of Object.entries(unary)) {
    methods[name] = { [name]: (x: number) => f(+x) }[name];
  }
  for (const [name, f] of Object.entries(binary)) {
    methods[name] = { [name]: (x: number, y: number) => f(+x, +y) }[name];
  }
  return methods as unknown as DeterministicMath;
}
