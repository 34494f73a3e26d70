/**
 * Formulas whose level sets are given by unit vectors, for the loss `direction`. Variables that matter
 * through one expression alone are merged (`directions/merge.ts`), and over what is left sums of small
 * expressions are found whose gradients are parallel to the rows' directions (`directions/sums.ts`), both by
 * linear algebra. Which of them are good is decided by their loss, with all constants fitted.
 */
import { descriptionLength } from '../description-length.js';
import type { DataSize } from '../description-length.js';
import { createEngine } from '../engine/engine.js';
import type { Engine } from '../engine/engine.js';
import { fitConstants } from '../fit/fit-constants.js';
import { dataSizeOf } from '../fit/polish.js';
import { call, keyOfFormula } from '../formula.js';
import type { Formula } from '../formula.js';
import type { Candidate, Problem } from '../problem.js';
import { mergedFields } from './directions/beam.js';
import { featuresOfField } from './directions/features.js';
import { polynomialForms } from './directions/forms.js';
import { wholeField } from './directions/field.js';
import type { Field } from './directions/field.js';
import { searchSums } from './directions/sums.js';
import type { Feature, FeatureSum, Proposal, SumSizes } from './directions/sums.js';
import type { EnumerationLimits } from './bank/enumerate.js';
import type { Scout } from './scout.js';
import { sumOf } from './shared/build.js';
import { spreadRows } from './shared/sample.js';
import { createShortlist } from './shared/shortlist.js';

/** Rows that are looked at before formulas are fitted on all. */
const ROWS = 120;

interface Sizes extends SumSizes {
  readonly limits: EnumerationLimits;
}

const OF_WHOLE: Sizes = {
  limits: { mostBlocks: 800, mostTried: 6000, mostComplexity: 6 },
  perComplexity: 5,
  widened: [120, 30],
  partners: [500, 120],
  mostComplexity: 24,
};
const OF_MERGED: Sizes = {
  limits: { mostBlocks: 220, mostTried: 2000, mostComplexity: 5 },
  perComplexity: 3,
  widened: [30, 10],
  partners: [120, 40],
  mostComplexity: 28,
};

/** Formulas of each complexity that get their constants fitted on all rows. */
const PER_COMPLEXITY = 8;

/** Formulas within the tolerance that get theirs, the shortest first, and that are handed over. */
const MOST_RIVALS_FITTED = 60;
const MOST_RIVALS = 30;

export const DIRECTIONS: Scout = {
  name: 'gradients',
  find(problem, countEvaluation) {
    if (problem.data.directions === undefined) return [];
    const engine = createEngine(problem);
    const shortlist = createShortlist(engine, this.name);
    const size = dataSizeOf(engine);
    const sample = sampleOf(problem, problem.data.directions);
    const judge = createEngine(sample);
    const proposals = judged(proposalsOf(sample, size), judge);
    for (const { formula } of bestOf(proposals)) shortlist.propose(formula);
    const rivals = rivalsOf(proposals, engine, size, this.name);
    const candidates = [...shortlist.candidates(), ...rivals];
    countEvaluation(judge.evaluations() + engine.evaluations());
    return candidates;
  },
};

interface Sample extends Problem {
  readonly data: Problem['data'] & { readonly directions: readonly Float64Array[] };
}

function sampleOf(
  { data, settings, domains }: Problem,
  directions: readonly Float64Array[],
): Sample {
  const rows = spreadRows(data.target.length, ROWS);
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => column[row]);
  return {
    data: {
      names: data.names,
      columns: data.columns.map(pick),
      target: pick(data.target),
      directions: directions.map(pick),
      ...(data.weights === undefined ? {} : { weights: pick(data.weights) }),
    },
    settings,
    domains,
  };
}

function proposalsOf(sample: Sample, { tolerance = 0 }: DataSize): readonly Proposal[] {
  const { settings, data } = sample;
  const { columns, directions } = data;
  const whole = wholeField(columns, directions);
  const fields = mergedFields(whole, columns, directions, settings);
  const over = (field: Field, sizes: Sizes): readonly Proposal[] => {
    const features = featuresOfField(field, directions, settings, sizes.limits);
    return searchSums(features, sizes).flatMap((sum) => [
      { formula: formulaOf(sum, features, settings), isMinimal: sum.shareWithout > tolerance },
      ...quotients(sum, features),
    ]);
  };
  return [
    ...polynomialForms(columns, directions, settings, tolerance),
    ...over(whole, OF_WHOLE),
    ...fields.flatMap((field) => over(field, OF_MERGED)),
  ];
}

/** The first coefficient is 1: nothing else says how long a gradient is. */
function formulaOf(
  { features: chosen, coefficients }: FeatureSum,
  features: readonly Feature[],
  settings: Problem['settings'],
): Formula {
  const terms = chosen.map((feature, k) => ({
    formula: features[feature].formula,
    coefficient: k === 0 ? 1 : coefficients[k] / coefficients[0],
  }));
  return sumOf(terms, 0, settings);
}

/**
 * a − k·b and a / b have one level set in common, and near it nearly the same gradients: where one is good, the
 * other is to be seen beside it.
 */
function quotients(
  { features: chosen }: FeatureSum,
  features: readonly Feature[],
): readonly Proposal[] {
  if (chosen.length !== 2) return [];
  const [a, b] = chosen.map((feature) => features[feature].formula);
  return [{ formula: call('/', a, b), isMinimal: true }];
}

interface Judged extends Proposal {
  readonly complexity: number;
  /** On the sample. */
  readonly loss: number;
}

/** Losses that are equal to so many digits belong to one function, up to a monotone one of it. */
const SAME_DIGITS = 6;

/** Every function once, by its loss on the sample; those that have none left out. */
function judged(proposals: readonly Proposal[], judge: Engine): readonly Judged[] {
  const seen = new Set<string>();
  const found = new Map<string, Judged>();
  for (const proposal of proposals) {
    const key = keyOfFormula(proposal.formula);
    if (seen.has(key)) continue;
    seen.add(key);
    const candidate = judge.judge(proposal.formula, '');
    if (candidate === undefined) continue;
    const { complexity, loss } = candidate;
    const place = loss.toPrecision(SAME_DIGITS);
    const known = found.get(place);
    if (known !== undefined && known.complexity <= complexity) continue;
    found.set(place, { ...proposal, complexity, loss });
  }
  return [...found.values()];
}

/** The best of each complexity. */
function bestOf(proposals: readonly Judged[]): readonly Judged[] {
  const byComplexity = new Map<number, Judged[]>();
  for (const proposal of proposals) {
    const bucket = byComplexity.get(proposal.complexity) ?? [];
    byComplexity.set(proposal.complexity, bucket);
    bucket.push(proposal);
  }
  return [...byComplexity.keys()]
    .sort((a, b) => a - b)
    .flatMap((complexity) =>
      (byComplexity.get(complexity) ?? []).sort((a, b) => a.loss - b.loss).slice(0, PER_COMPLEXITY),
    );
}

/** A formula may come within the tolerance by a fit on all rows, from this many times it. */
const NEARLY = 1.5;

/** The shortest descriptions within the tolerance that need all their terms, fitted on all rows. */
function rivalsOf(
  proposals: readonly Judged[],
  engine: Engine,
  size: DataSize,
  origin: string,
): readonly Candidate[] {
  const { tolerance } = size;
  if (tolerance === undefined) return [];
  const lengthOf = ({ formula, loss }: Pick<Judged, 'formula' | 'loss'>): number =>
    descriptionLength(formula, loss, size);
  return proposals
    .filter(({ isMinimal, loss }) => isMinimal && loss <= NEARLY * tolerance)
    .sort((a, b) => lengthOf(a) - lengthOf(b))
    .slice(0, MOST_RIVALS_FITTED)
    .flatMap(({ formula }) => {
      const fitted = fitConstants(formula, engine);
      const candidate = fitted && engine.judge(fitted.formula, origin);
      return candidate !== undefined && candidate.loss <= tolerance ? [candidate] : [];
    })
    .sort((a, b) => lengthOf(a) - lengthOf(b))
    .slice(0, MOST_RIVALS);
}
