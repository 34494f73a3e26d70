/**
 * Whether a formula is right in its dimensions. From the leaves up every part has a dimension, or any: a
 * part with a free constant in it can be given whichever is asked for, since a fitted constant carries
 * units of its own (as G does). A constant stands at one place of a formula, so that parts never ask two
 * things of one constant and "any" is exact. What an operator asks stands in its entry of the table.
 *
 *     mass * speed^2 + 3 * speed   right: the 3 is one of kg m/s      mass + speed   wrong
 */
import { evaluateFormula } from '../engine/evaluate-formula.js';
import { variablesOf } from '../formula.js';
import type { Call, Formula } from '../formula.js';
import { operatorOf } from '../operators/index.js';
import { areAlike, combine, NUMBER, raise } from './dimension.js';
import type { Dimension } from './dimension.js';

/** What is known of the dimensions of a problem; plain data. */
export interface Dimensions {
  /** One for each variable; `null` where nothing is known of it: it then fits everywhere. */
  readonly variables: readonly (Dimension | null)[];
  readonly target: Dimension | null;
  /** Whether constants carry any dimension, or are pure numbers (0 fits everywhere all the same). */
  readonly constants: 'free' | 'numbers';
  /** Whether what is wrong is refused, or costs. */
  readonly policy: 'rule' | 'penalty';
}

/** A dimension, or `any` where a free constant can make it fit. */
type Kind = Dimension | 'any';

interface Checking {
  readonly ofVariable: (index: number) => Kind;
  readonly areConstantsFree: boolean;
  readonly bodyOf: BodyOf;
  wrong: number;
  /** The first two dimensions that met and differ. */
  first?: readonly [Dimension, Dimension];
}

/** The formula that an operator of the user's stands for, over its arguments as variables. */
export type BodyOf = (operator: string) => Formula | undefined;

/**
 * At how many places a formula asks for another dimension than it gets, its value against the target's
 * being one of them; 0 where it is right.
 */
export function countWrongDimensions(
  formula: Formula,
  dimensions: Dimensions,
  bodyOf: BodyOf = () => undefined,
): number {
  const { variables, target, constants } = dimensions;
  const checking: Checking = {
    ofVariable: (index) => variables[index] ?? 'any',
    areConstantsFree: constants === 'free',
    bodyOf,
    wrong: 0,
  };
  const kind = kindOf(formula, checking);
  if (target !== null) together([kind, target], checking);
  return checking.wrong;
}

/** What the dimension of a formula is: known, not known, or in which place two meet that differ. */
export interface DimensionReading {
  readonly dimension?: Dimension;
  readonly wrong?: readonly [Dimension, Dimension];
}

/** The dimension of a formula whose constants are pure numbers. */
export function dimensionOf(
  formula: Formula,
  variables: Dimensions['variables'],
  bodyOf: BodyOf = () => undefined,
): DimensionReading {
  const checking: Checking = {
    ofVariable: (index) => variables[index] ?? 'any',
    areConstantsFree: false,
    bodyOf,
    wrong: 0,
  };
  const kind = kindOf(formula, checking);
  if (checking.first !== undefined) return { wrong: checking.first };
  return kind === 'any' ? {} : { dimension: kind };
}

function kindOf(formula: Formula, checking: Checking): Kind {
  if (formula.kind === 'variable') return checking.ofVariable(formula.index);
  if (formula.kind === 'constant') {
    return checking.areConstantsFree || formula.value === 0 ? 'any' : NUMBER;
  }
  const body = checking.bodyOf(formula.operator);
  return body === undefined ? kindOfCall(formula, checking) : kindOfBody(formula, body, checking);
}

/** Numbers in the definition of an operator are pure: they are part of what it is. */
function kindOfBody(formula: Call, body: Formula, checking: Checking): Kind {
  const parts = formula.arguments.map((part) => kindOf(part, checking));
  const inner: Checking = {
    ...checking,
    ofVariable: (index) => parts[index],
    areConstantsFree: false,
    wrong: 0,
  };
  const kind = kindOf(body, inner);
  checking.wrong += inner.wrong;
  return kind;
}

function kindOfCall(formula: Call, checking: Checking): Kind {
  const { dimension: law } = operatorOf(formula.operator);
  if (law.kind === 'raise') return kindOfPower(formula, checking);
  const parts = formula.arguments.map((part, place) =>
    isPlainFactor(part, place, law.kind) ? NUMBER : kindOf(part, checking),
  );
  const [a, b] = parts;
  switch (law.kind) {
    case 'alike':
      return together(parts, checking);
    case 'numbers':
      return together([...parts, NUMBER], checking);
    case 'power':
      return a === 'any' ? 'any' : raise(a, law.exponent);
    case 'product':
      return a === 'any' || b === 'any' ? 'any' : combine(a, b, 1);
    case 'quotient':
      return a === 'any' || b === 'any' ? 'any' : combine(a, b, -1);
    case 'comparison':
      together(parts, checking);
      return NUMBER;
    case 'sign':
      return NUMBER;
    case 'choice':
      return together(parts.slice(1), checking);
  }
}

/**
 * Whether a part is a factor or a divisor of 1 or −1: texts leave it out, so that it must not carry a unit.
 *
 *     speed - -1 * length   is told as   speed + length
 */
function isPlainFactor(part: Formula, place: number, law: string): boolean {
  if (part.kind !== 'constant' || Math.abs(part.value) !== 1) return false;
  return law === 'product' || (law === 'quotient' && place === 1);
}

function kindOfPower({ arguments: [base, exponent] }: Call, checking: Checking): Kind {
  const own = kindOf(base, checking);
  if (variablesOf(exponent).length > 0) {
    return together([own, kindOf(exponent, checking), NUMBER], checking);
  }
  const power = evaluateFormula(exponent, []);
  return own === 'any' ? 'any' : raise(own, power);
}

/** The dimension that all of them have, those that may be any given it; counted once where they differ. */
function together(kinds: readonly Kind[], checking: Checking): Kind {
  let shared: Kind = 'any';
  for (const kind of kinds) {
    if (kind === 'any') continue;
    if (shared === 'any') {
      shared = kind;
    } else if (!areAlike(shared, kind)) {
      checking.wrong++;
      checking.first ??= [shared, kind];
      // What is above is not blamed for the same mistake.
      return 'any';
    }
  }
  return shared;
}
