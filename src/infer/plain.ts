/**
 * A network of layers as the plainest program there is: each neuron starts at its bias and adds weight
 * times input in the order of the inputs. No structure is looked for, so that rounding can follow the
 * network's own order.
 */
import type { Layer, Network, TensorRef } from '../ir/network.js';
import { interfaceOf } from '../ir/network.js';
import { sizeOf } from '../ir/model-interface.js';
import {
  accumulate,
  allocate,
  array,
  assign,
  compare,
  conditional,
  constant,
  element,
  giveBack,
  helper,
  loop,
  math,
  multiply,
  num,
  ref,
  symbol,
  variable,
} from '../ir/program-builders.js';
import type { Expression, Program, ProgramSymbol, Statement, Table } from '../ir/program.js';
import { iteratorHints } from './lower/lowering.js';
import { runPasses } from './passes/index.js';
import { camelCase } from './words.js';

/** The program; its tables hold every weight, those that are 0 as well. */
export function plainProgram(network: Network): Program {
  const parameters = network.inputs.map((input) =>
    symbol(camelCase(input.name) || 'input', 'number', input.shape),
  );
  const values: ProgramSymbol[] = [];
  const tables: Table[] = [];
  const body: Statement[] = [];
  const tensor = ({ kind, index }: TensorRef): ProgramSymbol =>
    kind === 'input' ? parameters[index] : values[index];
  for (const layer of network.layers) {
    values.push(lowerLayer(layer, layer.sources.map(tensor), tables, body));
  }
  const results = network.results.map((result) => ref(tensor(result)));
  const program: Program = {
    interface: interfaceOf(network),
    parameters,
    tables,
    body: [...body, giveBack(results.length === 1 ? results[0] : array(...results))],
  };
  return runPasses(program, { tolerance: 0 });
}

/** Appends a layer's loops and tables; gives the symbol that holds its result. */
function lowerLayer(
  layer: Layer,
  sources: readonly ProgramSymbol[],
  tables: Table[],
  body: Statement[],
): ProgramSymbol {
  const { shape, size, activation } = layer;
  const target = symbol(shape.length === 0 ? 'unit' : 'units', 'number', shape);
  const rows = iterators(shape.length, 0);
  const places = rows.map((row) => ref(row));
  const named = layer.word === undefined ? {} : { layer: layer.word };
  const biases = {
    ...symbol('unitBiases', 'number', shape.length === 0 ? [1] : shape),
    ...named,
  };
  tables.push({ symbol: biases, values: Float64Array.from(layer.bias) });
  const sum = symbol('sum');
  const inner: Statement[] = [
    variable(sum, shape.length === 0 ? element(biases, 0) : element(biases, ...places)),
  ];
  let offset = 0;
  for (const source of sources) {
    const { extents } = source.type;
    const width = sizeOf(extents);
    const weights = { ...symbol('unitWeights', 'number', [...shape, ...extents]), ...named };
    if (shape.length + extents.length === 0) {
      inner.push(accumulate(sum, [], multiply(num(weightAt(layer, 0, offset)), ref(source))));
    } else {
      tables.push({ symbol: weights, values: denseBlock(layer, offset, width) });
      const columns = iterators(extents.length, shape.length);
      const indices = columns.map((column) => ref(column));
      const product = multiply(
        element(weights, ...places, ...indices),
        element(source, ...indices),
      );
      inner.push(...nest(columns, extents, [accumulate(sum, [], product)]));
    }
    offset += width;
  }
  if (size === 1 && shape.length === 0) {
    body.push(...inner, constant(target, activated(layer, ref(sum))));
    return target;
  }
  inner.push(assign(target, places, '=', activated(layer, ref(sum))));
  body.push(allocate(target), ...nest(rows, shape, inner));
  if (activation.kind !== 'softmax') return target;
  const shares = symbol('shares', 'number', shape);
  body.push(constant(shares, helper('softmax', ref(target))));
  return shares;
}

function iterators(count: number, from: number): readonly ProgramSymbol[] {
  const hints = iteratorHints(new Array<undefined>(from + count).fill(undefined));
  return hints.slice(from).map((hint) => symbol(hint));
}

function nest(
  loops: readonly ProgramSymbol[],
  extents: readonly number[],
  body: readonly Statement[],
): readonly Statement[] {
  return loops.reduceRight<readonly Statement[]>(
    (inner, iterator, axis) => [loop(iterator, 0, extents[axis], inner)],
    body,
  );
}

/** The weights of all neurons for the columns of one source, zeros filled in. */
function denseBlock({ weights, size }: Layer, offset: number, width: number): Float64Array {
  const block = new Float64Array(size * width);
  for (let neuron = 0; neuron < size; neuron++) {
    for (let k = weights.rowStart[neuron]; k < weights.rowStart[neuron + 1]; k++) {
      const column = weights.columns[k] - offset;
      if (column >= 0 && column < width) block[neuron * width + column] = weights.values[k];
    }
  }
  return block;
}

function weightAt({ weights }: Layer, neuron: number, column: number): number {
  for (let k = weights.rowStart[neuron]; k < weights.rowStart[neuron + 1]; k++) {
    if (weights.columns[k] === column) return weights.values[k];
  }
  return 0;
}

/** The activation of a sum; softmax, which is of all sums together, is left to do. */
function activated({ activation }: Layer, sum: Expression): Expression {
  switch (activation.kind) {
    case 'identity':
    case 'softmax':
      return sum;
    case 'relu':
      return math('max', num(0), sum);
    case 'abs':
      return math('abs', sum);
    case 'clamp':
      return math('min', math('max', sum, num(activation.low)), num(activation.high));
    case 'max':
    case 'min':
      throw new TypeError(
        'layers compare only after simplification, which the plain program goes without',
      );
    case 'leaky-relu':
      return conditional(compare('>', sum, num(0)), sum, multiply(num(activation.slope), sum));
    case 'tanh':
      return math('tanh', sum);
    case 'sigmoid':
      return helper('sigmoid', sum);
    case 'sign':
      return math('sign', sum);
    case 'step':
      return conditional(compare('>', sum, num(0)), num(1), num(0));
  }
}
