/** Diagnostics of state dicts, whatever their file format: names, shapes, numbers. */
import { entry } from '../entry.js';
import { listNames, quoteName } from '../show-names.js';

/** Names of tensors are listed up to this many. */
const MOST_NAMES = 12;

/** A tensor and the shape it has. */
export interface ShapedTensor {
  readonly tensor: string;
  readonly shape: readonly number[];
}

/** A number of a tensor; the position counts from 0, as one would write it in PyTorch. */
export interface PlacedNumber {
  readonly tensor: string;
  readonly position: readonly number[];
  readonly value: string;
}

export const STATE_DICT_DIAGNOSTICS = {
  STATE_DICT_ALONE: entry<{ file: string }>(
    ({ file }) => `${quoteName(file)} holds weights only, not how the layers follow one another`,
    ({ file }) =>
      `write a manifest beside it with the layers and "weights": ${quoteName(baseOf(file))}, ` +
      'and name that',
  ),
  STATE_DICT_ENDING: entry<{ file: string }>(
    ({ file }) => `${quoteName(file)} is not the name of a state dict`,
    () => 'name a .pth, .pt or .safetensors file here; CSV files are named layer by layer',
  ),
  STATE_DICT_NAME: entry<{
    name: string;
    file: string;
    nearest: string | undefined;
    known: readonly string[];
  }>(
    ({ name, file }) => `${file} has no tensor ${quoteName(name)}`,
    ({ nearest, known }) =>
      (nearest === undefined ? '' : `did you mean ${quoteName(nearest)}? `) +
      `the file has ${listNames(known, MOST_NAMES)}`,
  ),
  STATE_DICT_NOT_DENSE: entry<ShapedTensor & { file: string }>(
    ({ tensor, shape }) =>
      `${quoteName(tensor)} has the shape ${extents(shape)}, ` +
      'but the weight of a dense layer is [outputs, inputs]',
    () => 'layers of other kinds need an .onnx export; a manifest describes dense layers',
  ),
  STATE_DICT_BIAS: entry<ShapedTensor & { weight: string; outputs: number }>(
    ({ tensor, shape, weight, outputs }) =>
      `${quoteName(tensor)} has the shape ${extents(shape)}, but ${quoteName(weight)} has ${outputs} outputs`,
    () => 'the bias of a dense layer has one number for each output',
  ),
  STATE_DICT_CHAIN: entry<ShapedTensor & { inputs: number; previous: string; outputs: number }>(
    ({ tensor, shape, inputs, previous, outputs }) =>
      `${quoteName(tensor)} has the shape ${extents(shape)} and takes ${inputs} inputs, ` +
      `but the layer before it (${quoteName(previous)}) has ${outputs} outputs`,
    () => 'check the order of the layers; PyTorch stores a weight as [outputs, inputs]',
  ),
  STATE_DICT_INPUT: entry<
    ShapedTensor & { inputs: number; shapes: readonly (readonly number[])[]; cells: number }
  >(
    ({ tensor, shape, inputs, shapes, cells }) =>
      `${quoteName(tensor)} has the shape ${extents(shape)} and takes ${inputs} inputs, ` +
      `but an input of shape ${shapes.map(extents).join(' and ')} has ${cells} cells`,
    () => 'correct the shape, or name another layer first',
  ),
  STATE_DICT_NOT_FINITE: entry<PlacedNumber>(
    ({ tensor, position, value }) => `${quoteName(tensor)}[${position.join(', ')}] is ${value}`,
    () => 'weights are finite; did the training diverge?',
  ),
  STATE_DICT_NOT_EXACT: entry<PlacedNumber>(
    ({ tensor, position, value }) =>
      `${quoteName(tensor)}[${position.join(', ')}] is ${value}, which no double is`,
    () => 'weights are held as doubles; save the tensor as float64 if it may be rounded',
  ),
  STATE_DICT_TOO_LARGE: entry<{ actual: number; limit: number }>(
    ({ actual }) => `the layers have ${actual} numbers together, far more than the file stores`,
    ({ limit }) =>
      'layers that share numbers, and views that repeat them, are supported up to ' +
      `${limit} numbers in a file of this size`,
  ),
} as const;

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function extents(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
