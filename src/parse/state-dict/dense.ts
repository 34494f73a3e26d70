/** The tensors of one dense layer: found by their prefix, and checked in their shapes. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { nearestWord } from '../../diagnostics/nearest.js';
import type { Placed } from '../description.js';
import type { StateDict, StoredTensor } from './tensor.js';

/** A misspelt name is compared with no more names than this. */
const MOST_COMPARED = 4096;

export interface DenseTensors {
  /** Shape [outputs, inputs]. */
  readonly weight: StoredTensor;
  /** Shape [outputs]; absent where the layer was made without one. */
  readonly bias: StoredTensor | undefined;
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * The tensors `PREFIX.weight` and, if there is one, `PREFIX.bias`; an empty prefix stands for a single
 * layer that was saved by itself, whose tensors are `weight` and `bias`.
 *
 * @throws Diagnostic STATE_DICT_NAME, STATE_DICT_NOT_DENSE, and those of `StateDict.tensor`.
 */
export function findDense(state: StateDict, prefix: Placed<string>): DenseTensors {
  const { file, names } = state;
  const { value, place } = prefix;
  const name = (part: string): string => (value === '' ? part : `${value}.${part}`);
  const wanted = name('weight');
  const weight = state.tensor(wanted);
  if (weight === undefined) {
    const nearest = nearestWord(wanted, names.slice(0, MOST_COMPARED));
    throw diagnose('STATE_DICT_NAME', place, { name: wanted, file, nearest, known: names });
  }
  const isMatrix = weight.shape.length === 2 && weight.shape.every((extent) => extent > 0);
  if (!isMatrix) {
    const { shape } = weight;
    throw diagnose('STATE_DICT_NOT_DENSE', place, { tensor: wanted, shape, file });
  }
  const [outputs, inputs] = weight.shape;
  const bias = state.tensor(name('bias'));
  if (bias !== undefined && (bias.shape.length !== 1 || bias.shape[0] !== outputs)) {
    const { name: tensor, shape } = bias;
    throw diagnose('STATE_DICT_BIAS', place, { tensor, shape, weight: wanted, outputs });
  }
  return { weight, bias, inputs, outputs };
}

/** The tensors that are there, weight first: the order in which they are hashed. */
export function tensorsOf({ weight, bias }: DenseTensors): StoredTensor[] {
  return bias === undefined ? [weight] : [weight, bias];
}
