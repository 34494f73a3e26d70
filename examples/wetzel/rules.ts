/**
 * Seven rules that a classifier can learn, after Wetzel, "Closed-form interpretation of neural network
 * classifiers with symbolic gradients" (arXiv 2401.04978): class 1 is where a quantity is above a threshold.
 */
import { createRandom } from '../../src/numeric/random.js';

export interface Rule {
  readonly name: string;
  /** From the least to the greatest value of each input; rows are drawn uniformly. */
  readonly ranges: readonly (readonly [min: number, max: number])[];
  /** What decides, as a formula of x1, x2, …, and the threshold above which the class is 1. */
  readonly formula: string;
  readonly quantity: (x: readonly number[]) => number;
  readonly threshold: number;
  /** Rows that the rule says nothing of are not drawn; absent: it always speaks. */
  readonly speaks?: (x: readonly number[]) => boolean;
  /** Weight decay of the training, where another than usual is needed. */
  readonly decay?: number;
}

/** The same range for all inputs. */
function all(inputs: number, min: number, max: number): Rule['ranges'] {
  return Array.from({ length: inputs }, (): readonly [number, number] => [min, max]);
}

export const RULES: readonly Rule[] = [
  {
    name: 'ellipse',
    ranges: all(2, -1, 1),
    formula: 'x1^2 + 2*x2^2',
    quantity: ([x1, x2]) => x1 ** 2 + 2 * x2 ** 2,
    threshold: 1,
  },
  {
    name: 'quadratic',
    ranges: all(2, -2, 0),
    formula: 'x1^2 + 3*x1*x2 + 2*x2^2',
    quantity: ([x1, x2]) => x1 ** 2 + 3 * x1 * x2 + 2 * x2 ** 2,
    threshold: 5,
  },
  {
    name: 'wave',
    ranges: all(3, -2, 0),
    formula: 'x1^2 + sin(x2 + x3)',
    quantity: ([x1, x2, x3]) => x1 ** 2 + Math.sin(x2 + x3),
    threshold: 1,
  },
  {
    name: 'exponential',
    ranges: all(3, -1, 1),
    formula: 'exp(x1 - x2) - pi*x3',
    quantity: ([x1, x2, x3]) => Math.exp(x1 - x2) - Math.PI * x3,
    threshold: 1,
  },
  {
    name: 'bell',
    ranges: [[0, 2], ...all(2, -2, 2)],
    formula: 'x1*exp(-(x2^2 + x3^2)/2)',
    quantity: ([x1, x2, x3]) => x1 * Math.exp(-(x2 ** 2 + x3 ** 2) / 2),
    threshold: 0.2,
  },
  {
    name: 'attraction',
    ranges: all(6, 0, 2),
    formula: 'x1*x2/((x3 - x4)^2 + (x5 - x6)^2)',
    quantity: ([x1, x2, x3, x4, x5, x6]) => (x1 * x2) / ((x3 - x4) ** 2 + (x5 - x6) ** 2),
    threshold: 1,
  },
  {
    name: 'agreement',
    ranges: all(4, 0, 2),
    formula: 'min(x1*x2, x3*x4)',
    quantity: ([x1, x2, x3, x4]) => Math.min(x1 * x2, x3 * x4),
    threshold: 1,
    speaks: ([x1, x2, x3, x4]) => x1 * x2 > 1 === x3 * x4 > 1,
    // No row lies between the classes. What a network does there is its own affair; decay makes it simple.
    decay: 0.5,
  },
];

/** Relative deviation of the quantity when a row is labelled. */
export const LABEL_NOISE = 0.01;

export interface LabelledRows {
  /** One column for each input. */
  readonly columns: readonly Float64Array[];
  readonly labels: Uint8Array;
}

/** Rows drawn uniformly, with labels that noise may have turned near the threshold. */
export function drawRows(
  rule: Rule,
  rows: number,
  seed: number,
  noise = LABEL_NOISE,
): LabelledRows {
  const random = createRandom(seed);
  const { ranges, quantity, threshold, speaks = () => true } = rule;
  const columns = ranges.map(() => new Float64Array(rows));
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows;) {
    const x = ranges.map(([min, max]) => min + (max - min) * random.unit());
    if (!speaks(x)) continue;
    x.forEach((value, k) => (columns[k][row] = value));
    labels[row] = quantity(x) * (1 + noise * random.normal()) > threshold ? 1 : 0;
    row++;
  }
  return { columns, labels };
}
