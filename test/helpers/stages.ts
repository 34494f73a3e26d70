/**
 * Networks of stages, as importers build them: one stage for each thing that is no weighted sum, over small
 * tensors, so that their modules can be proved, broken and enumerated in tests.
 */
import type { CellDomain, Domain } from '../../src/ir/model-interface.js';
import type { Layer, Stage, StagedNetwork, TensorRef } from '../../src/ir/network.js';
import {
  add,
  compare,
  conditional,
  divide,
  helper,
  math,
  multiply,
  negate,
  num,
  power,
  reduction,
  ref,
  subtract,
  symbol,
} from '../../src/ir/program-builders.js';
import type { Expression, ReductionOperation } from '../../src/ir/program.js';
import { stageOf } from '../../src/ir/stage.js';
import type { Operand, Read } from '../../src/ir/stage.js';

export const UNIT_INTERVAL: CellDomain = { kind: 'interval', min: -1, max: 1 };

/** Inputs in order, and stages or layers that read them and each other. */
export function stagedNetwork(
  name: string,
  inputs: readonly { readonly name: string; readonly shape: readonly number[]; readonly domain: Domain }[],
  layers: readonly (Layer | Stage)[],
): StagedNetwork {
  const last = layers[layers.length - 1];
  return {
    name,
    source: 'sha256:test',
    inputs,
    outputs: [{ name: 'scores', shape: last.shape }],
    decision: { kind: 'none' },
    layers,
    results: [{ kind: 'layer', index: layers.length - 1 }],
    parameters: 0,
    warnings: [],
  };
} // prettier-ignore

export function input(index: number, shape: readonly number[], hint = 'x'): Operand {
  return { kind: 'tensor', ref: { kind: 'input', index }, stored: shape, shape, hint };
}

export function tensor(index: number, shape: readonly number[], hint: string): Operand {
  const source: TensorRef = { kind: 'layer', index };
  return { kind: 'tensor', ref: source, stored: shape, shape, hint };
}

export function table(shape: readonly number[], data: readonly number[], hint = 'weights'): Operand {
  return { kind: 'constant', shape, data: Float64Array.from(data), hint };
} // prettier-ignore

/** One value for each cell, from the cells at the same place. */
export function cellwise(
  name: string,
  shape: readonly number[],
  operands: readonly Operand[],
  body: (...cells: readonly Expression[]) => Expression,
): Stage {
  return stageOf({ name, shape, operands }, (at, reads) => body(...reads.map((read) => read(at))));
}

/** A network of one stage over inputs x (and z) of one shape. */
export function cellNetwork(
  name: string,
  domain: Domain,
  body: (...cells: readonly Expression[]) => Expression,
  count = 1,
  shape: readonly number[] = [3],
): StagedNetwork {
  const inputs = ['x', 'z'].slice(0, count).map((one) => ({ name: one, shape, domain }));
  const operands = inputs.map((one, index) => input(index, shape, one.name));
  return stagedNetwork(name, inputs, [cellwise(name, shape, operands, body)]);
}

/** A reduction over one axis, with its iterator. */
export function over(
  operation: ReductionOperation,
  count: number,
  body: (at: Expression) => Expression,
): Expression {
  const iterator = symbol('k');
  return reduction(operation, iterator, num(0), num(count), body(ref(iterator)));
}

/** max or min over windows of `size` × `size` cells, `stride` apart, padded by `pad` cells. */
export function poolNetwork(
  operation: 'max' | 'min',
  domain: Domain,
  { extent, size, stride, pad }: { extent: number; size: number; stride: number; pad: number },
): StagedNetwork {
  const count = Math.floor((extent + 2 * pad - size) / stride) + 1;
  const shape = [count, count];
  /** The cells of a window that lie inside, from its first to its last. */
  const window = (start: Expression, body: (at: Expression) => Expression) => {
    const iterator = symbol('k');
    const [from, to] = pad === 0 ? [start, add(start, num(size))] : [math('max', num(0), start), math('min', num(extent), add(start, num(size)))];
    return reduction(operation, iterator, from, to, body(ref(iterator)));
  }; // prettier-ignore
  const startOf = (at: Expression) => subtract(multiply(at, num(stride)), num(pad));
  const stage = stageOf(
    { name: `${operation}Pool`, shape, operands: [input(0, [extent, extent], 'image')] },
    ([row, column], [image]) =>
      window(startOf(row), (y) => window(startOf(column), (x) => image([y, x]))),
  );
  return stagedNetwork('pool', [{ name: 'image', shape: [extent, extent], domain }], [stage]);
}

/** The mean over windows of `size` cells in a row. */
export function averageNetwork(domain: Domain, extent: number, size: number): StagedNetwork {
  const shape = [extent - size + 1];
  const stage = stageOf({ name: 'mean', shape, operands: [input(0, [extent])] }, ([i], [x]) =>
    divide(
      over('sum', size, (k) => x([add(i, k)])),
      num(size),
    ),
  );
  return stagedNetwork('average', [{ name: 'x', shape: [extent], domain }], [stage]);
}

/** A convolution of an image with a square kernel of real weights, and a product with itself. */
export function convolutionNetwork(domain: Domain, extent: number, size: number): StagedNetwork {
  const count = extent - size + 1;
  const weights = Array.from({ length: size * size }, (_, k) => Math.sin(3 * k + 1) / 2);
  const operands = [input(0, [extent, extent], 'image'), table([size, size], weights, 'kernel')];
  const convolution = stageOf({ name: 'convolution', shape: [count, count], operands }, ([i, j], [image, kernel]) =>
    over('sum', size, (k) => over('sum', size, (l) => multiply(image([add(i, k), add(j, l)]), kernel([k, l]))))); // prettier-ignore
  const square = cellwise('square', [count, count], [tensor(0, [count, count], 'convolution')], (x) => multiply(x, x)); // prettier-ignore
  const inputs = [{ name: 'image', shape: [extent, extent], domain }];
  return stagedNetwork('convolution', inputs, [convolution, square]);
}

/** Log-softmax of every row. */
export function logSoftmaxNetwork(domain: Domain, rows: number, columns: number): StagedNetwork {
  const shape = [rows, columns];
  const logits = input(0, shape, 'logits');
  const largest = tensor(0, [rows], 'largest');
  const total = tensor(1, [rows], 'total');
  return stagedNetwork('logSoftmax', [{ name: 'logits', shape, domain }], [
    stageOf({ name: 'largest', shape: [rows], operands: [logits] }, ([i], [x]) => over('max', columns, (k) => x([i, k]))),
    stageOf({ name: 'total', shape: [rows], operands: [logits, largest] }, ([i], [x, most]) => over('sum', columns, (k) => math('exp', subtract(x([i, k]), most([i]))))),
    stageOf({ name: 'logSoftmax', shape, operands: [logits, largest, total] }, ([i, j], [x, most, sum]) => subtract(subtract(x([i, j]), most([i])), math('log', sum([i])))),
  ]); // prettier-ignore
}

/** Every row less its mean, over its standard deviation. */
export function layerNormNetwork(domain: Domain, rows: number, columns: number): StagedNetwork {
  const shape = [rows, columns];
  const mean = (x: Read, i: Expression) => divide(over('sum', columns, (k) => x([i, k])), num(columns)); // prettier-ignore
  const centred = stageOf({ name: 'centred', shape, operands: [input(0, shape)] }, ([i, j], [x]) =>
    subtract(x([i, j]), mean(x, i)),
  );
  const normal = stageOf({ name: 'normal', shape, operands: [tensor(0, shape, 'centred')] }, ([i, j], [x]) => {
    const squares = over('sum', columns, (k) => power(x([i, k]), num(2)));
    return divide(x([i, j]), math('sqrt', add(divide(squares, num(columns)), num(1e-5))));
  }); // prettier-ignore
  return stagedNetwork('layerNorm', [{ name: 'x', shape, domain }], [centred, normal]);
}

/** The body of a function of one number, by its name. */
export const FUNCTIONS_OF_ONE: Readonly<Record<string, (x: Expression) => Expression>> = {
  clip: (x) => math('min', math('max', x, num(-0.5)), num(0.75)),
  hardSigmoid: (x) => math('max', num(0), math('min', num(1), add(multiply(num(0.2), x), num(0.5)))), // prettier-ignore
  hardSwish: (x) => multiply(x, math('max', num(0), math('min', num(1), add(divide(x, num(6)), num(0.5))))), // prettier-ignore
  softplus: (x) => add(math('max', x, num(0)), math('log1p', math('exp', negate(math('abs', x))))), // prettier-ignore
  softsign: (x) => divide(x, add(num(1), math('abs', x))),
  elu: (x) => conditional(compare('>', x, num(0)), x, multiply(num(1.5), math('expm1', x))),
  sigmoid: (x) => helper('sigmoid', x),
  gelu: (x) => multiply(multiply(num(0.5), x), add(num(1), helper('erf', divide(x, num(Math.SQRT2))))), // prettier-ignore
  erf: (x) => helper('erf', x),
  round: (x) => helper('roundHalfEven', multiply(num(4), x)),
  floor: (x) => math('floor', multiply(num(4), x)),
  ceil: (x) => math('ceil', multiply(num(4), x)),
  trunc: (x) => math('trunc', multiply(num(4), x)),
  cube: (x) => power(x, num(3)),
  root: (x) => math('sqrt', add(x, num(1))),
  power: (x) => power(add(x, num(2)), num(1.5)),
  inverse: (x) => divide(num(1), add(x, num(3))),
  tanh: (x) => math('tanh', x),
  sign: (x) => math('sign', x),
};
