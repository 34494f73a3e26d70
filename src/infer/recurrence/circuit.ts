/**
 * A model unrolled into single gates: every index point of the values that some points depend on, as
 * weights on cells and on other gates. Sums are folded into their readers, and so is a gate that reads
 * one signal only where it copies, negates or shifts it (pass-through neurons): what is left are the
 * gates that decide something. Positions carry no meaning here, so it does not matter whether
 * clustering found one family or many lone neurons.
 */
import { cellDomain, sizeOf } from '../../ir/model-interface.js';
import { evaluateBias, visitAccesses } from '../../ir/region-cells.js';
import type { Bits } from '../synthesis/bits.js';
import { countBits, countCommon, emptyBits, hasBit } from '../synthesis/bits.js';
import { applyActivation } from '../tabulate.js';
import type { Gate, Model, ValueSource } from '../values.js';
import { extentsOf, pointOfRank } from '../values.js';
import type { SparseWeights } from './sparse-sum.js';
import { SparseSum } from './sparse-sum.js';

/** constant + Σ weight · signal; signals are cells of the inputs first, then gates. */
export interface Linear {
  readonly constant: number;
  /** Each once; ascending where a circuit gives them. */
  readonly signals: ArrayLike<number>;
  /** One for each signal, none 0. */
  readonly weights: ArrayLike<number>;
  /** How far normalisation may have moved it. */
  readonly error: number;
}

export interface UnrolledGate {
  readonly activation: 'sign' | 'step';
  readonly sum: Linear;
}

/** Weights that may be visited: chains are short, everything larger is no chain. */
const MAX_WEIGHTS = 2 ** 18;

/** Thrown inside this file only: the points depend on something that cannot be unrolled. */
class NotUnrollable extends Error {}

/** Cells of one source that a gate reads, and what they weigh. */
interface Reads extends SparseWeights {
  readonly source: ValueSource;
}

export class Circuit {
  /** Sources before readers; gate g is signal `cells + g`. */
  readonly gates: UnrolledGate[] = [];
  /** Number of cells of all inputs, numbered through. */
  readonly cells: number;
  private readonly bases: readonly number[];
  /** By value, by row-major rank. */
  private readonly points: (Linear | undefined)[][] = [];
  /** By gate, for those that were asked for. */
  private readonly supports: (Bits | undefined)[] = [];
  private readonly ranges: (readonly number[] | undefined)[] = [];
  private readonly scratch = new SparseSum();
  private visited = 0;
  /** Of the point that is being unrolled: its cells so far, and how many more it may read. */
  private read: Bits;
  private room = Infinity;

  constructor(private readonly model: Model) {
    let next = 0;
    this.bases = model.interface.inputs.map(({ shape }) => {
      const base = next;
      next += sizeOf(shape);
      return base;
    });
    this.cells = next;
    this.read = emptyBits(next);
  }

  /**
   * A value at a row-major rank; `undefined` when it is no finite circuit of sums, signs and steps, or as
   * soon as it is seen to read more than `mostCells` cells: who knows how many the answer can have need
   * not wait for large sums of many.
   */
  pointOf(value: number, rank: number, mostCells = Infinity): Linear | undefined {
    this.room = mostCells;
    this.read.fill(0);
    try {
      return this.point(value, rank);
    } catch (problem) {
      this.scratch.clear();
      if (problem instanceof NotUnrollable) return undefined;
      throw problem;
    }
  }

  /** The cells that a sum depends on, as a set of signals. */
  supportOf({ signals }: Linear): Bits {
    const support = emptyBits(this.cells);
    for (let k = 0; k < signals.length; k++) this.addSupport(support, signals[k]);
    return support;
  }

  /** The cells that a signal depends on. */
  supportOfSignal(signal: number): Bits {
    if (signal >= this.cells) return this.supportOfGate(signal - this.cells);
    const support = emptyBits(this.cells);
    this.addSupport(support, signal);
    return support;
  }

  /** Input, coordinates and domain of a cell. */
  cellAt(cell: number): {
    input: number;
    position: readonly number[];
    values: readonly number[] | undefined;
  } {
    const input = this.inputOf(cell);
    const { shape } = this.model.interface.inputs[input];
    return {
      input,
      position: pointOfRank(cell - this.bases[input], shape),
      values: this.valuesOf(cell),
    };
  }

  private inputOf(cell: number): number {
    let input = this.bases.length - 1;
    while (this.bases[input] > cell) input--;
    return input;
  }

  private addSupport(support: Bits, signal: number): void {
    if (signal < this.cells) {
      support[signal >>> 5] |= 1 << (signal & 31);
      return;
    }
    const own = this.supportOfGate(signal - this.cells);
    for (let word = 0; word < own.length; word++) support[word] |= own[word];
  }

  private supportOfGate(gate: number): Bits {
    return (this.supports[gate] ??= this.supportOf(this.gates[gate].sum));
  }

  private point(id: number, rank: number): Linear {
    const points = (this.points[id] ??= []);
    const known = points[rank];
    if (known !== undefined) {
      for (let k = 0; k < known.signals.length; k++) this.note(known.signals[k]);
      return known;
    }
    const { gate, axes, holes, recurrence, champion } = this.model.values[id];
    const closed = recurrence !== undefined || champion !== undefined;
    if (closed || holes.has(rank) || gate.ties !== undefined) throw new NotUnrollable();
    const extents = axes.map((axis) => axis.extent);
    const point = pointOfRank(rank, extents);
    const reads = this.readsOf(gate, rank, point, sizeOf(extents));
    const bias = evaluateBias(gate.bias, rank, point);
    const result = this.activate(gate, this.sumOf(reads, bias, gate.snapError ?? 0));
    points[rank] = result;
    return result;
  }

  /** Notes that the point being unrolled reads a cell, or all that a gate reads. */
  private note(signal: number): void {
    if (this.room === Infinity) return;
    const { read } = this;
    if (signal < this.cells) {
      if (hasBit(read, signal)) return;
      this.addSupport(read, signal);
      this.room--;
    } else {
      const own = this.supportOfGate(signal - this.cells);
      this.room -= countBits(own) - countCommon(own, read);
      this.addSupport(read, signal);
    }
    if (this.room < 0) throw new NotUnrollable();
  }

  /** What a gate reads of each source at an index point, regions that overlap added up. */
  private readsOf(
    { terms, tables }: Gate,
    rank: number,
    point: readonly number[],
    members: number,
  ): readonly Reads[] {
    const sources = new Map<string, ValueSource>();
    for (const { source } of [...terms.map((term) => term.reference), ...tables]) {
      sources.set(keyOf(source), source);
    }
    return [...sources].map(([key, source]) => {
      const holes = source.kind === 'input' ? undefined : this.model.values[source.id].holes;
      const read = (cell: number, weight: number): void => {
        if (++this.visited > MAX_WEIGHTS) throw new NotUnrollable();
        if (weight !== 0 && holes?.has(cell) !== true) this.scratch.add(cell, weight);
      };
      const shape = extentsOf(this.model, source);
      for (const { coefficient, reference } of terms) {
        if (keyOf(reference.source) !== key) continue;
        const { accesses, factors } = reference;
        const add = (cell: number, weight: number): void => {
          read(cell, coefficient * weight);
        };
        visitAccesses(accesses, shape, point, add, factors);
      }
      for (const { source: own, weights } of tables) {
        if (keyOf(own) !== key) continue;
        const size = weights.length / members;
        for (let cell = 0; cell < size; cell++) read(cell, weights[rank * size + cell]);
      }
      return { source, ...this.scratch.take('added') };
    });
  }

  private sumOf(reads: readonly Reads[], bias: number, snapError: number): Linear {
    // All sources first: unrolling them needs the array that this sum is then added up in.
    const parts = reads.map(({ source, indices }) =>
      source.kind === 'input'
        ? undefined
        : Array.from(indices, (cell) => this.point(source.id, cell)),
    );
    let constant = bias;
    let error = snapError;
    for (const [index, { source, indices, weights }] of reads.entries()) {
      for (let k = 0; k < indices.length; k++) {
        const part = parts[index]?.[k];
        if (part === undefined) {
          const cell = indices[k] + (source.kind === 'input' ? this.bases[source.index] : 0);
          this.note(cell);
          this.scratch.add(cell, weights[k]);
          continue;
        }
        constant += weights[k] * part.constant;
        error += Math.abs(weights[k]) * part.error;
        for (let j = 0; j < part.signals.length; j++) {
          this.scratch.add(part.signals[j], weights[k] * part.weights[j]);
        }
      }
    }
    const { indices, weights } = this.scratch.take('ascending');
    return { constant, signals: indices, weights, error };
  }

  private activate({ activation }: Gate, sum: Linear): Linear {
    if (activation.kind === 'identity') return sum;
    if (activation.kind !== 'sign' && activation.kind !== 'step') throw new NotUnrollable();
    const { kind } = activation;
    if (sum.signals.length === 0) return constantLinear(applyActivation(activation, sum.constant));
    const lone = sum.signals.length === 1 ? this.throughOne(kind, sum) : undefined;
    if (lone !== undefined) return lone;
    const gate = this.gates.push({ activation: kind, sum }) - 1;
    return loneSignal(this.cells + gate);
  }

  /** A gate that reads one signal, as an affine function of it on the values that it takes. */
  private throughOne(kind: 'sign' | 'step', sum: Linear): Linear | undefined {
    const [signal, weight] = [sum.signals[0], sum.weights[0]];
    const values = this.valuesOf(signal);
    if (values === undefined || values.length < 2) return undefined;
    const images = values.map((value) => applyActivation({ kind }, weight * value + sum.constant));
    const slope = (images[1] - images[0]) / (values[1] - values[0]);
    const constant = images[0] - slope * values[0];
    if (!values.every((value, k) => constant + slope * value === images[k])) return undefined;
    if (slope === 0) return constantLinear(constant);
    return { constant, signals: [signal], weights: [slope], error: 0 };
  }

  /** Every value that a signal can take, where they are few. */
  private valuesOf(signal: number): readonly number[] | undefined {
    if (signal >= this.cells) {
      const gate = signal - this.cells;
      return (this.ranges[gate] ??= this.rangeOf(this.gates[gate]));
    }
    const input = this.inputOf(signal);
    const own = cellDomain(this.model.interface.inputs[input].domain, signal - this.bases[input]);
    return own.kind === 'values' ? own.values : undefined;
  }

  /** −1, 0, 1; without 0 where integers and a broken constant cannot give it. */
  private rangeOf({ activation, sum }: UnrolledGate): readonly number[] {
    if (activation === 'step') return [0, 1];
    if (Number.isInteger(sum.constant)) return [-1, 0, 1];
    for (let k = 0; k < sum.signals.length; k++) {
      const values = this.valuesOf(sum.signals[k]);
      if (!Number.isInteger(sum.weights[k]) || values?.every(Number.isInteger) !== true) {
        return [-1, 0, 1];
      }
    }
    return [-1, 1];
  }
}

/** A sum that is one signal. */
export function loneSignal(signal: number): Linear {
  return { constant: 0, signals: [signal], weights: [1], error: 0 };
}

function constantLinear(constant: number): Linear {
  return { constant, signals: [], weights: [], error: 0 };
}

function keyOf(source: ValueSource): string {
  return source.kind === 'input' ? `input ${source.index}` : `value ${source.id}`;
}
