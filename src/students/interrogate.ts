/**
 * Interrogates a network: chooses points of its declared domain, asks for the target there, and hands a
 * student rows to learn from. Nothing is known of the network but its inputs and the answers. What the
 * student found is judged on other rows (`ir/fidelity-probes.ts`).
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { cellDomain, domainHull, sizeOf } from '../ir/model-interface.js';
import type { CellDomain, ModelInterface } from '../ir/model-interface.js';
import { hullOf } from '../numeric/hull.js';
import { createRandom } from '../numeric/random.js';
import { askFinite, askOver } from './ask.js';
import type { Ask } from './ask.js';
import { featureNames } from './feature-names.js';
import type { Dataset } from './math/problem.js';
import { allPoints, boxOf, pointsOf } from './probes/box.js';
import { drawProbes } from './probes/draw.js';
import type { ProbeStrategy } from './probes/draw.js';

/** More features than this are not searched over at once. */
export const MOST_FEATURES = 32;

export interface InterrogationOptions {
  readonly seed: number;
  readonly strategy?: ProbeStrategy;
  /** Rows to learn from; default 1000. Small finite domains are asked whole instead. */
  readonly rows?: number;
  /** Points to learn from instead: a column for each flattened input cell. */
  readonly points?: readonly Float64Array[];
  /** The range of features without a declared one; default that of the points, or `ASSUMED_RANGE`. */
  readonly range?: readonly [number, number];
  /** Names of the features that vary; default all. The others are held at rest. */
  readonly features?: readonly string[];
  /** The decision drawn from the target's network, as numbers, whose borders are sought; default the target. */
  readonly decide?: Ask;
}

export interface Interrogation {
  /** Positions of the features among the flattened input cells. */
  readonly features: readonly number[];
  /** What every flattened input cell is while it does not vary. */
  readonly rest: Float64Array;
  /** The domains of the features, with the ranges that were assumed. */
  readonly domains: readonly CellDomain[];
  /** Positions in `features` of those whose range was assumed. */
  readonly assumed: readonly number[];
  /** Whether the rows are all points of the domain. */
  readonly isExhaustive: boolean;
  readonly training: Dataset;
  /** The target over the features alone. */
  readonly ask: Ask;
}

const DEFAULT_ROWS = 1000;

/** Seeds of neighbouring searches lie apart. */
const STREAMS = 3;

/**
 * @param ask the target's values, over all flattened input cells.
 * @throws Diagnostic STUDENT_TOO_MANY_INPUTS, STUDENT_UNKNOWN_FEATURE, STUDENT_ANSWER_NOT_FINITE.
 */
export function interrogate(
  model: ModelInterface,
  ask: Ask,
  options: InterrogationOptions,
): Interrogation {
  const { seed, rows = DEFAULT_ROWS } = options;
  const names = featureNames(model);
  const domains = model.inputs.flatMap(({ shape, domain }) =>
    Array.from({ length: sizeOf(shape) }, (_, cell) => cellDomain(domain, cell)),
  );
  const features = chosenFeatures(names, options.features);
  const rest = Float64Array.from(domains, restOf);
  const points = options.points && features.map((cell) => options.points?.[cell] ?? rest);
  const declared = features.map((cell, k) => domainWithin(domains[cell], points?.[k]));
  const { cells, assumed } = boxOf(declared, options.range);
  const over = askOver(ask, features, rest);
  const decide = options.decide && askOver(options.decide, features, rest);
  const shownNames = features.map((cell) => names[cell]);
  const isExhaustive = points === undefined && pointsOf(cells) <= rows;
  const draw = (): readonly Float64Array[] =>
    drawProbes(cells, over, options.strategy ?? 'mixed', rows, createRandom(STREAMS * seed), decide); // prettier-ignore
  const training = points ?? (isExhaustive ? allPoints(cells) : draw());
  return {
    features,
    rest,
    domains: cells,
    assumed,
    isExhaustive,
    training: askFinite(over, shownNames, training),
    ask: over,
  };
}

/** The domain; of one without bounds what the points span. */
function domainWithin(domain: CellDomain, points: Float64Array | undefined): CellDomain {
  if (domain.kind !== 'real' || points === undefined) return domain;
  const [min, max] = hullOf(points);
  return min < max ? { kind: 'interval', min, max } : { kind: 'values', values: [min] };
}

function chosenFeatures(
  names: readonly string[],
  chosen: readonly string[] | undefined,
): readonly number[] {
  const features = chosen === undefined ? names.map((_, k) => k) : chosen.map(positionIn(names));
  if (features.length > MOST_FEATURES) throw tooMany(features.length);
  return features;
}

function positionIn(names: readonly string[]): (word: string) => number {
  return (word) => {
    const position = names.indexOf(word);
    if (position >= 0) return position;
    throw diagnose(
      'STUDENT_UNKNOWN_FEATURE',
      {},
      {
        word,
        nearest: nearestWord(word, names),
        known: names,
      },
    );
  };
}

function tooMany(inputs: number): Diagnostic {
  return diagnose('STUDENT_TOO_MANY_INPUTS', {}, { inputs, limit: MOST_FEATURES });
}

/** The middle of a domain: of a finite set the lower middle value, of the real line 0. */
function restOf(domain: CellDomain): number {
  if (domain.kind === 'real') return 0;
  if (domain.kind === 'values') return domain.values[(domain.values.length - 1) >> 1];
  const [min, max] = domainHull(domain);
  return (min + max) / 2;
}
