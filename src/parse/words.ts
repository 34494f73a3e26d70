/** The words of the contract for activations and decisions, and how they become values of the IR. */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Place } from '../diagnostics/diagnostic.js';
import { nearestWord } from '../diagnostics/nearest.js';
import type { Decision } from '../ir/model-interface.js';
import type { Activation } from '../ir/network.js';

/** Slope of `leaky-relu` below zero where none is given: the default of ONNX and of PyTorch. */
const DEFAULT_SLOPE = 0.01;

export const ACTIVATION_WORDS = [
  'sign',
  'step',
  'identity',
  'relu',
  'leaky-relu',
  'tanh',
  'sigmoid',
  'softmax',
] as const satisfies readonly Activation['kind'][];

export const DECISION_WORDS = [
  'argmax',
  'argmin',
  'sign',
  'threshold',
  'none',
] as const satisfies readonly Decision['kind'][];

/** The activation of a word; `slope` is for `leaky-relu` only. @throws Diagnostic ACTIVATION_UNKNOWN. */
export function activationOf(word: string, place: Place, slope = DEFAULT_SLOPE): Activation {
  const kind = ACTIVATION_WORDS.find((known) => known === word);
  if (kind === undefined) {
    const nearest = nearestWord(word, ACTIVATION_WORDS);
    throw diagnose('ACTIVATION_UNKNOWN', place, { word, nearest, known: ACTIVATION_WORDS });
  }
  return kind === 'leaky-relu' ? { kind, slope } : { kind };
}

/** The decision of a word; `threshold` is for `threshold` only. @throws Diagnostic DECISION_UNKNOWN. */
export function decisionOf(word: string, place: Place, threshold = 0): Decision {
  const kind = DECISION_WORDS.find((known) => known === word);
  if (kind === undefined) {
    const nearest = nearestWord(word, DECISION_WORDS);
    throw diagnose('DECISION_UNKNOWN', place, { word, nearest, known: DECISION_WORDS });
  }
  return kind === 'threshold' ? { kind, threshold } : { kind };
}
