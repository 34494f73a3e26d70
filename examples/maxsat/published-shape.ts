/**
 * The MAXSAT network in its published shape: 2·variables × clauses inputs, six hidden neurons per
 * clause, then four, then two outputs; groups interleaved as published, with the odd terms on clause
 * 0 that the next layer makes irrelevant, and with a solver's noise on every weight.
 */
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import type { TrainedLayer } from '../common/weights-csv.js';
import type { DecisionWeights } from './evidence.js';

/** Terms of one neuron: position in the layer below, and weight. */
type Terms = readonly (readonly [position: number, weight: number])[];

/** Published weights are off by 1e-16 to 1e-8 of their size; so are these, evenly on a log scale. */
const NOISE_DECADES = { least: -16, most: -8 } as const;

/** The three layers (activations sign, sign, softmax). Equal arguments give equal numbers. */
export function buildLayers(
  literals: number,
  clauses: number,
  decision: DecisionWeights,
  seed: number,
): TrainedLayer[] {
  const random = createRandom(seed);
  return [clauseReaders(literals, clauses), clauseGates(clauses), outputs(clauses, decision)].map(
    (layer) => addNoise(layer, random),
  );
}

/** Per clause, with P, N its current literals and R its others: six comparisons. */
function clauseReaders(literals: number, clauses: number): TrainedLayer {
  const layer = createLayer(literals * clauses);
  const cell = (literal: number, clause: number): number => literal * clauses + clause;
  const others = (clause: number, weight: number): Terms =>
    Array.from({ length: literals - 2 }, (_, k) => [cell(k + 2, clause), weight]);
  // Outweighs all other literals together.
  const strong = 2 * (literals - 2);
  for (let c = 0; c < clauses; c++) {
    layer.add(others(c, -2), 1);
    layer.add([[cell(1, c), 2], [cell(0, 0), -1]], 0); // prettier-ignore
  }
  for (let c = 0; c < clauses; c++) {
    layer.add(others(c, 2), -1);
    layer.add([[cell(1, c), strong], [cell(0, c), -strong], ...others(c, 2)], -1); // prettier-ignore
  }
  for (let c = 0; c < clauses; c++) layer.add([[cell(0, c), 2], [cell(1, 0), -1]], 0); // prettier-ignore
  for (let c = 0; c < clauses; c++) {
    layer.add([[cell(0, c), strong], [cell(1, c), -strong], ...others(c, 2)], -1); // prettier-ignore
  }
  return layer;
}

/** Per clause: negative and alone, negative among others, positive and alone, positive among others. */
function clauseGates(clauses: number): TrainedLayer {
  const layer = createLayer(6 * clauses);
  const alone = (c: number): number => 2 * c;
  const among = (c: number): number => 2 * clauses + 2 * c;
  for (let c = 0; c < clauses; c++) layer.add([[alone(c), 1], [alone(c) + 1, 2]], -2); // prettier-ignore
  for (let c = 0; c < clauses; c++) layer.add([[among(c), 1], [among(c) + 1, 1]], -1); // prettier-ignore
  for (let c = 0; c < clauses; c++) layer.add([[alone(c), 1], [4 * clauses + c, 2]], -2); // prettier-ignore
  for (let c = 0; c < clauses; c++) layer.add([[among(c), 1], [5 * clauses + c, 1]], -1); // prettier-ignore
  return layer;
}

/** The two answers. A gate swings by 2 and both outputs move, so a quarter of the log-odds each. */
function outputs(clauses: number, { alone, among }: DecisionWeights): TrainedLayer {
  const layer = createLayer(4 * clauses);
  const groups = [-alone / 4, -among / 4, alone / 4, among / 4];
  const terms = (sign: number): Terms =>
    Array.from({ length: 4 * clauses }, (_, k) => [k, sign * groups[Math.floor(k / clauses)]]);
  layer.add(terms(1), 0);
  layer.add(terms(-1), 0);
  return layer;
}

function createLayer(width: number) {
  const rows: Float64Array[] = [];
  const bias: number[] = [];
  const add = (terms: Terms, threshold: number): void => {
    const row = new Float64Array(width);
    // Clause 0 reads the odd cell beside its own.
    for (const [position, weight] of terms) row[position] += weight;
    rows.push(row);
    bias.push(threshold);
  };
  return { rows, bias, add };
}

function addNoise(layer: TrainedLayer, random: Random): TrainedLayer {
  const { least, most } = NOISE_DECADES;
  const disturb = (weight: number): number => {
    if (weight === 0) return 0;
    const size = 10 ** (least + (most - least) * random.unit());
    return weight * (1 + (random.unit() < 0.5 ? -size : size));
  };
  return { rows: layer.rows.map((row) => row.map(disturb)), bias: Array.from(layer.bias, disturb) };
}
