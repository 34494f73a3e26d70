/** Diagnostics of the manifest and of the options that stand in for it. */
import { entry, suggest } from '../entry.js';

export interface Unknown {
  readonly word: string;
  readonly nearest: string | undefined;
  readonly known: readonly string[];
}

export interface Count {
  readonly actual: number;
  readonly expected: number;
}

export const MANIFEST_DIAGNOSTICS = {
  JSON_SYNTAX: entry<{ expected: string; found: string }>(
    ({ expected, found }) => `expected ${expected}, found ${found}`,
    () => 'a manifest is strict JSON: double quotes, no comments, no trailing commas',
  ),
  JSON_DUPLICATE_KEY: entry<{ key: string }>(
    ({ key }) => `the key "${key}" stands here twice`,
    () => 'keep one of the two',
  ),
  MANIFEST_UNKNOWN_KEY: entry<Unknown>(
    ({ word }) => `unknown key "${word}"`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
  MANIFEST_MISSING_KEY: entry<{ key: string }>(
    ({ key }) => `the key "${key}" is missing`,
    ({ key }) =>
      key === 'layers'
        ? 'list the layers, or put the manifest beside a .onnx file of the same name'
        : `add "${key}"`,
  ),
  MANIFEST_WRONG_TYPE: entry<{ expected: string; actual: string }>(
    ({ expected, actual }) => `expected ${expected}, found ${actual}`,
    ({ expected }) => `write ${expected} here`,
  ),
  MANIFEST_STATE_DICT: entry<{ file: string }>(
    ({ file }) => `a layer cannot be read from the state dict ${JSON.stringify(file)} as a whole`,
    ({ file }) =>
      `name it once at the top, "weights": ${JSON.stringify(file)}, and here the prefix of the ` +
      'tensors, such as "net.0" for net.0.weight and net.0.bias',
  ),
  ACTIVATION_UNKNOWN: entry<Unknown>(
    ({ word }) => `unknown activation "${word}"`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
  ACTIVATION_COUNT: entry<Count>(
    ({ actual, expected }) => `${actual} activations are given for ${expected} layers`,
    () => 'give one for each layer, or one for all layers but the last',
  ),
  SLOPE_MISPLACED: entry<{ activation: string }>(
    ({ activation }) => `the activation "${activation}" takes no slope`,
    () => 'only "leaky-relu" has a slope',
  ),
  DECISION_UNKNOWN: entry<Unknown>(
    ({ word }) => `unknown decision "${word}"`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
  THRESHOLD_MISPLACED: entry<{ decision: string }>(
    ({ decision }) => `the decision "${decision}" takes no threshold`,
    () => 'write "decision": "threshold", or leave the threshold out',
  ),
  DECISION_NEEDS_ONE_SCORE: entry<{ decision: string; actual: number }>(
    ({ decision, actual }) => `the decision "${decision}" needs 1 output, the model has ${actual}`,
    () => 'use "argmax" or "argmin" for several scores',
  ),
  SHAPE_INVALID: entry<{ found: string }>(
    ({ found }) => `${found} is not an extent`,
    () => 'a shape lists positive whole numbers, such as [28, 28]',
  ),
  SHAPE_TOO_LARGE: entry<{ shape: readonly number[]; largest: number }>(
    ({ shape, largest }) =>
      `the shape ${shape.join('x')} has more cells than the ${largest} that are supported`,
    () => 'is an extent misspelt?',
  ),
  DOMAIN_INVALID: entry<{ problem: string }>(
    ({ problem }) => `not a domain: ${problem}`,
    () =>
      'a domain is a list of numbers, {"min": 0, "max": 1}, "real", or a list of these per cell',
  ),
  DOMAIN_COUNT: entry<Count>(
    ({ actual, expected }) => `${actual} domains are given for an input of ${expected} cells`,
    () => 'give one domain for all cells, or one for each cell',
  ),
  DOMAIN_NO_INDEX: entry<{ input: string; low: number; high: number }>(
    ({ input, low, high }) =>
      `"${input}" serves as an index: its domain is a list of whole numbers from ${low} to ${high}`,
    () => 'leave the domain out to allow every index',
  ),
  AXES_COUNT: entry<Count>(
    ({ actual, expected }) => `${actual} axes are named, the shape has ${expected}`,
    () => 'name every axis of the shape, or none',
  ),
  FEATURES_COUNT: entry<Count>(
    ({ actual, expected }) => `${actual} features are named, the input has ${expected} cells`,
    () => 'name every cell of the input, row-major, or none',
  ),
  NAME_DUPLICATE: entry<{ name: string }>(
    ({ name }) => `the name "${name}" is used twice`,
    () => 'names of inputs, of axes, of features and of labels are distinct',
  ),
  LABELS_COUNT: entry<Count>(
    ({ actual, expected }) => `${actual} labels are given, the decision has ${expected} outcomes`,
    () => 'give one label for each output (two for a threshold), or none',
  ),
  TIE_TOLERANCE_INVALID: entry<{ value: number }>(
    ({ value }) => `the tie tolerance ${value} is not a number from 0 up to, but not including, 1`,
    () => 'the default is 1e-8; 0 means that only an exact 0 is a tie',
  ),
  INPUT_COUNT: entry<Count>(
    ({ actual, expected }) => `${actual} inputs are described, the model has ${expected}`,
    () => 'describe every input in the order of the model',
  ),
  INPUT_SIZE: entry<{ shape: readonly number[]; model: readonly number[] }>(
    ({ shape, model }) =>
      `the shape ${shape.join('x')} does not hold as many cells as the model's ${model.join('x')}`,
    () => 'leave the shape out to use that of the model',
  ),
} as const;
