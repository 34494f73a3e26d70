/**
 * Elementary cellular automata: each cell's next state is bit 4·left + 2·cell + right of the rule.
 *
 * Three ways in which a network can hold the rule (each hidden layer has one group per cell):
 *   minterms     a neuron for each neighbourhood that gives 1, then their disjunction
 *   maxterms     a neuron for each neighbourhood that gives 0, then nobody
 *   thermometer  a neuron for each number 4l + 2c + r at which the rule changes, then differences
 */
import type { Domain } from '../../../src/ir/model-interface.js';
import { BINARY } from '../networks.js';
import { indices, zooNetwork } from '../zoo-tools.js';
import { modulo, readTruths } from './specimen.js';
import type { Flat, Gate, Reader, Specimen, TruthSum } from './specimen.js';

export interface AutomatonOptions {
  readonly rule: number;
  readonly width: number;
  /** Neighbours beyond the border: those of the other end, or off. */
  readonly border: 'wrap' | 'zero';
  readonly encoding?: 'minterms' | 'maxterms' | 'thermometer';
  readonly hidden?: Gate;
  /** Cells as 0/1 or as ±1, in the input. */
  readonly cells?: 'bits' | 'signs';
  readonly output?: Reader;
}

const SIGNS: Domain = { kind: 'values', values: [-1, 1] };

/** Bit `neighbourhood` (0 to 7) of the rule's number. */
export function ruleBit(rule: number, neighbourhood: number): number {
  return (rule >> neighbourhood) & 1;
}

/** A hidden neuron of one cell: weights of left, own and right cell for inputs in bits, and its sum. */
interface LocalNeuron {
  readonly weights: readonly [number, number, number];
  /** True where the weighted bits reach this number. */
  readonly atLeast: number;
}

/** The network of one step of an elementary automaton. */
export function elementaryAutomaton(options: AutomatonOptions): Specimen {
  const { rule, width, encoding = 'minterms', hidden = 'step', output = 'step' } = options;
  const { neurons, sum } = encode(rule, encoding);
  const groups = indices(width);
  const members = neurons.flatMap((neuron) => groups.map((cell) => ({ neuron, cell })));
  const input = members.map(({ neuron, cell }) => localRow(neuron, cell, options));
  const threshold = output === 'identity' ? 0 : -0.5;
  const sums = groups.map((own): TruthSum => ({
    coefficients: neurons.flatMap((_, kind) =>
      groups.map((cell) => (cell === own ? sum.coefficients[kind] : 0)),
    ),
    constant: sum.constant + threshold,
  }));
  const name = `rule ${rule}`;
  return {
    name: `${name}, ${encoding}, ${width} cells, ${options.border} border`,
    network: zooNetwork({
      name,
      input: 'cells',
      shape: [width],
      axes: ['cell'],
      domain: options.cells === 'signs' ? SIGNS : BINARY,
      layers: [
        {
          rows: input.map(({ row }) => row),
          bias: input.map(({ bias }) => bias),
          activation: hidden,
        },
        readTruths(sums, hidden, output),
      ],
    }),
    reference: (cells) =>
      groups.map((cell) => {
        const next = nextState(rule, cells, cell, options.border);
        return output === 'sign' ? 2 * next - 1 : next;
      }),
  };
}

/** The next state of a cell, 0 or 1; any positive cell is on. */
export function nextState(
  rule: number,
  cells: Flat,
  cell: number,
  border: 'wrap' | 'zero',
): number {
  const at = (index: number): number => {
    if (border === 'wrap') return cells[modulo(index, cells.length)] > 0 ? 1 : 0;
    return index >= 0 && index < cells.length && cells[index] > 0 ? 1 : 0;
  };
  return ruleBit(rule, 4 * at(cell - 1) + 2 * at(cell) + at(cell + 1));
}

function encode(
  rule: number,
  encoding: 'minterms' | 'maxterms' | 'thermometer',
): { neurons: readonly LocalNeuron[]; sum: TruthSum } {
  if (encoding === 'thermometer') {
    const changes = indices(8).filter((k) => k > 0 && ruleBit(rule, k) !== ruleBit(rule, k - 1));
    if (changes.length === 0) return constantRule(ruleBit(rule, 0));
    return {
      neurons: changes.map((atLeast) => ({ weights: [4, 2, 1], atLeast })),
      sum: {
        coefficients: changes.map((k) => ruleBit(rule, k) - ruleBit(rule, k - 1)),
        constant: ruleBit(rule, 0),
      },
    };
  }
  const wanted = encoding === 'minterms' ? 1 : 0;
  const terms = indices(8).filter((k) => ruleBit(rule, k) === wanted);
  if (terms.length === 0) return constantRule(1 - wanted);
  return {
    neurons: terms.map((term) => {
      const bits = [term >> 2, (term >> 1) & 1, term & 1] as const;
      const [left, own, right] = bits;
      return {
        weights: [2 * left - 1, 2 * own - 1, 2 * right - 1],
        atLeast: left + own + right,
      };
    }),
    sum: { coefficients: terms.map(() => 2 * wanted - 1), constant: 1 - wanted },
  };
}

/** A rule that never changes: one neuron per cell that is never on, and counts for nothing. */
function constantRule(value: number): { neurons: readonly LocalNeuron[]; sum: TruthSum } {
  return {
    neurons: [{ weights: [0, 0, 0], atLeast: 1 }],
    sum: { coefficients: [0], constant: value },
  };
}

/** Weights over the cells and bias of one local neuron; on tiny rings neighbours can coincide. */
function localRow(
  { weights, atLeast }: LocalNeuron,
  cell: number,
  { width, border, cells }: AutomatonOptions,
): { row: Float64Array; bias: number } {
  const row = new Float64Array(width);
  // With signs a bit is (x + 1) / 2, so that the whole row is doubled: Σ w·x + Σ w + 1 − 2·atLeast.
  let bias = cells === 'signs' ? 1 - 2 * atLeast : 0.5 - atLeast;
  weights.forEach((weight, position) => {
    const at = cell + position - 1;
    const inside = at >= 0 && at < width;
    if (border === 'zero' && !inside) return;
    row[modulo(at, width)] += weight;
    if (cells === 'signs') bias += weight;
  });
  return { row, bias };
}
