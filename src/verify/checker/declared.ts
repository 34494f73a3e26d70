/**
 * The module's `network` constant, read as data: what it declares, and whether that is true. Checked
 * after the proof; a false claim refutes the module whatever its functions compute.
 */
import type { StagedNetwork } from '../../ir/network.js';
import type { Counterexample, VerdictStatus } from '../../ir/verdict.js';
import type { Value } from './interpreter/values.js';
import { ArrayValue, ObjectValue } from './interpreter/values.js';

export interface Declared {
  readonly verdict: string | undefined;
  readonly tolerance: number | undefined;
  /** False where a tolerance is stated that is no tolerance. */
  readonly isTolerance: boolean;
  /** `float32` where the module rounds every result to it. */
  readonly precision: string | undefined;
  readonly source: string | undefined;
  readonly name: string | undefined;
  /** One for each input; undefined where the constant has none that can be read. */
  readonly shapes: Shapes | undefined;
  /** One for each output. */
  readonly outputShapes: Shapes | undefined;
}

/** The extents of some tensors, numbers or symbols. */
type Shapes = readonly (readonly Value[])[];

/** Reads the constant; undefined when it is no object. */
export function readDeclared(value: Value): Declared | undefined {
  if (!(value instanceof ObjectValue)) return undefined;
  const { entries } = value;
  const text = (key: string) => {
    const one = entries.get(key);
    return typeof one === 'string' ? one : undefined;
  };
  const tolerance = entries.get('tolerance');
  const isTolerance = typeof tolerance === 'number' && tolerance >= 0 && tolerance < Infinity;
  return {
    verdict: text('verdict'),
    tolerance: isTolerance ? tolerance : undefined,
    isTolerance: isTolerance || !entries.has('tolerance'),
    precision: text('precision'),
    source: text('source'),
    name: text('name'),
    shapes: shapesOf(entries.get('inputShape'), entries.get('inputShapes')),
    outputShapes: shapesOf(entries.get('outputShape'), entries.get('outputShapes')),
  };
}

/** One shape, or several: in an array, or in an object by the names of outputs. */
function shapesOf(single: Value, several: Value): Shapes | undefined {
  const itemsOf = (one: Value): readonly Value[] => (one instanceof ArrayValue ? one.items : ['?']);
  if (single !== undefined) return [itemsOf(single)];
  if (several instanceof ArrayValue) return several.items.map(itemsOf);
  return several instanceof ObjectValue ? [...several.entries.values()].map(itemsOf) : undefined;
}

/** True when the declared shape names symbols: the module accepts every size. */
export function isGeneric(declared: Declared | undefined): boolean {
  return declared?.shapes?.some((shape) => shape.some((one) => typeof one === 'string')) === true;
}

/** The first false statement; undefined when all are true. */
export function falseClaim(
  network: StagedNetwork,
  declared: Declared,
  status: VerdictStatus,
  ignoreVerdict: boolean,
): Counterexample | undefined {
  const claim = (where: string, actual: string): Counterexample => ({ inputs: [], expected: [], actual, where }); // prettier-ignore
  if (!ignoreVerdict && declared.verdict !== status) {
    return claim('verdict', `declares '${declared.verdict ?? 'nothing'}', found '${status}'`);
  }
  if (declared.precision !== undefined && declared.precision !== 'float32') {
    return claim('network.precision', `declares the unknown precision '${declared.precision}'`);
  }
  if (!declared.isTolerance) {
    return claim('network.tolerance', 'declares a tolerance that is no number from 0 on');
  }
  const symbols = new Map<string, number>();
  for (const [where, shapes, tensors] of [
    ['inputShape', declared.shapes, network.inputs],
    ['outputShape', declared.outputShapes, network.outputs],
  ] as const) {
    const problem = shapeProblem(shapes, tensors, symbols);
    if (problem !== undefined) return claim(`network.${where}`, problem);
  }
  return undefined;
}

/** What is wrong with declared shapes: a symbol stands for one extent wherever it stands. */
function shapeProblem(
  shapes: Shapes | undefined,
  tensors: readonly { readonly shape: readonly number[] }[],
  symbols: Map<string, number>,
): string | undefined {
  // What is not said is not false.
  if (shapes === undefined) return undefined;
  const matches =
    shapes.length === tensors.length &&
    tensors.every(({ shape }, index) => {
      const own = shapes[index];
      if (own.length !== shape.length) return false;
      return own.every((one, axis) => {
        if (typeof one !== 'string') return one === shape[axis];
        const known = symbols.get(one) ?? shape[axis];
        symbols.set(one, known);
        return known === shape[axis];
      });
    });
  return matches ? undefined : 'declares a shape that the network has not';
}

/** What the constant says that does not affect the proof, in words; empty when all agrees. */
export function notesOn(network: StagedNetwork, declared: Declared): string {
  const notes: string[] = [];
  // A generic module is about other sizes too, whose weights cannot be the same.
  const generic = isGeneric(declared);
  if (!generic && declared.source !== undefined && declared.source !== network.source) {
    notes.push('made from other weights than these');
  }
  if (declared.name !== undefined && declared.name !== network.name) {
    notes.push(`named '${declared.name}', not '${network.name}'`);
  }
  return notes.length === 0 ? '' : `; note: the module was ${notes.join(' and is ')}`;
}
