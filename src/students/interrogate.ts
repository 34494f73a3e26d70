/**
 * Interrogates a network: chooses points of its declared domain, asks for the target there, and hands a
 * student rows to learn from, rows to be judged on, and rows from outside of the domain. Nothing is known
 * of the network but its inputs and the answers.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { cellDomain, domainHull, sizeOf } from '../ir/model-interface.js';
import type { CellDomain, ModelInterface } from '../ir/model-interface.js';
import { createRandom } from '../numeric/random.js';
import { askOver } from './ask.js';
import type { Ask } from './ask.js';
import { featureNames } from './feature-names.js';
import type { Dataset } from './math/problem.js';
import { allPoints, boxOf, drawOutside, drawUniform, pointsOf } from './probes/box.js';
import { drawProbes } from './probes/draw.js';
import type { ProbeStrategy } from './probes/draw.js';

/** More features than this are not searched over at once. */
export const MOST_FEATURES = 32;

export interface InterrogationOptions {
  readonly seed: number;
  readonly strategy?: ProbeStrategy;
  /** Rows to learn from; default 1000. Small finite domains are asked whole instead. */
  readonly rows?: number;
  /** Rows to be judged on, in the domain and outside each; default 1000. */
  readonly judged?: number;
  /** The range of features without a declared one; default `ASSUMED_RANGE`. */
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
  /** Whether the rows are all points of the domain; then nothing is held out. */
  readonly isExhaustive: boolean;
  readonly training: Dataset;
  /** In the domain, drawn uniformly. */
  readonly inRange: Dataset;
  /** Around the domain; absent where nothing lies outside of it. */
  readonly outOfRange?: Dataset;
  /** The target over the features alone. */
  readonly ask: Ask;
}

const DEFAULT_ROWS = 1000;

/** Streams of random numbers, so that more training rows change no judged one. */
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
  const { seed, rows = DEFAULT_ROWS, judged = DEFAULT_ROWS } = options;
  const names = featureNames(model);
  const domains = model.inputs.flatMap(({ shape, domain }) =>
    Array.from({ length: sizeOf(shape) }, (_, cell) => cellDomain(domain, cell)),
  );
  const features = chosenFeatures(names, options.features);
  const rest = Float64Array.from(domains, restOf);
  const { cells, assumed } = boxOf(features.map((cell) => domains[cell]), options.range); // prettier-ignore
  const over = askOver(ask, features, rest);
  const decide = options.decide && askOver(options.decide, features, rest);
  const shownNames = features.map((cell) => names[cell]);
  const random = (stream: number): ReturnType<typeof createRandom> =>
    createRandom(STREAMS * seed + stream);
  const isExhaustive = pointsOf(cells) <= Math.max(rows, judged);
  const training = isExhaustive
    ? allPoints(cells)
    : drawProbes(cells, over, options.strategy ?? 'mixed', rows, random(0), decide);
  const inRange = isExhaustive ? training : drawUniform(cells, judged, random(1));
  const outside = drawOutside(cells, judged, random(2));
  return {
    features,
    rest,
    domains: cells,
    assumed,
    isExhaustive,
    training: askFinite(over, shownNames, training),
    inRange: askFinite(over, shownNames, inRange),
    ...(outside === undefined ? {} : { outOfRange: finiteRows(over, shownNames, outside) }),
    ask: over,
  };
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

/** The rows with their answers. @throws Diagnostic STUDENT_ANSWER_NOT_FINITE at the first that is none. */
function askFinite(ask: Ask, names: readonly string[], columns: readonly Float64Array[]): Dataset {
  const target = ask(columns);
  const wrong = target.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return { names, columns, target };
  const point = names.map((name, k) => `${name} = ${columns[k][wrong]}`).join(', ');
  throw diagnose('STUDENT_ANSWER_NOT_FINITE', {}, { value: String(target[wrong]), point });
}

/** The rows whose answers are numbers: outside of its domain a network owes none. */
function finiteRows(ask: Ask, names: readonly string[], columns: readonly Float64Array[]): Dataset {
  const target = ask(columns);
  const isKept = (_: number, row: number): boolean => Number.isFinite(target[row]);
  return {
    names,
    columns: columns.map((column) => column.filter(isKept)),
    target: target.filter(isKept),
  };
}
