/**
 * The numbers that a network compares before it decides, read before the last activation squeezes them: the
 * score of two classes, one class against the rest, one against another, or what a hidden neuron weighs.
 * Their gradients say where a decision changes over, whatever monotone function comes afterwards.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Activation, Layer, StagedNetwork, TensorRef } from '../../ir/network.js';
import { describeTarget } from '../../ir/target.js';
import type { Target } from '../../ir/target.js';
import { canDifferentiate } from '../../verify/slopes.js';
import type { Readout } from '../../verify/slopes.js';

export interface Latent {
  /** What is read, in words: `inside`, `cat against dog`, `neuron 3 of hidden`. */
  readonly name: string;
  /** The layer whose pre-activations are read. */
  readonly layer: number;
  readonly readout: Readout;
  /** Where the decision changes over; absent of a neuron that decides nothing. */
  readonly border?: number;
  /** The decisions on both sides of the border, as `decide` numbers them; absent below: any other. */
  readonly above?: number;
  readonly below?: number;
  /** Whether the readout is the logarithm of odds, so that bands are told as probabilities. */
  readonly isLogOdds: boolean;
}

/** Which classes are told apart. */
export type Contrast = 'rest' | 'pairs';

/**
 * What decides, one number for two classes, else one for each class or for each pair of classes.
 *
 * @throws Diagnostic BOUNDARY_NO_DECISION, BOUNDARY_NO_GRADIENT.
 */
export function latentsOf(network: StagedNetwork, contrast: Contrast): readonly Latent[] {
  const { decision } = network;
  if (decision.kind === 'none') throw diagnose('BOUNDARY_NO_DECISION', {}, {});
  const [ref] = network.results;
  const { layer, node } = readLayer(network, ref);
  const name = (decided: number): string => nameOfDecision(network, decided);
  const common = { layer, isLogOdds: isLogOdds(node.activation) };
  if (decision.kind === 'threshold' || decision.kind === 'sign') {
    const above = 1;
    const below = decision.kind === 'sign' ? -1 : 0;
    const threshold = decision.kind === 'threshold' ? decision.threshold : 0;
    const border = inverse(node.activation, threshold);
    if (border === undefined) throw noGradient(node);
    return [{ ...common, name: name(above), readout: single(0, 1), border, above, below }];
  }
  const sign = decision.kind === 'argmin' ? -1 : 1;
  const soft = node.activation.kind === 'softmax';
  if (!soft && inverse(node.activation, 0.5) === undefined) throw noGradient(node);
  const size = node.size;
  if (size === 2) {
    return [{ ...common, name: name(1), readout: between(1, 0, sign), border: 0, above: 1, below: 0 }]; // prettier-ignore
  }
  const classes = Array.from({ length: size }, (_, index) => index);
  if (contrast === 'rest') {
    return classes.map((own) => ({
      ...common,
      name: `${name(own)} against the rest`,
      readout: againstRest(own, sign, soft),
      border: 0,
      above: own,
    }));
  }
  return classes.flatMap((below) =>
    classes.slice(below + 1).map((above) => ({
      ...common,
      name: `${name(above)} against ${name(below)}`,
      readout: between(above, below, sign),
      border: 0,
      above,
      below,
    })),
  );
}

/**
 * What a cell of an output, or a hidden neuron, weighs.
 *
 * @throws Diagnostic BOUNDARY_NO_GRADIENT.
 */
export function latentOfTarget(network: StagedNetwork, target: Target): Latent {
  const [ref, cell] =
    target.kind === 'output'
      ? [network.results[target.output], target.cell]
      : [{ kind: 'layer', index: target.layer } as const, target.neuron];
  const { layer, node } = readLayer(network, ref);
  return {
    name: describeTarget(network, target),
    layer,
    readout: single(cell, 1),
    isLogOdds: isLogOdds(node.activation),
  };
}

/** What a decision is called: its label, or its number. */
export function nameOfDecision({ outputs, decision }: StagedNetwork, decided: number): string {
  if (decision.kind === 'sign') return String(decided);
  return outputs[0].labels?.[decided] ?? `class ${decided}`;
}

/** @throws Diagnostic BOUNDARY_NO_GRADIENT where anything on the way has no slope. */
function readLayer(
  network: StagedNetwork,
  ref: TensorRef,
): { readonly layer: number; readonly node: Layer } {
  const node = ref.kind === 'layer' ? network.layers[ref.index] : undefined;
  if (ref.kind === 'input' || node === undefined) throw diagnose('BOUNDARY_NO_GRADIENT', {}, { node: 'an input' }); // prettier-ignore
  if (node.kind !== undefined || !canDifferentiate(network, ref)) throw noGradient(node);
  return { layer: ref.index, node };
}

function noGradient({ name }: { readonly name: string }): Diagnostic {
  return diagnose('BOUNDARY_NO_GRADIENT', {}, { node: name });
}

function isLogOdds({ kind }: Activation): boolean {
  return kind === 'sigmoid' || kind === 'softmax';
}

/** The pre-activation at which a monotone activation reaches a value; `undefined` where it never does. */
function inverse(activation: Activation, value: number): number | undefined {
  switch (activation.kind) {
    case 'identity':
      return value;
    case 'sigmoid':
      return value > 0 && value < 1 ? Math.log(value / (1 - value)) : undefined;
    case 'tanh':
      return value > -1 && value < 1 ? Math.atanh(value) : undefined;
    case 'relu':
      return value >= 0 ? value : undefined;
    case 'leaky-relu':
      return activation.slope > 0 ? (value > 0 ? value : value / activation.slope) : undefined;
    case 'clamp':
      return value >= activation.low && value < activation.high ? value : undefined;
    default:
      return undefined;
  }
}

function single(cell: number, sign: number): Readout {
  return (z, slopes) => {
    slopes[cell] = sign;
    return sign * z[cell];
  };
}

function between(above: number, below: number, sign: number): Readout {
  return (z, slopes) => {
    slopes[above] = sign;
    slopes[below] = -sign;
    return sign * (z[above] - z[below]);
  };
}

/** Against what the others are together: the logarithm of the odds of softmax, else the largest other. */
function againstRest(own: number, sign: number, isSoft: boolean): Readout {
  return (z, slopes) => {
    let most = -Infinity;
    z.forEach((value, k) => {
      if (k !== own && sign * value > most) most = sign * value;
    });
    let total = 0;
    z.forEach((value, k) => {
      if (k === own) return;
      const share = isSoft ? Math.exp(sign * value - most) : Number(sign * value === most);
      slopes[k] = -sign * share;
      total += share;
    });
    for (let k = 0; k < z.length; k++) if (k !== own) slopes[k] /= total;
    slopes[own] = sign;
    return sign * z[own] - most - (isSoft ? Math.log(total) : 0);
  };
}
