/**
 * The shortest disjunction of conjunctions that tells a Boolean table, or its complement where that is
 * shorter: prime implicants and a minimum cover of what is true (Quine and McCluskey); where there are too
 * many of them, Espresso's heuristic. Functions that count literals are told as such.
 */
import type { Prediction } from '../tree.js';
import { countFormOf } from './finite-count.js';
import { minimumCover } from './finite-cover.js';
import { countLiterals, everyPoint, primesOf } from './finite-cubes.js';
import type { BitCube, Truth } from './finite-cubes.js';
import { coverByExpansion, isSmaller } from './finite-espresso.js';
import { coverRows } from './finite-rows.js';
import { projectTable } from './finite-table.js';
import type { FiniteFeature, FiniteTable } from './finite-table.js';

/** A Boolean feature has one of its two values. */
export interface Literal {
  readonly feature: number;
  readonly value: number;
  /** The value that it does not have. */
  readonly other: number;
}

/** All of the literals hold; always, where there are none. */
export type Cube = readonly Literal[];

export interface Dnf {
  /** Where one of them holds, the answer is `prediction`, else `otherwise`. */
  readonly terms: readonly Cube[];
  readonly prediction: Prediction;
  readonly otherwise: Prediction;
  /** Whether neither the function nor its complement has fewer terms, or as few with fewer literals. */
  readonly isMinimal: boolean;
  /**
   * The same function told by counting, where it is that and the terms are no simpler: `prediction` where
   * `all` hold and at least `least` of the literals, 1 < least < their number. It may be of the other class.
   */
  readonly count?: CountForm;
}

export interface CountForm {
  readonly all: Cube;
  readonly literals: Cube;
  readonly least: number;
  readonly prediction: Prediction;
  readonly otherwise: Prediction;
}

export interface DnfBudget {
  /** Features up to which all 3^n cubes are looked at, a byte or two each. */
  readonly maxFeatures: number;
  readonly maxPrimes: number;
  /** Of the search for a minimum cover, and of the heuristic, each. */
  readonly maxSteps: number;
}

export const DEFAULT_DNF_BUDGET: DnfBudget = { maxFeatures: 16, maxPrimes: 50_000, maxSteps: 2e7 };

/** Fewer terms count before fewer literals: all terms of a cover together have fewer. */
const TERM_COST = 2 ** 17;

/** Rows and columns of a cover problem that are compared with each other. */
const MOST_ROWS = 4000;
const MOST_COLUMNS = 4000;

/**
 * The shortest form found; it equals the table at every point. Undefined where a feature that matters has
 * more than two values, or the table more than two classes.
 *
 * @throws Error where the form does not equal the table: a mistake here.
 */
export function minimalDnf(
  table: FiniteTable,
  budget: DnfBudget = DEFAULT_DNF_BUDGET,
): Dnf | undefined {
  const { features, classes, predictions } = projectTable(table);
  const present = [...new Set(classes)].sort((a, b) => a - b);
  if (present.length === 1) {
    const prediction = predictions[present[0]];
    return { terms: [], prediction, otherwise: prediction, isMinimal: true };
  }
  if (present.length > 2 || features.some(({ values }) => values.length > 2)) return undefined;
  const truth: Truth = Uint8Array.from(classes, (own) => (own === present[1] ? 1 : 0));
  const size = features.length;
  const forms = coversOf(truth, size, budget);
  for (const wanted of [0, 1] as const) checkCover(truth, size, wanted, forms[wanted].cubes);
  const wanted = isSmaller(forms[0].cubes, forms[1].cubes) ? 0 : 1;
  const answers = (own: 0 | 1): Pick<Dnf, 'prediction' | 'otherwise'> => ({
    prediction: predictions[present[own]],
    otherwise: predictions[present[1 - own]],
  });
  const count = ([1, 0] as const)
    .map((own) => ({ ...answers(own), form: countFormOf(truth, size, own) }))
    .find(({ form }) => form !== undefined && form.least > 1 && form.least < countLiterals(form.some)); // prettier-ignore
  return {
    terms: forms[wanted].cubes.map((cube) => cubeOf(cube, features)),
    ...answers(wanted),
    isMinimal: isShortest(forms[wanted], forms[1 - wanted]),
    ...(count?.form && {
      count: {
        all: cubeOf(count.form.all, features),
        literals: cubeOf(count.form.some, features),
        least: count.form.least,
        prediction: count.prediction,
        otherwise: count.otherwise,
      },
    }),
  };
}

interface Covering {
  readonly cubes: readonly BitCube[];
  readonly isMinimal: boolean;
  /** Cubes that every cover has at least. */
  readonly least: number;
}

function isShortest(chosen: Covering, other: Covering): boolean {
  return chosen.isMinimal && (other.isMinimal || other.least > chosen.cubes.length);
}

/** Covers of what is false and of what is true. */
function coversOf(
  truth: Truth,
  features: number,
  { maxFeatures, maxPrimes, maxSteps }: DnfBudget,
): readonly [Covering, Covering] {
  const primes = features <= maxFeatures ? primesOf(truth, features, maxPrimes) : undefined;
  const cover = (wanted: 0 | 1): Covering => {
    const exact = primes && exactCover(truth, features, wanted, primes[wanted], maxSteps);
    if (exact?.isMinimal === true) return exact;
    const cubes = coverByExpansion(truth, features, wanted, maxSteps);
    if (exact && exact.cubes.length > 0 && !isSmaller(cubes, exact.cubes)) return exact;
    return { cubes, isMinimal: false, least: exact?.least ?? 0 };
  };
  return [cover(0), cover(1)];
}

/** Without cubes where too many points differ in the primes that cover them. */
function exactCover(
  truth: Truth,
  features: number,
  wanted: 0 | 1,
  primes: readonly BitCube[],
  maxSteps: number,
): Covering {
  const { essential, open, columns, rows } = coverRows(truth, features, wanted, primes);
  const least = essential.length;
  if (rows > MOST_ROWS || open.length > MOST_COLUMNS) return { cubes: [], isMinimal: false, least };
  const costs = open.map((prime) => TERM_COST + countLiterals(primes[prime]));
  const { chosen, isMinimal } = minimumCover({ columns, rows, costs }, maxSteps);
  const all = [...essential, ...chosen.map((column) => open[column])].sort((a, b) => a - b);
  return { cubes: all.map((prime) => primes[prime]), isMinimal, least };
}

function checkCover(
  truth: Truth,
  features: number,
  wanted: 0 | 1,
  cubes: readonly BitCube[],
): void {
  const isCovered = new Uint8Array(truth.length);
  for (const cube of cubes) {
    everyPoint(cube, features, (point) => {
      isCovered[point] = 1;
      return true;
    });
  }
  const wrong = truth.findIndex((value, point) => (value === wanted) !== (isCovered[point] === 1));
  if (wrong >= 0) throw new Error(`the terms do not tell point ${wrong}`);
}

function cubeOf({ care, value }: BitCube, features: readonly FiniteFeature[]): Cube {
  return features.flatMap(({ feature, values }, position): Literal[] => {
    const bit = features.length - 1 - position;
    if (((care >> bit) & 1) === 0) return [];
    const own = (value >> bit) & 1;
    return [{ feature, value: values[own], other: values[1 - own] }];
  });
}
