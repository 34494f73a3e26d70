/**
 * The activations of recurrent operators: names in a list, with `activation_alpha` and `activation_beta`
 * handed out in order to those that take them.
 */
import type { Activation } from '../../../ir/network.js';
import { helper, math } from '../../../ir/program-builders.js';
import {
  affine,
  clamped,
  elu,
  hardSigmoid,
  leakyRelu,
  relu,
  scaledTanh,
  softplus,
  softsign,
  thresholdedRelu,
} from '../cell-functions.js';
import type { CellFunction } from '../cell-functions.js';
import type { OperatorContext } from '../context.js';

export interface GateFunction {
  readonly ofCell: CellFunction;
  /** The function of a number that no clipping applies to. */
  readonly unclipped: CellFunction;
  /** The same as the activation of a layer, where there is one. */
  readonly ofLayer?: Activation;
}

/** A kind of function; where a parameter has no default, it must be given. */
interface FunctionKind {
  readonly alpha?: number | 'needed';
  readonly beta?: number | 'needed';
  readonly make: (alpha: number, beta: number) => Omit<GateFunction, 'unclipped'>;
}

/** By their names in lower case: runtimes do not mind. */
const KINDS: ReadonlyMap<string, FunctionKind> = new Map<string, FunctionKind>([
  ['tanh', { make: () => ({ ofCell: (cell) => math('tanh', cell), ofLayer: { kind: 'tanh' } }) }],
  [
    'sigmoid',
    { make: () => ({ ofCell: (cell) => helper('sigmoid', cell), ofLayer: { kind: 'sigmoid' } }) },
  ],
  ['relu', { make: () => ({ ofCell: relu, ofLayer: { kind: 'relu' } }) }],
  [
    'leakyrelu',
    {
      alpha: 0.01,
      make: (slope) => ({ ofCell: leakyRelu(slope), ofLayer: { kind: 'leaky-relu', slope } }),
    },
  ],
  ['thresholdedrelu', { alpha: 1, make: (alpha) => ({ ofCell: thresholdedRelu(alpha) }) }],
  ['elu', { alpha: 1, make: (alpha) => ({ ofCell: elu(alpha) }) }],
  [
    'hardsigmoid',
    { alpha: 0.2, beta: 0.5, make: (alpha, beta) => ({ ofCell: hardSigmoid(alpha, beta) }) },
  ],
  [
    'affine',
    { alpha: 'needed', beta: 'needed', make: (alpha, beta) => ({ ofCell: affine(alpha, beta) }) },
  ],
  [
    'scaledtanh',
    {
      alpha: 'needed',
      beta: 'needed',
      make: (alpha, beta) => ({ ofCell: scaledTanh(alpha, beta) }),
    },
  ],
  ['softsign', { make: () => ({ ofCell: softsign }) }],
  ['softplus', { make: () => ({ ofCell: softplus }) }],
]);

/**
 * The functions of all directions, those of one after the other; `defaults` are those of one direction.
 * With `clip` their arguments stay within ±clip.
 *
 * @throws Diagnostic ONNX_UNSUPPORTED_ATTRIBUTE, ONNX_UNSUPPORTED_FORM.
 */
export function functionsOf(
  context: OperatorContext,
  defaults: readonly string[],
  directions: number,
): readonly GateFunction[] {
  const names =
    context.texts('activations') ?? Array.from({ length: directions }, () => defaults).flat();
  if (names.length !== defaults.length * directions) {
    throw context.unsupportedAttribute('activations', names.join(', '));
  }
  const lists = {
    alpha: [...context.floats('activation_alpha')],
    beta: [...context.floats('activation_beta')],
  };
  const clip = context.attribute('clip') === undefined ? undefined : context.float('clip', 0);
  if (clip !== undefined && clip <= 0) throw context.unsupportedAttribute('clip', String(clip));
  const functions = names.map((name) => {
    const kind = KINDS.get(name.toLowerCase());
    if (kind === undefined) throw context.unsupportedAttribute('activations', name);
    const parameter = (which: 'alpha' | 'beta'): number => {
      const absent = kind[which];
      if (absent === undefined) return 0;
      const value = lists[which].shift() ?? absent;
      if (value === 'needed') throw context.unsupported(`with ${name} without its ${which}`);
      return value;
    };
    const { ofCell, ofLayer } = kind.make(parameter('alpha'), parameter('beta'));
    if (clip !== undefined) return { ofCell: clipped(ofCell, clip), unclipped: ofCell };
    return { ofCell, unclipped: ofCell, ...(ofLayer === undefined ? {} : { ofLayer }) };
  });
  for (const which of ['alpha', 'beta'] as const) {
    const left = lists[which].at(0);
    if (left !== undefined) throw context.unsupportedAttribute(`activation_${which}`, String(left));
  }
  return functions;
}

function clipped(ofCell: CellFunction, clip: number): CellFunction {
  return (cell) => ofCell(clamped(cell, -clip, clip));
}
