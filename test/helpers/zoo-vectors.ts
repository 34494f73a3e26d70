/** The zoo's vectors: counts, bits, neighbours, real-valued layers, several inputs, odd shapes. */
import type { Domain } from '../../src/ir/model-interface.js';
import { denseLayer } from '../../src/ir/builders.js';
import type { Network } from '../../src/ir/network.js';
import { BINARY, maxsatNetwork, orientationNetwork } from './networks.js';
import { hatAndClamp, lattice } from './zoo-pieces.js';
import { beside, indices, layerOver, neuron, points, zooNetwork } from './zoo-tools.js';
import type { Exhibit, Point } from './zoo-tools.js';

const on = (condition: boolean): number => (condition ? 1 : 0);
const TERNARY: Domain = { kind: 'values', values: [-1, 0, 1] };
const INTERVAL: Domain = { kind: 'interval', min: -1, max: 1 };

/** For each cell, whether at least k of the others are on. */
export function allButOne(n: number, k: number): Network {
  return zooNetwork({
    name: 'all but one', input: 'cells', shape: [n],
    layers: [layerOver('step', points([n]), indices(n), ([c], own) => on(c !== own), 0.5 - k)],
  }); // prettier-ignore
}

/** At least k of n, as a labelled decision. */
export function atLeast(k: number, n: number): Network {
  return zooNetwork({
    name: 'at least', input: 'votes', shape: [n],
    layers: [neuron('identity', n, () => 1, -k + 0.5)],
    decision: { kind: 'threshold', threshold: 0 }, labels: ['no', 'yes'],
  }); // prettier-ignore
}

/** Exactly k of n. */
export function exactly(k: number, n: number): Network {
  return zooNetwork({
    name: 'exactly', input: 'cells', shape: [n],
    layers: [
      { rows: [0, 1].map(() => new Float64Array(n).fill(1)), bias: [0.5 - k, -0.5 - k], activation: 'step' },
      neuron('identity', 2, (unit) => 1 - 2 * unit, 0),
    ],
  }); // prettier-ignore
}

/** Whether something is on in exactly one of two halves. */
export function xorOfHalves(n: number): Network {
  return zooNetwork({
    name: 'xor of halves', input: 'cells', shape: [n],
    layers: [
      layerOver('step', points([n]), [0, 1], ([c], half) => on(c < n / 2 === (half === 0)), -0.5),
      { rows: [[1, -1], [-1, 1]], bias: [-0.5, -0.5], activation: 'step' },
      neuron('step', 2, () => 1, -0.5),
    ],
    decision: { kind: 'threshold', threshold: 0 }, labels: ['same', 'different'],
  }); // prettier-ignore
}

/** Which half holds more; equality is an answer of its own. */
export function compareHalves(n: number): Network {
  return zooNetwork({
    name: 'compare halves', input: 'cells', shape: [n],
    layers: [neuron('sign', n, (c) => (c < n / 2 ? 1 : -1), 0)],
    decision: { kind: 'sign' },
  }); // prettier-ignore
}

/** One-hot decoder of a binary number. */
export function decoder(bits: number): Network {
  return zooNetwork({
    name: 'decoder', input: 'bits', shape: [bits],
    layers: [
      layerOver('step', points([bits]), indices(2 ** bits),
        ([bit], code) => (((code >> bit) & 1) === 1 ? 1 : -1),
        (code) => 0.5 - indices(bits).filter((bit) => ((code >> bit) & 1) === 1).length),
    ],
  }); // prettier-ignore
}

/** The value of a binary number, the first bit the largest. */
export function binaryValue(bits: number): Network {
  return zooNetwork({
    name: 'binary value', input: 'bits', shape: [bits],
    layers: [neuron('identity', bits, (bit) => 2 ** (bits - 1 - bit), 0)],
  }); // prettier-ignore
}

/** Local maxima of a ternary signal. */
export function peaks(n: number): Network {
  return zooNetwork({
    name: 'peaks', input: 'signal', shape: [n], axes: ['time'], domain: TERNARY,
    layers: [
      beside(
        layerOver('step', points([n]), indices(n - 2), ([c], t) => on(c === t + 1) - on(c === t), 0),
        layerOver('step', points([n]), indices(n - 2), ([c], t) => on(c === t + 1) - on(c === t + 2), 0),
      ),
      layerOver('step', points([2, n - 2]), indices(n - 2), ([, c], t) => on(c === t), -1.5),
    ],
  }); // prettier-ignore
}

/** Whether a sequence reads the same from behind. */
export function palindrome(n: number): Network {
  const half = indices(Math.floor(n / 2));
  const difference = ([c]: Point, k: number): number => on(c === k) - on(c === n - 1 - k);
  return zooNetwork({
    name: 'palindrome', input: 'bits', shape: [n],
    layers: [
      beside(
        layerOver('step', points([n]), half, difference, -0.5),
        layerOver('step', points([n]), half, (cell, k) => -difference(cell, k), -0.5),
      ),
      neuron('step', 2 * half.length, () => -1, 0.5),
    ],
    decision: { kind: 'threshold', threshold: 0 }, labels: ['other', 'palindrome'],
  }); // prettier-ignore
}

/** Whether a ternary sequence never falls. */
export function sorted(n: number): Network {
  return zooNetwork({
    name: 'sorted', input: 'values', shape: [n], domain: TERNARY,
    layers: [
      layerOver('step', points([n]), indices(n - 1), ([c], k) => on(c === k) - on(c === k + 1), 0),
      neuron('step', n - 1, () => -1, 0.5),
    ],
    decision: { kind: 'threshold', threshold: 0 }, labels: ['unsorted', 'sorted'],
  }); // prettier-ignore
}

/** A majority of districts, each the majority of its voters, twice over. */
export function electoralCollege(districts: number, voters: number): Network {
  return zooNetwork({
    name: 'electoral college', input: 'ballots', shape: [districts, voters], axes: ['district', 'voter'],
    layers: [
      layerOver('sign', points([districts, voters]), indices(districts),
        ([d], district) => on(d === district), -voters / 2),
      neuron('sign', districts, () => 1, 0),
      { rows: [[1], [-1]], bias: [0, 0], activation: 'softmax' },
    ],
    decision: { kind: 'argmax' }, labels: ['blue', 'red'],
  }); // prettier-ignore
}

/** Rows whose majority is off, as an argmin over counts of two kinds. */
export function fewest(rows: number, columns: number): Network {
  return zooNetwork({
    name: 'fewest', input: 'table', shape: [rows, columns], axes: ['shop', 'day'],
    layers: [
      layerOver('identity', points([rows, columns]), indices(rows), ([r], row) => on(r === row), 0),
    ],
    decision: { kind: 'argmin' },
  }); // prettier-ignore
}

/** Each value less the mean of all, real-valued. */
export function centred(n: number): Network {
  return zooNetwork({
    name: 'centred', input: 'values', shape: [n], domain: { kind: 'real' },
    layers: [layerOver('identity', points([n]), indices(n), ([c], own) => on(c === own) - 1 / n, 0)],
  }); // prettier-ignore
}

/** |x − y| from two rectified differences, summed over the features. */
export function manhattan(n: number): Network {
  const difference = ([side, c]: Point, k: number): number => (c === k ? (side === 0 ? 1 : -1) : 0);
  return zooNetwork({
    name: 'manhattan', input: 'points', shape: [2, n], domain: INTERVAL, axes: ['point', 'coordinate'],
    layers: [
      beside(
        layerOver('relu', points([2, n]), indices(n), difference, 0),
        layerOver('relu', points([2, n]), indices(n), (cell, k) => -difference(cell, k), 0),
      ),
      neuron('identity', 2 * n, () => 1, 0),
    ],
  }); // prettier-ignore
}

/** A logistic regression over named features. */
export function logistic(): Network {
  return zooNetwork({
    name: 'credit', input: 'applicant', shape: [3], features: ['age', 'income', 'debt'],
    domain: { kind: 'interval', min: 0, max: 1 },
    layers: [{ rows: [[0.5, 2.25, -3.1]], bias: [-0.4], activation: 'sigmoid' }],
    labels: ['refuse', 'grant'], decision: { kind: 'threshold', threshold: 0.5 },
  }); // prettier-ignore
}

/** tanh of moving averages. */
export function smoothed(n: number): Network {
  return zooNetwork({
    name: 'smoothed', input: 'signal', shape: [n], axes: ['time'], domain: INTERVAL,
    layers: [
      layerOver('tanh', points([n]), indices(n - 2), ([c], t) => (c >= t && c <= t + 2 ? 1 / 3 : 0), 0),
      neuron('sigmoid', n - 2, () => 1 / (n - 2), 0),
    ],
  }); // prettier-ignore
}

/** A rule over named yes-no features: a two-literal formula. */
export function admission(): Network {
  return zooNetwork({
    name: 'admission', input: 'patient', shape: [5],
    features: ['fever', 'cough', 'vaccinated', 'pregnant', 'elderly'],
    layers: [
      { rows: [[1, 1, 0, 0, 0], [0, 0, -1, 0, 0], [0, 0, 0, 1, 1]], bias: [-1.5, 0.5, -0.5], activation: 'step' },
      { rows: [[1, 1, 2]], bias: [-1.5], activation: 'step' },
    ],
    labels: ['home', 'hospital'], decision: { kind: 'threshold', threshold: 0 },
  }); // prettier-ignore
}

/** A scalar input: a window between two thresholds. */
export function windowOfScalar(): Network {
  return zooNetwork({
    name: 'window', input: 'temperature', shape: [], domain: { kind: 'interval', min: -10, max: 40 },
    layers: [
      { rows: [[1], [-1]], bias: [-18, 24], activation: 'step' },
      { rows: [[1, 1]], bias: [-1.5], activation: 'step' },
    ],
    labels: ['adjust', 'fine'], decision: { kind: 'threshold', threshold: 0 },
  }); // prettier-ignore
}

/** A 1 × n or n × 1 image: whether the first lit cell lies in the first half, by powers of two. */
export function flatImage(shape: readonly [number, number]): Network {
  const cells = points(shape);
  return zooNetwork({
    name: 'flat image', input: 'image', shape, axes: ['row', 'column'],
    layers: [
      neuron('sign', cells.length, () => 1, -cells.length / 2),
      { rows: [[1], [-1]], bias: [0, 0], activation: 'identity' },
    ],
    labels: ['bright', 'dark'], decision: { kind: 'argmax' },
  }); // prettier-ignore
}

/** Two inputs: in how many places two words agree. */
export function agreement(n: number): Network {
  const both = indices(n).map((k) => indices(2 * n).map((c) => on(c % n === k)));
  const none = both.map((row) => row.map((weight) => -weight));
  return {
    name: 'agreement', source: 'sha256:test',
    inputs: [
      { name: 'first', shape: [n], domain: BINARY },
      { name: 'second', shape: [n], domain: BINARY },
    ],
    outputs: [{ name: 'score', shape: [1] }],
    decision: { kind: 'none' },
    layers: [
      denseLayer({
        name: 'agree', sources: [{ kind: 'input', index: 0 }, { kind: 'input', index: 1 }],
        rows: [...both, ...none],
        bias: indices(2 * n).map((k) => (k < n ? -1.5 : 0.5)), activation: { kind: 'step' },
      }),
      denseLayer({
        name: 'count', sources: [{ kind: 'layer', index: 0 }],
        rows: [new Float64Array(2 * n).fill(1)], bias: [0], activation: { kind: 'identity' },
      }),
    ],
    results: [{ kind: 'layer', index: 1 }],
    parameters: 2 * n * (2 * n + 1) + 2 * n + 1, warnings: [],
  }; // prettier-ignore
}

/** Orientation with training lines missing in some rows: gaps in the second layer. */
export function orientationWithGaps(n: number, missing: readonly number[]): Network {
  const network = orientationNetwork(n);
  const [first, second, third] = network.layers;
  const kept = indices(2 * n).filter((line) => !missing.includes(line));
  const width = first.size;
  const rows = (layer: typeof first, columns: number): number[][] =>
    indices(layer.size).map((unit) => {
      const row = new Array<number>(columns).fill(0);
      for (let k = layer.weights.rowStart[unit]; k < layer.weights.rowStart[unit + 1]; k++) {
        row[layer.weights.columns[k]] = layer.weights.values[k];
      }
      return row;
    });
  const middle = rows(second, width);
  return {
    ...network,
    layers: [
      first,
      denseLayer({ ...second, rows: kept.map((k) => middle[k]), bias: kept.map((k) => second.bias[k]), shape: [kept.length] }),
      denseLayer({ ...third, rows: rows(third, 2 * n).map((row) => kept.map((k) => row[k])) }),
    ],
  }; // prettier-ignore
}

/** Clauses of one, two or more literals vote with different weights for the first literal. */
export function threeKindsOfClause(literals: number, clauses: number): Network {
  const cells = points([literals, clauses]);
  const kinds = ['literal', 'negation', 'one', 'two'] as const;
  const members = kinds.flatMap((kind) => indices(clauses).map((clause) => ({ kind, clause })));
  const hidden = layerOver(
    'step',
    cells,
    members,
    ([l, c], { kind, clause }) =>
      c !== clause
        ? 0
        : kind === 'literal'
          ? on(l === 0)
          : kind === 'negation'
            ? on(l === 1)
            : on(l > 1),
    ({ kind }) => (kind === 'two' ? -1.5 : -0.5),
  );
  const votes = [
    [1, 0],
    [1, -1],
    [1, 1],
    [1, 2],
  ] as const;
  const gates = ['literal', 'negation'].flatMap((side) =>
    votes
      .slice(1)
      .flatMap(([, kind]) => indices(clauses).map((clause) => ({ side, kind, clause }))),
  );
  return zooNetwork({
    name: 'three kinds of clause', input: 'formula', shape: [literals, clauses], axes: ['literal', 'clause'],
    layers: [
      hidden,
      // −1: no other literal; 1: one other; 2: two or more.
      layerOver('step', members.map((_, index) => [index]), gates, ([index], { side, kind, clause }) => {
        const member = members[index];
        if (member.clause !== clause) return 0;
        if (member.kind === side) return 2;
        if (member.kind === 'one') return kind === -1 ? -1 : kind === 1 ? 1 : 0;
        if (member.kind === 'two') return kind === 2 ? 1 : kind === 1 ? -1 : 0;
        return 0;
      }, ({ kind }) => (kind === -1 ? -1.5 : -2.5)),
      layerOver('softmax', gates.map((_, index) => [index]), [1, -1], ([index], output) => {
        const { side, kind } = gates[index];
        return output * (side === 'literal' ? 1 : -1) * (kind === -1 ? 8 : kind === 1 ? 2.5 : 1.25);
      }, 0),
    ],
    labels: ['assign true', 'assign false'], decision: { kind: 'argmax' },
  }); // prettier-ignore
}

/** MAXSAT with other decision weights. */
export function otherMaxsatWeights(literals: number, clauses: number): Network {
  const network = maxsatNetwork(literals, clauses);
  const [first, second, third] = network.layers;
  const values = third.weights.values.map(
    (w) => Math.sign(w) * (Math.abs(w) > 3 ? 7.25 : 0.7310585),
  );
  return {
    ...network,
    layers: [first, second, { ...third, weights: { ...third.weights, values } }],
  };
}

export const VECTORS: readonly Exhibit[] = [
  { name: 'all-but-one', network: allButOne(6, 2) },
  { name: 'at-least', network: atLeast(3, 7) },
  { name: 'exactly', network: exactly(2, 9) },
  { name: 'xor-of-halves', network: xorOfHalves(8) },
  { name: 'compare-halves', network: compareHalves(10) },
  { name: 'decoder', network: decoder(3) },
  { name: 'binary-value', network: binaryValue(6) },
  { name: 'peaks', network: peaks(7) },
  { name: 'palindrome', network: palindrome(9) },
  { name: 'sorted', network: sorted(6) },
  { name: 'electoral-college', network: electoralCollege(4, 5) },
  { name: 'fewest', network: fewest(3, 5) },
  { name: 'centred', network: centred(5) },
  { name: 'manhattan', network: manhattan(4) },
  { name: 'lattice', network: lattice() },
  { name: 'hat-and-clamp', network: hatAndClamp() },
  { name: 'logistic', network: logistic() },
  { name: 'smoothed', network: smoothed(8) },
  { name: 'admission', network: admission() },
  { name: 'window-of-scalar', network: windowOfScalar() },
  { name: 'image-1x7', network: flatImage([1, 7]) },
  { name: 'image-6x1', network: flatImage([6, 1]) },
  { name: 'agreement', network: agreement(5) },
  { name: 'orientation-with-gaps', network: orientationWithGaps(6, [0, 3, 8]) },
  { name: 'three-kinds-of-clause', network: threeKindsOfClause(5, 7) },
  { name: 'other-maxsat-weights', network: otherMaxsatWeights(5, 8) },
];
