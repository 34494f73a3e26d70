/** Diagnostics of classifiers that are explained by their gradients. */
import { entry } from '../entry.js';

export const BOUNDARY_DIAGNOSTICS = {
  BOUNDARY_NO_DECISION: entry(
    () => 'the model draws no decision: it has no boundary to be explained',
    () =>
      'name one with --decision argmax, argmin, sign or threshold, or a neuron or score with --target',
  ),
  BOUNDARY_NO_GRADIENT: entry<{ node: string }>(
    ({ node }) => `gradients cannot be taken through "${node}"`,
    () =>
      'all that leads to the decision has to be layers whose activations have a slope; `deepdistill logic` asks for decisions alone',
  ),
  BOUNDARY_NOT_MET: entry<{ name: string; rows: number }>(
    ({ name, rows }) =>
      `the boundary of ${name} is met by ${rows} of the lines that were drawn through the domain: too few to learn from`,
    () =>
      'where the model decides the same everywhere there is nothing to explain: check the domain, or --range',
  ),
  BOUNDARY_OTHER_INPUTS: entry<{ expected: number; actual: number }>(
    ({ expected, actual }) => `the second model has ${actual} inputs, the first ${expected}`,
    () => 'name with --second a model that was trained on the same task',
  ),
  BOUNDARY_OTHER_TARGET: entry<{ name: string }>(
    ({ name }) => `the second model has no ${name}`,
    () => 'name with --second a model of the same outputs, labels and decision',
  ),
};
