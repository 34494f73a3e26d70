/**
 * A bound on what a file can make the importer compute and hold. A few bytes can declare an input of a
 * million cells, or ask for one constant a thousand times; so results are counted, and beyond a free
 * amount a file has to be large itself to be allowed large layers.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Place } from '../../diagnostics/diagnostic.js';
import { sizeOf } from '../../ir/model-interface.js';
import { MOST_AXES } from './tensor.js';
import type { Value } from './values.js';

/** Numbers that every model may need: about 800 MB, where all of them are weights of layers. */
const FREE_NUMBERS = 2 ** 26;

/**
 * Numbers for each byte of the files: a weight of one byte (quantised) is read as a constant, becomes
 * the weight of a product, and that product may be counted again with its bias.
 */
const NUMBERS_PER_BYTE = 4;

export class WorkBudget {
  private spent = 0;
  private readonly most: number;

  /** `size`: bytes of the model's files. */
  constructor(private readonly size: number) {
    this.most = FREE_NUMBERS + NUMBERS_PER_BYTE * size;
  }

  /**
   * Counts the numbers of the value called `name`, and its axes, which Reshape and Unsqueeze can multiply.
   *
   * @throws Diagnostic ONNX_TOO_LARGE, ONNX_TENSOR_AXES.
   */
  spend(value: Value, name: string, place: Place): void {
    if (value.shape.length > MOST_AXES) {
      const axes = value.shape.length;
      throw diagnose('ONNX_TENSOR_AXES', place, { tensor: name, axes, most: MOST_AXES });
    }
    this.spent += numbersOf(value);
    if (this.spent > this.most) {
      throw diagnose('ONNX_TOO_LARGE', place, { most: this.most, size: this.size });
    }
  }
}

function numbersOf(value: Value): number {
  if (value.kind === 'constant') return value.data.length;
  const weights = value.form.kind === 'linear' ? value.form.linear.rows.values.length : 0;
  // Where the cells are stored, a layer was made of them, with a bias and at least one weight each.
  return 2 * sizeOf(value.shape) + weights;
}
