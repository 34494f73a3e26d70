/**
 * Products of factors that share no variable, and of a factor with a function that has a constant inside:
 * larger than what enumeration reaches, and common in laws, f(u) · g(v) · h(w).
 */
import { complexityOf } from '../../complexity.js';
import { call, variablesOf } from '../../formula.js';
import type { Formula } from '../../formula.js';
import type { Sample } from '../shared/sample.js';
import { keyOfColumn, mixerOf } from './enumerate.js';
import type { FamilyMember } from './families.js';
import type { Feature } from './features.js';

/** A feature with the set of its variables, a bit for each of the first 31. */
interface Factor {
  readonly feature: Feature;
  readonly mask: number;
  readonly isSingle: boolean;
}

export interface ProductLimits {
  /** Factors of products of two, the simplest; those of products of three, for each variable. */
  readonly factors: number;
  readonly factorsOfThree: number;
  readonly mostProducts: number;
}

const MOST_VARIABLES = 31;

/** Products of two and of three features without a common variable, in order of complexity. */
export function productsOf(
  features: readonly Feature[],
  sample: Sample,
  limits: ProductLimits,
): readonly Feature[] {
  const factors = features
    .map(factorOf)
    .filter(({ feature }) => !variablesOf(feature.formula).some((k) => k >= MOST_VARIABLES));
  const simplest = factors.slice(0, limits.factors);
  const products: Feature[] = [];
  const seen = new Set<string>();
  const mixer = mixerOf(sample.rows);
  const add = (parts: readonly Feature[]): void => {
    const product = multiply(parts, sample);
    const key = keyOfColumn(product.column, mixer);
    if (key === undefined || seen.has(key) || products.length >= limits.mostProducts) return;
    seen.add(key);
    products.push(product);
  };
  for (const triple of triplesOf(factors, limits.factorsOfThree)) add(triple);
  simplest.forEach((one, a) => {
    for (const other of simplest.slice(0, a)) {
      if ((one.mask & other.mask) === 0) add([other.feature, one.feature]);
    }
  });
  return products.sort((a, b) => a.complexity - b.complexity);
}

function factorOf(feature: Feature): Factor {
  const variables = variablesOf(feature.formula);
  const mask = variables.reduce((bits, index) => bits | (1 << index), 0);
  return { feature, mask, isSingle: variables.length === 1 };
}

function triplesOf(factors: readonly Factor[], each: number): readonly (readonly Feature[])[] {
  const masks = [...new Set(factors.filter(({ isSingle }) => isSingle).map(({ mask }) => mask))];
  const groups = masks.map((mask) =>
    factors.filter((factor) => factor.mask === mask).slice(0, each),
  );
  const found: Feature[][] = [];
  groups.forEach((first, a) => {
    groups.slice(0, a).forEach((second, b) => {
      for (const third of groups.slice(0, b)) {
        for (const one of third) {
          for (const two of second) {
            for (const three of first) found.push([one.feature, two.feature, three.feature]);
          }
        }
      }
    });
  });
  return found;
}

/** Each of the factors with each of the functions that have a constant inside. */
export function memberProducts(
  factors: readonly Feature[],
  members: readonly FamilyMember[],
  sample: Sample,
): readonly FamilyMember[] {
  const lines = 1 + members.reduce((most, { line }) => Math.max(most, line), 0);
  return factors.flatMap((factor, index) =>
    members.map((member): FamilyMember => {
      const { formula, column, complexity } = multiply([factor, member], sample);
      return {
        ...member,
        formula,
        column,
        complexity,
        line: member.line + (1 + index) * lines,
        withConstant: (value) => productOfTwo(factor.formula, member.withConstant(value)),
      };
    }),
  );
}

function multiply(parts: readonly Feature[], sample: Sample): Feature {
  const formula = parts.map((part) => part.formula).reduce(productOfTwo);
  const column = Float64Array.from(parts[0].column);
  for (const part of parts.slice(1)) {
    for (let i = 0; i < column.length; i++) column[i] *= part.column[i];
  }
  return {
    kind: 'term',
    formula,
    column,
    complexity: complexityOf(formula, sample.problem.settings),
  };
}

/** a · b, as a quotient where one of them is an inverse. */
function productOfTwo(a: Formula, b: Formula): Formula {
  const [inverseA, inverseB] = [denominatorOf(a), denominatorOf(b)];
  if (inverseB !== undefined) return call('/', a, inverseB);
  return inverseA === undefined ? call('*', a, b) : call('/', b, inverseA);
}

/** u, of 1/u. */
function denominatorOf(formula: Formula): Formula | undefined {
  if (formula.kind !== 'call' || formula.operator !== '/') return undefined;
  const [above, below] = formula.arguments;
  return above.kind === 'constant' && above.value === 1 ? below : undefined;
}
