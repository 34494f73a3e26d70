/** The walk through units, regions and decisions that `regions.ts` describes. */
import type { Box } from '../../../numeric/linear-program.js';
import type { Condition, Prediction, Term, Tree } from '../tree.js';
import { leavesOf } from '../tree.js';
import type { RegionBudget, RegionTree } from './regions.js';
import { EQUAL_WITHIN, TreeMerger } from './regions-merge.js';
import type { Scale } from './regions-merge.js';
import { forwardPass, sumMagnitudes } from './regions-network.js';
import type { ReluLayer, ReluLayers } from './regions-network.js';
import { middleOf, SideCounter, sideOf, valueAt } from './regions-space.js';
import type { AffineRow, Region } from './regions-space.js';

/** How far a region's function may be from the forward pass, in units of the output's magnitude. */
const CHECK_TOLERANCE = 1e-8;

/** What follows when the side of a sum is known. */
type Next = (isAbove: boolean, region: Region) => Tree | undefined;

export class RegionTreeBuilder {
  readonly #network: ReluLayers;
  readonly #box: Box;
  readonly #budget: RegionBudget;
  readonly #counter = new SideCounter();
  readonly #magnitudes: readonly Float64Array[];
  readonly #scale: Scale;
  readonly #merger: TreeMerger;
  #regions = 0;
  #isExhausted = false;

  constructor(network: ReluLayers, box: Box, budget: RegionBudget) {
    this.#network = network;
    this.#box = box;
    this.#budget = budget;
    this.#magnitudes = sumMagnitudes(network, box);
    this.#scale = {
      inputs: box.low.map((least, k) => Math.max(Math.abs(least), Math.abs(box.high[k]))),
      outputs: this.#magnitudes[this.#magnitudes.length - 1],
    };
    this.#merger = new TreeMerger(box, this.#scale, budget.maxWork);
  }

  build(): RegionTree {
    const size = this.#network.inputs;
    const inputs = Array.from({ length: size }, (_, k) => {
      const row = new Float64Array(size + 1);
      row[k] = 1;
      return row;
    });
    const tree = this.#walkLayer(0, inputs, { halfSpaces: [], points: [] });
    const merged = this.#merger.counter;
    this.#counter.addDropped(merged);
    const { dropped, largestDropped } = this.#counter;
    const programs = this.#counter.programs + merged.programs;
    const counts = { regions: this.#regions, programs, dropped, largestDropped };
    if (this.#isExhausted || tree === undefined) {
      return { isComplete: false, leaves: 0, ...counts };
    }
    return { tree, isComplete: true, leaves: leavesOf(tree).length, ...counts };
  }

  /** The tree below a region where the inputs of a layer are these affine functions. */
  #walkLayer(index: number, inputs: readonly AffineRow[], region: Region): Tree | undefined {
    if (index === this.#network.layers.length) return this.#finish(inputs, region);
    const layer = this.#network.layers[index];
    const sums = compose(layer, inputs);
    return layer.slopeBelow === 1
      ? this.#walkLayer(index + 1, sums, region)
      : this.#walkUnit(index, 0, sums, region);
  }

  /** The sums before `unit` are bent already. */
  #walkUnit(
    layer: number,
    unit: number,
    rows: readonly AffineRow[],
    region: Region,
  ): Tree | undefined {
    if (unit === rows.length) return this.#walkLayer(layer + 1, rows, region);
    const { slopeBelow } = this.#network.layers[layer];
    return this.#split(rows[unit], this.#magnitudes[layer][unit], region, (isAbove, part) => {
      const bent = isAbove
        ? rows
        : rows.with(
            unit,
            rows[unit].map((value) => value * slopeBelow),
          );
      return this.#walkUnit(layer, unit + 1, bent, part);
    });
  }

  /** Both sides of a sum where the region has both. Nothing where it is empty, or the budget is spent. */
  #split(row: AffineRow, magnitude: number, region: Region, next: Next): Tree | undefined {
    if (this.#isExhausted) return undefined;
    const side = sideOf(row, magnitude, region, this.#box, this.#counter);
    if (this.#counter.work > this.#budget.maxWork) this.#isExhausted = true;
    if (side.kind === 'empty') return undefined;
    if (side.kind !== 'both') return next(side.kind === 'above', region);
    const yes = next(true, side.above);
    const no = next(false, side.below);
    if (yes === undefined || no === undefined) return yes ?? no;
    const same = this.#merger.merge(yes, side.above, no, side.below);
    return same ?? this.#ask(row, magnitude, yes, no);
  }

  /** The split at row > 0: `above` where one input takes part. */
  #ask(row: AffineRow, magnitude: number, yes: Tree, no: Tree): Tree {
    const terms = termsOf(row, magnitude, this.#scale.inputs);
    const [{ feature, coefficient }] = terms;
    const offset = row[row.length - 1];
    if (terms.length > 1) {
      return splitAt({ kind: 'linear', terms, threshold: -offset }, yes, no);
    }
    const threshold = -offset / coefficient;
    const above: Condition = { kind: 'above', feature, threshold };
    if (coefficient > 0) return splitAt(above, yes, no);
    // x < t. Affine functions meet at t; of classes, the one that the network has there must stay.
    if (this.#network.decision.kind === 'none') return splitAt(above, no, yes);
    const opposite = [{ feature, coefficient: -1 }];
    return splitAt({ kind: 'linear', terms: opposite, threshold: -threshold }, yes, no);
  }

  /** A linear region of the network. */
  #finish(scores: readonly AffineRow[], region: Region): Tree | undefined {
    if (this.#regions >= this.#budget.maxRegions) this.#isExhausted = true;
    if (this.#isExhausted) return undefined;
    this.#regions++;
    this.#check(scores, region);
    const { decision } = this.#network;
    const [first] = scores;
    const [magnitude] = this.#scale.outputs;
    switch (decision.kind) {
      case 'none':
        return leafOf({ kind: 'values', cells: scores.map((row, k) => this.#affine(row, k)) });
      case 'argmax':
        return this.#best(scores, 1, 0, 1, region);
      case 'argmin':
        return this.#best(scores, -1, 0, 1, region);
      case 'threshold': {
        const rest = first.with(first.length - 1, first[first.length - 1] - decision.threshold);
        const unit = magnitude + Math.abs(decision.threshold);
        return this.#split(rest, unit, region, (isAbove) => leafOf(classOf(isAbove ? 1 : 0)));
      }
      case 'sign': {
        const opposite = first.map((value) => -value);
        return this.#split(first, magnitude, region, (isAbove, part) =>
          isAbove
            ? leafOf(classOf(2))
            : this.#split(opposite, magnitude, part, (isBelow) => leafOf(classOf(isBelow ? 0 : 1))),
        );
      }
    }
  }

  /** The scores before `next` are compared already, and `best` is the first of the best of them. */
  #best(
    scores: readonly AffineRow[],
    sign: 1 | -1,
    best: number,
    next: number,
    region: Region,
  ): Tree | undefined {
    if (next === scores.length) return leafOf(classOf(best));
    const lead = scores[next].map((value, k) => sign * (value - scores[best][k]));
    const magnitude = this.#scale.outputs[next] + this.#scale.outputs[best];
    return this.#split(lead, magnitude, region, (isAbove, part) =>
      this.#best(scores, sign, isAbove ? next : best, next + 1, part),
    );
  }

  #affine(row: AffineRow, output: number): { offset: number; terms: readonly Term[] } {
    return {
      offset: row[row.length - 1],
      terms: termsOf(row, this.#scale.outputs[output], this.#scale.inputs),
    };
  }

  #check(scores: readonly AffineRow[], region: Region): void {
    const point = middleOf(region);
    if (point === undefined) return;
    const expected = forwardPass(this.#network, point);
    scores.forEach((row, k) => {
      const error = Math.abs(valueAt(row, point) - expected[k]);
      if (error <= CHECK_TOLERANCE * this.#scale.outputs[k]) return;
      throw new Error(`a region's function is ${error} from the network's output ${k}`);
    });
  }
}

/** The sums of a layer as functions of the network's inputs. */
function compose({ weights, bias }: ReluLayer, inputs: readonly AffineRow[]): AffineRow[] {
  const width = inputs[0].length;
  return weights.map((row, neuron) => {
    const sum = new Float64Array(width);
    sum[width - 1] = bias[neuron];
    for (let k = 0; k < row.length; k++) {
      const weight = row[k];
      if (weight === 0) continue;
      const input = inputs[k];
      for (let cell = 0; cell < width; cell++) sum[cell] += weight * input[cell];
    }
    return sum;
  });
}

/** Without what rounding left of terms that cancel each other. */
function termsOf(row: AffineRow, magnitude: number, inputs: Float64Array): readonly Term[] {
  const terms: Term[] = [];
  for (let feature = 0; feature < row.length - 1; feature++) {
    const coefficient = row[feature];
    if (Math.abs(coefficient) * inputs[feature] <= EQUAL_WITHIN * magnitude) continue;
    terms.push({ feature, coefficient });
  }
  return terms;
}

function splitAt(condition: Condition, yes: Tree, no: Tree): Tree {
  return { kind: 'split', condition, yes, no };
}

function classOf(index: number): Prediction {
  return { kind: 'class', index };
}

function leafOf(prediction: Prediction): Tree {
  return { kind: 'leaf', prediction, support: 0, agreeing: 0 };
}
