/**
 * Which values of a tape have to be looked at while it runs. Most that are not finite stay so to the end;
 * some would be hidden on the way (1/∞ is 0), and some are so likely that it pays to stop there.
 */
import { ALL_OPERATORS } from '../operators/index.js';
import { isSlot } from '../operators/slots.js';
import { FIRST_OPERATOR } from './codes.js';

/** Operators that give what is not finite for moderate arguments: better seen at once than in the end. */
const BREAKING: ReadonlySet<string> = new Set([
  '/', 'pow', 'sqrt', 'log', 'exp', 'tan', 'asin', 'acos', 'sinh', 'cosh',
]); // prettier-ignore

/** Operators that may give a number although an argument is not finite, and which arguments. */
const MASKING: Readonly<Record<string, readonly number[]>> = {
  '/': [1],
  pow: [0, 1],
  min: [0, 1],
  max: [0, 1],
  '<': [0, 1],
  '<=': [0, 1],
  '>': [0, 1],
  '>=': [0, 1],
  '==': [0, 1],
  exp: [0],
  atan: [0],
  tanh: [0],
  erf: [0],
  sign: [0],
};

interface Watching {
  readonly arity: number;
  readonly breaks: boolean;
  readonly masks: readonly number[];
}

const BY_OPERATOR: readonly Watching[] = ALL_OPERATORS.map(({ name, arity }) => ({
  arity,
  // What a slot computes is not known here: it is looked at, and so are its arguments.
  breaks: BREAKING.has(name) || isSlot(name),
  masks: isSlot(name) ? [0, 1].slice(0, arity) : Object.hasOwn(MASKING, name) ? MASKING[name] : [],
}));

/** Deepest stack of a tape that is followed here. */
const DEEPEST = 1024;

/**
 * Writes 1 where a value has to be looked at, else 0, and gives the array back. All 0 in a tape with
 * `cond`, whose branch that is not taken may be undefined.
 */
export function markWatched(codes: Uint8Array, length: number, watched: Uint8Array): Uint8Array {
  const ends = new Uint16Array(Math.min(length, DEEPEST));
  let top = 0;
  for (let at = 0; at < length; at++) {
    watched[at] = 0;
    if (codes[at] >= FIRST_OPERATOR) {
      const { arity, breaks, masks } = BY_OPERATOR[codes[at] - FIRST_OPERATOR];
      if (arity === 3) return watched.fill(0);
      top -= arity;
      for (const argument of masks) {
        const end = ends[top + argument];
        if (codes[end] >= FIRST_OPERATOR) watched[end] = 1;
      }
      if (breaks) watched[at] = 1;
    }
    ends[top++] = at;
  }
  return watched;
}
