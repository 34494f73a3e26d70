/**
 * How fast the Math student evaluates formulas: millions of node evaluations in a second over 1,000 rows,
 * as a ratio to a plain interpreter that walks the same tape row by row, in the same process. A plain Node
 * process, for which run.ts bundles this file: under tsx typed arrays are slower.
 */
import { createRandom } from '../src/numeric/random.js';
import type { Random } from '../src/numeric/random.js';
import { createEvaluator } from '../src/students/math/engine/evaluator.js';
import { createDifferentiator } from '../src/students/math/engine/jacobian.js';
import {
  compileTape,
  CONSTANT,
  FIRST_OPERATOR,
  VARIABLE,
} from '../src/students/math/engine/tape.js';
import type { Tape } from '../src/students/math/engine/tape.js';
import { call, constant, sizeOfFormula, variable } from '../src/students/math/formula.js';
import type { Formula } from '../src/students/math/formula.js';
import { OPERATORS } from '../src/students/math/operators/index.js';
import { median } from './median.js';

const ROWS = 1000;
const VARIABLES = 5;
const NODES = 20;
const TAPES = 100;
const RUNS = 15;

/** One unary operator in ten calls `Math.cos`; arithmetic, squares and constants are the rest. */
const UNARY: readonly string[] = [
  'square', 'neg', 'abs', 'cube', 'square', 'neg', 'abs', 'cube', 'square', 'cos',
]; // prettier-ignore
const BINARY: readonly string[] = ['+', '-', '*', '/'];

interface Throughput {
  /** Millions of node evaluations in a second. */
  readonly columns: number;
  readonly rows: number;
  /** The same for one value together with its slopes by all constants. */
  readonly slopes: number;
}

/** Medians over several runs that take turns. */
function measureThroughput(): Throughput {
  const random = createRandom(7);
  const columns = Array.from({ length: VARIABLES }, () =>
    Float64Array.from({ length: ROWS }, () => 1 + random.unit()),
  );
  const evaluator = createEvaluator(columns, ROWS);
  const differentiator = createDifferentiator(columns, ROWS);
  const tapes: Tape[] = [];
  while (tapes.length < TAPES) {
    const tape = compileTape(randomTree(random, NODES));
    if (evaluator.values(tape) !== undefined && tape.constants.length > 0) tapes.push(tape);
  }
  const nodes = tapes.reduce((sum, { length }) => sum + length, 0) * ROWS;
  const sink = new Float64Array(ROWS);
  const rowTapes = tapes.map(rowTapeOf);
  const ways = {
    columns: (index: number) => evaluator.values(tapes[index]),
    rows: (index: number) => runRows(rowTapes[index], columns, sink),
    slopes: (index: number) => differentiator.slopes(tapes[index]),
  };
  const times: Record<keyof typeof ways, number[]> = { columns: [], rows: [], slopes: [] };
  for (let run = 0; run < RUNS; run++) {
    for (const way of ['columns', 'rows', 'slopes'] as const) {
      const start = performance.now();
      for (let index = 0; index < tapes.length; index++) ways[way](index);
      times[way].push(performance.now() - start);
    }
  }
  const rate = (way: keyof typeof ways): number => nodes / median(times[way]) / 1000;
  return { columns: rate('columns'), rows: rate('rows'), slopes: rate('slopes') };
}

/** A formula of that many nodes, or one more or less. */
function randomTree(random: Random, nodes: number): Formula {
  for (;;) {
    const tree = grow(random, nodes);
    if (Math.abs(sizeOfFormula(tree) - nodes) <= 1) return tree;
  }
}

function grow(random: Random, nodes: number): Formula {
  if (nodes <= 1) {
    if (random.unit() < 0.3) return constant(1 + random.unit());
    return variable(random.below(VARIABLES));
  }
  if (nodes === 2 || random.unit() < 0.25) {
    return call(UNARY[random.below(UNARY.length)], grow(random, nodes - 1));
  }
  const left = 1 + random.below(nodes - 2);
  const operator = BINARY[random.below(BINARY.length)];
  return call(operator, grow(random, left), grow(random, nodes - 1 - left));
}

/** A tape with the interpreter's own codes, resolved once, as a fair rival has them. */
interface RowTape {
  readonly codes: Uint8Array;
  readonly operands: Uint16Array;
  readonly constants: Float64Array;
  readonly stack: Float64Array;
}

const ROW_CODES: readonly string[] = [
  'constant', 'variable', '+', '-', '*', '/', 'square', 'cube', 'neg', 'abs', 'cos',
]; // prettier-ignore

function rowTapeOf(tape: Tape): RowTape {
  const codes = Uint8Array.from(tape.codes, (code) => {
    if (code === CONSTANT) return 0;
    return code === VARIABLE ? 1 : ROW_CODES.indexOf(OPERATORS[code - FIRST_OPERATOR].name);
  });
  const { operands, constants, depth } = tape;
  return { codes, operands, constants, stack: new Float64Array(depth + 1) };
}

/** What an interpreter does that knows no columns: for each row, the tape from the front. */
function runRows(tape: RowTape, columns: readonly Float64Array[], result: Float64Array): void {
  const { codes, operands, constants, stack } = tape;
  for (let row = 0; row < ROWS; row++) {
    let top = 0;
    for (let at = 0; at < codes.length; at++) {
      switch (codes[at]) {
        case 0:
          stack[top++] = constants[operands[at]];
          break;
        case 1:
          stack[top++] = columns[operands[at]][row];
          break;
        case 2:
          top--;
          stack[top - 1] += stack[top];
          break;
        case 3:
          top--;
          stack[top - 1] -= stack[top];
          break;
        case 4:
          top--;
          stack[top - 1] *= stack[top];
          break;
        case 5:
          top--;
          stack[top - 1] /= stack[top];
          break;
        case 6:
          stack[top - 1] *= stack[top - 1];
          break;
        case 7:
          stack[top - 1] *= stack[top - 1] * stack[top - 1];
          break;
        case 8:
          stack[top - 1] = -stack[top - 1];
          break;
        case 9:
          stack[top - 1] = Math.abs(stack[top - 1]);
          break;
        default:
          stack[top - 1] = Math.cos(stack[top - 1]);
      }
    }
    result[row] = stack[0];
  }
}

const { columns, rows, slopes } = measureThroughput();
console.log(`  tape over columns / interpreter row by row: ${(columns / rows).toFixed(2)}`);
console.log(
  `  million node evaluations/s: columns ${columns.toFixed(0)}, rows ${rows.toFixed(0)}, ` +
    `values with all slopes ${slopes.toFixed(0)}`,
);
