/**
 * A model unrolled into single gates: every index point of the values that some points depend on, as
 * weights on cells and on other gates. Sums are folded into their readers, and so is a gate that reads
 * one signal only where it copies, negates or shifts it (pass-through neurons): what is left are the
 * gates that decide something. Positions carry no meaning here, so it does not matter whether
 * clustering found one family or many lone neurons.
 */
import { cellDomain, sizeOf } from '../../ir/model-interface.js';
import { evaluateBias, visitAccesses } from '../../ir/region-cells.js';
import { applyActivation } from '../tabulate.js';
import type { Gate, Model, ValueSource } from '../values.js';
import { extentsOf, pointOfRank } from '../values.js';

/** constant + Σ weight · signal; signals are cells of the inputs first, then gates. */
export interface Linear {
  readonly constant: number;
  readonly weights: ReadonlyMap<number, number>;
  /** How far normalisation may have moved it. */
  readonly error: number;
}

export interface UnrolledGate {
  readonly activation: 'sign' | 'step';
  readonly sum: Linear;
  /** Every value it can take. */
  readonly range: readonly number[];
}

/** Weights that may be visited: chains are short, everything larger is no chain. */
const MAX_WEIGHTS = 2 ** 18;

/** Thrown inside this file only: the points depend on something that cannot be unrolled. */
class NotUnrollable extends Error {}

export class Circuit {
  /** Sources before readers; gate g is signal `cells + g`. */
  readonly gates: UnrolledGate[] = [];
  /** Number of cells of all inputs, numbered through. */
  readonly cells: number;
  private readonly bases: readonly number[];
  private readonly points = new Map<string, Linear>();
  private readonly supports: bigint[] = [];
  private visited = 0;

  constructor(private readonly model: Model) {
    let next = 0;
    this.bases = model.interface.inputs.map(({ shape }) => {
      const base = next;
      next += sizeOf(shape);
      return base;
    });
    this.cells = next;
  }

  /** A value at a row-major rank; `undefined` when it is no finite circuit of sums, signs and steps. */
  pointOf(value: number, rank: number): Linear | undefined {
    try {
      return this.point(value, rank);
    } catch (problem) {
      if (problem instanceof NotUnrollable) return undefined;
      throw problem;
    }
  }

  /** The cells that a sum depends on, one bit each. */
  supportOf(sum: Linear): bigint {
    let support = 0n;
    for (const signal of sum.weights.keys()) {
      support |= signal < this.cells ? 1n << BigInt(signal) : this.supports[signal - this.cells];
    }
    return support;
  }

  /** Input, coordinates and domain of a cell. */
  cellAt(cell: number): {
    input: number;
    position: readonly number[];
    values: readonly number[] | undefined;
  } {
    let input = this.bases.length - 1;
    while (this.bases[input] > cell) input--;
    const { shape, domain } = this.model.interface.inputs[input];
    const flat = cell - this.bases[input];
    const own = cellDomain(domain, flat);
    return {
      input,
      position: pointOfRank(flat, shape),
      values: own.kind === 'values' ? own.values : undefined,
    };
  }

  private point(id: number, rank: number): Linear {
    const key = `${id} ${rank}`;
    const known = this.points.get(key);
    if (known !== undefined) return known;
    const { gate, axes, holes, recurrence, champion } = this.model.values[id];
    const closed = recurrence !== undefined || champion !== undefined;
    if (closed || holes.has(rank)) throw new NotUnrollable();
    const extents = axes.map((axis) => axis.extent);
    const sum = this.sumOf(gate, rank, pointOfRank(rank, extents), sizeOf(extents));
    const result = this.activate(gate, sum);
    this.points.set(key, result);
    return result;
  }

  private sumOf(gate: Gate, rank: number, point: readonly number[], members: number): Linear {
    if (gate.ties !== undefined) throw new NotUnrollable();
    const sum = new LinearBuilder(evaluateBias(gate.bias, rank, point), gate.snapError ?? 0);
    for (const { coefficient, reference } of gate.terms) {
      const { source, accesses, factors } = reference;
      const shape = extentsOf(this.model, source);
      visitAccesses(
        accesses,
        shape,
        point,
        (cell, weight) => {
          this.addCell(sum, source, cell, coefficient * weight);
        },
        factors,
      );
    }
    for (const { source, weights } of gate.tables) {
      const size = weights.length / members;
      for (let cell = 0; cell < size; cell++) {
        this.addCell(sum, source, cell, weights[rank * size + cell]);
      }
    }
    return sum.finish();
  }

  private addCell(sum: LinearBuilder, source: ValueSource, cell: number, weight: number): void {
    if (++this.visited > MAX_WEIGHTS) throw new NotUnrollable();
    if (weight === 0) return;
    if (source.kind === 'input') sum.add(this.bases[source.index] + cell, weight);
    else if (!this.model.values[source.id].holes.has(cell)) {
      sum.addLinear(this.point(source.id, cell), weight);
    }
  }

  private activate({ activation }: Gate, sum: Linear): Linear {
    if (activation.kind === 'identity') return sum;
    if (activation.kind !== 'sign' && activation.kind !== 'step') throw new NotUnrollable();
    const { kind } = activation;
    if (sum.weights.size === 0) return constantLinear(applyActivation(activation, sum.constant));
    const lone = sum.weights.size === 1 ? this.throughOne(kind, sum) : undefined;
    if (lone !== undefined) return lone;
    const gate = this.gates.push({ activation: kind, sum, range: this.rangeOf(kind, sum) }) - 1;
    this.supports.push(this.supportOf(sum));
    return { constant: 0, weights: new Map([[this.cells + gate, 1]]), error: 0 };
  }

  /** A gate that reads one signal, as an affine function of it on the values that it takes. */
  private throughOne(kind: 'sign' | 'step', sum: Linear): Linear | undefined {
    const [[signal, weight]] = sum.weights;
    const values = this.valuesOf(signal);
    if (values === undefined || values.length < 2) return undefined;
    const images = values.map((value) => applyActivation({ kind }, weight * value + sum.constant));
    const slope = (images[1] - images[0]) / (values[1] - values[0]);
    const constant = images[0] - slope * values[0];
    if (!values.every((value, k) => constant + slope * value === images[k])) return undefined;
    if (slope === 0) return constantLinear(constant);
    return { constant, weights: new Map([[signal, slope]]), error: 0 };
  }

  /** −1, 0, 1; without 0 where integers and a broken constant cannot give it. */
  private rangeOf(kind: 'sign' | 'step', sum: Linear): readonly number[] {
    if (kind === 'step') return [0, 1];
    const whole = [...sum.weights].every(
      ([signal, weight]) =>
        Number.isInteger(weight) && this.valuesOf(signal)?.every(Number.isInteger) === true,
    );
    return whole && !Number.isInteger(sum.constant) ? [-1, 1] : [-1, 0, 1];
  }

  private valuesOf(signal: number): readonly number[] | undefined {
    return signal < this.cells ? this.cellAt(signal).values : this.gates[signal - this.cells].range;
  }
}

function constantLinear(constant: number): Linear {
  return { constant, weights: new Map(), error: 0 };
}

class LinearBuilder {
  private readonly weights = new Map<number, number>();

  constructor(
    private constant: number,
    private error: number,
  ) {}

  add(signal: number, weight: number): void {
    this.weights.set(signal, (this.weights.get(signal) ?? 0) + weight);
  }

  addLinear(other: Linear, factor: number): void {
    this.constant += factor * other.constant;
    this.error += Math.abs(factor) * other.error;
    for (const [signal, weight] of other.weights) this.add(signal, factor * weight);
  }

  /** Ordered by signal; what cancels is left out. */
  finish(): Linear {
    const kept = [...this.weights].filter(([, weight]) => weight !== 0).sort(([a], [b]) => a - b);
    return { constant: this.constant, weights: new Map(kept), error: this.error };
  }
}
