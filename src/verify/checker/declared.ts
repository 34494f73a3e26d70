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
  /** `float32` where the module rounds every result to it. */
  readonly precision: string | undefined;
  readonly source: string | undefined;
  readonly name: string | undefined;
  /** One for each input; undefined where the constant has none that can be read. */
  readonly shapes: readonly (readonly Value[])[] | undefined;
}

/** Reads the constant; undefined when it is no object. */
export function readDeclared(value: Value): Declared | undefined {
  if (!(value instanceof ObjectValue)) return undefined;
  const { entries } = value;
  const text = (key: string) => {
    const one = entries.get(key);
    return typeof one === 'string' ? one : undefined;
  };
  const tolerance = entries.get('tolerance');
  const [single, several] = [entries.get('inputShape'), entries.get('inputShapes')];
  let shapes: (readonly Value[])[] | undefined;
  if (single instanceof ArrayValue) shapes = [single.items];
  else if (several instanceof ArrayValue) {
    shapes = several.items.map((one) => (one instanceof ArrayValue ? one.items : []));
  }
  return {
    verdict: text('verdict'),
    tolerance: typeof tolerance === 'number' && tolerance >= 0 ? tolerance : undefined,
    precision: text('precision'),
    source: text('source'),
    name: text('name'),
    shapes,
  };
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
  if (declared.shapes === undefined) return undefined;
  const matches = network.inputs.every(({ shape }, index) => {
    const own = declared.shapes?.[index];
    if (own?.length !== shape.length) return false;
    return own.every((one, axis) => typeof one === 'string' || one === shape[axis]);
  });
  return matches ? undefined : claim('network.inputShape', 'declares a shape that the network has not'); // prettier-ignore
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
