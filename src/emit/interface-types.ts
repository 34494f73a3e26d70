/**
 * The module's surface as TypeScript types and words: what `scores` takes and gives, read off the
 * model's interface alone.
 */
import { axisNamesOf } from '../ir/model-interface.js';
import type { InputTensor, ModelInterface, OutputTensor } from '../ir/model-interface.js';
import { plural } from '../ir/words.js';
import { numberText, propertyText } from './numbers.js';

/** Outputs up to this size are typed as tuples (contract). */
const LARGEST_TUPLE = 8;

/** Longer lists of features or labels are left out of comments. */
const MOST_LISTED = 20;

/** The type of a parameter: `number`, `ArrayLike<number>`, `ArrayLike<ArrayLike<number>>`, … */
export function inputType(axes: readonly unknown[]): string {
  return axes.reduce<string>((inner) => `ArrayLike<${inner}>`, 'number');
}

/** The type of one output: a number, a tuple, or (nested) arrays of numbers. */
export function outputType(output: OutputTensor): string {
  const { shape } = output;
  if (isTuple(output)) return `[${Array.from({ length: shape[0] }, () => 'number').join(', ')}]`;
  return `number${'[]'.repeat(shape.length)}`;
}

export function isTuple({ shape }: OutputTensor): boolean {
  return shape.length === 1 && shape[0] <= LARGEST_TUPLE;
}

/** The type that `scores` returns; several outputs are an object keyed by their names. */
export function scoresType({ outputs }: ModelInterface): string {
  if (outputs.length === 1) return outputType(outputs[0]);
  const fields = outputs.map((output) => `${propertyText(output.name)}: ${outputType(output)}`);
  return `{ ${fields.join('; ')} }`;
}

/** `28 rows × 28 columns`, or without names of axes `28 × 28 values`. */
export function shapeWords(input: InputTensor): string {
  const { shape } = input;
  if (shape.length === 0) return 'a number';
  const names = axisNamesOf(input);
  if (names.every((name) => name !== undefined)) {
    return shape.map((extent, axis) => countWords(extent, names[axis])).join(' × ');
  }
  return extentWords(shape);
}

/**
 * An input in words: `28 rows × 28 columns of 0 or 1`, `2 values from 0 to 1 (age, income)`. `shapeText` tells
 * a shape that varies.
 */
export function inputWords(input: InputTensor, shapeText?: string): string {
  const { domain, shape } = input;
  const features = shapeText === undefined ? input.features : undefined;
  const words = [shapeText ?? shapeWords(input)];
  if (domain.kind === 'values')
    words.push(shape.length === 0 ? 'that is' : 'of', anyOf(domain.values));
  if (domain.kind === 'interval') {
    words.push(`from ${numberText(domain.min)} to ${numberText(domain.max)}`);
  }
  if (features !== undefined && features.length <= MOST_LISTED)
    words.push(`(${features.join(', ')})`);
  return words.join(' ');
}

/** An output in words: its labels, or its shape; `shapeText` tells a shape that varies. */
export function outputWords({ labels, shape }: OutputTensor, shapeText?: string): string {
  if (shapeText !== undefined) return shapeText;
  if (labels !== undefined && labels.length <= MOST_LISTED) return labels.join(', ');
  if (shape.length === 0) return 'a number';
  return extentWords(shape);
}

function extentWords(shape: readonly number[]): string {
  return shape.length === 1 ? countWords(shape[0], 'value') : `${shape.join(' × ')} values`;
}

/** `0`, `0 or 1`, `0, 1 or 2`. */
export function anyOf(values: readonly number[]): string {
  const texts = values.map(numberText);
  const last = texts[texts.length - 1];
  return texts.length === 1 ? last : `${texts.slice(0, -1).join(', ')} or ${last}`;
}

/** `1 value`, `5 values`. */
export function countWords(count: number, word: string): string {
  return `${count} ${count === 1 ? word : plural(word)}`;
}
