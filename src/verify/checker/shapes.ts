/**
 * The shape check: every input with an axis one longer or one shorter, and every single row one longer
 * or one shorter, must make `scores` and `predict` throw a RangeError.
 */
import type { StagedNetwork } from '../../ir/network.js';
import { sizeOf } from '../../ir/model-interface.js';
import { backgroundOf } from '../probes.js';
import { cellDomain } from '../../ir/model-interface.js';
import type { Counterexample } from '../../ir/verdict.js';
import type { Concrete } from './concrete.js';
import type { Running } from './interpreter/index.js';
import { nest } from './interpreter/index.js';
import type { Value } from './interpreter/values.js';
import { ArrayValue } from './interpreter/values.js';
import { ModuleError, OutOfFuel } from './undecided.js';

/** Rows beyond this many are tested in steps, the first and last always. */
const MAX_ROWS = 256;

/** An input with one array longer (+1) or shorter (−1); `path` leads to the array. */
interface Deformation {
  readonly input: number;
  /** Axis whose arrays change. */
  readonly axis: number;
  /** Index of the one array among all of that axis, row-major; undefined for all of them. */
  readonly row: number | undefined;
  readonly by: 1 | -1;
}

/**
 * The first wrong shape that is let through (for a generic module ragged ones only), as a counterexample; undefined  when all are refused.
 */
export function acceptedWrongShape(
  network: StagedNetwork,
  concrete: Concrete,
  generic: boolean,
  tick: () => void,
): Counterexample | undefined {
  for (const deformation of deformations(network, generic)) {
    tick();
    for (const name of ['scores', 'predict']) {
      const actual = outcome(network, concrete, name, deformation);
      if (actual === undefined) continue;
      const { input, axis, row, by } = deformation;
      const what = row === undefined ? `axis ${axis}` : `row ${row} along axis ${axis}`;
      const { shape } = network.inputs[input];
      const text = `${name} takes input ${input} of shape [${shape.join(', ')}] with ${what} ${by > 0 ? 'longer' : 'shorter'} by 1: ${actual}`; // prettier-ignore
      return { inputs: [], expected: [], actual: text, where: 'shape' };
    }
  }
  return undefined;
}

function* deformations(network: StagedNetwork, generic: boolean): Generator<Deformation> {
  for (let input = 0; input < network.inputs.length; input++) {
    const { shape } = network.inputs[input];
    for (let axis = 0; axis < shape.length; axis++) {
      for (const by of [1, -1] as const) {
        if (!generic) yield { input, axis, row: undefined, by };
        const rows = sizeOf(shape.slice(0, axis));
        if (axis === 0 || rows === 1) continue;
        const step = Math.max(1, Math.ceil(rows / MAX_ROWS));
        for (let row = 0; row < rows; row += step) yield { input, axis, row, by };
        if (step > 1) yield { input, axis, row: rows - 1, by };
      }
    }
  }
}

/** What came instead of a RangeError; undefined when the RangeError came. */
function outcome(
  network: StagedNetwork,
  concrete: Concrete,
  name: string,
  deformation: Deformation,
): string | undefined {
  try {
    concrete.call(name, (running) =>
      network.inputs.map((_, index) => deformed(network, running, index, deformation)),
    );
    return 'an answer';
  } catch (error) {
    if (error instanceof ModuleError) {
      return error.kind === 'RangeError' ? undefined : `${error.kind}: ${error.message}`;
    }
    if (error instanceof OutOfFuel) return error.message;
    throw error;
  }
}

function deformed(
  network: StagedNetwork,
  running: Running,
  index: number,
  { input, axis, row, by }: Deformation,
): Value {
  const { shape, domain } = network.inputs[index];
  const cells = Array.from({ length: sizeOf(shape) }, (_, cell) => backgroundOf(cellDomain(domain, cell))); // prettier-ignore
  const value = nest(running.machine, cells, shape);
  if (index !== input) return value;
  let seen = 0;
  const visit = (part: Value, depth: number) => {
    if (!(part instanceof ArrayValue)) return;
    if (depth < axis) {
      for (const inner of part.items) visit(inner, depth + 1);
      return;
    }
    if (row === undefined || row === seen) {
      if (by < 0) part.items.pop();
      else part.items.push(filler(running, cells[0], shape.slice(axis + 1)));
    }
    seen++;
  };
  visit(value, 0);
  return value;
}

function filler(running: Running, cell: number, shape: readonly number[]): Value {
  return nest(running.machine, new Array<number>(sizeOf(shape)).fill(cell), shape);
}
