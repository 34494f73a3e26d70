/**
 * Which networks are legal. The check runs after parsing and in tests of everything that builds
 * networks; what it accepts, later levels need not look at again.
 */
import { isExtreme, neutralBias } from './activation-words.js';
import { cellDomain, sizeOf } from './model-interface.js';
import type { CellDomain, InputTensor } from './model-interface.js';
import type { Layer, SparseRows, Stage, StagedNetwork, TensorRef } from './network.js';
import { operandsOf } from './program-walk.js';
import { stageProblems } from './stage-ranges.js';
import type { Expression, ProgramSymbol } from './program.js';

/** More problems than this in one network say nothing new. */
const MOST_PROBLEMS = 20;

/**
 * What is illegal about a network, one sentence each; empty for a legal one. At most 20 problems are
 * listed.
 */
export function checkNetwork(network: StagedNetwork): readonly string[] {
  const problems: string[] = [];
  network.inputs.forEach((input, index) => problems.push(...checkInput(input, index)));
  network.layers.forEach((layer, index) => problems.push(...checkLayer(network, layer, index)));
  problems.push(...checkOutputs(network));
  return problems.slice(0, MOST_PROBLEMS);
}

function* checkInput(input: InputTensor, index: number): Generator<string> {
  const name = `input ${index}`;
  yield* checkExtents(name, input.shape);
  const size = sizeOf(input.shape);
  if (input.axes !== undefined && input.axes.length !== input.shape.length) {
    yield `${name}: ${input.axes.length} axes for ${input.shape.length} extents`;
  }
  if (input.features !== undefined && input.features.length !== size) {
    yield `${name}: ${input.features.length} features for ${size} cells`;
  }
  if (input.domain.kind !== 'per-cell') {
    yield* checkDomain(name, input.domain);
  } else if (input.domain.cells.length !== size) {
    yield `${name}: ${input.domain.cells.length} domains for ${size} cells`;
  } else {
    for (let cell = 0; cell < size; cell++) {
      yield* checkDomain(`${name}, cell ${cell}`, cellDomain(input.domain, cell));
    }
  }
}

function* checkDomain(name: string, domain: CellDomain): Generator<string> {
  if (domain.kind === 'values') {
    const { values } = domain;
    if (values.length === 0) yield `${name}: the domain is empty`;
    if (!values.every(Number.isFinite)) yield `${name}: a value of the domain is not finite`;
    if (values.some((value, k) => k > 0 && !(values[k - 1] < value))) {
      yield `${name}: the values of the domain are not ascending`;
    }
  } else if (domain.kind === 'interval') {
    const { min, max } = domain;
    if (!(min <= max && Number.isFinite(min) && Number.isFinite(max))) {
      yield `${name}: [${min}, ${max}] is no interval`;
    }
  }
}

function* checkExtents(name: string, shape: readonly number[]): Generator<string> {
  if (!shape.every((extent) => Number.isSafeInteger(extent) && extent > 0)) {
    yield `${name}: the shape ${shape.join('x')} has an extent that is no positive integer`;
  }
}

function* checkLayer(
  network: StagedNetwork,
  layer: Layer | Stage,
  index: number,
): Generator<string> {
  if (layer.kind === 'stage') {
    yield* checkStage(network, layer, index);
    return;
  }
  const name = `layer ${index}`;
  yield* checkExtents(name, layer.shape);
  if (sizeOf(layer.shape) !== layer.size) {
    yield `${name}: the shape ${layer.shape.join('x')} does not hold ${layer.size} neurons`;
  }
  if (layer.bias.length !== layer.size) yield `${name}: ${layer.bias.length} biases`;
  const neutral = neutralBias(layer.activation);
  const wrong = layer.bias.findIndex((bias) => !Number.isFinite(bias) && bias !== neutral);
  if (wrong >= 0) yield `${name}: the bias of neuron ${wrong} is ${layer.bias[wrong]}`;
  if (!(layer.tieTolerance >= 0 && layer.tieTolerance < 1)) {
    yield `${name}: the tie tolerance is ${layer.tieTolerance}`;
  }
  if (layer.activation.kind === 'leaky-relu' && !Number.isFinite(layer.activation.slope)) {
    yield `${name}: the slope is ${layer.activation.slope}`;
  }
  if (layer.activation.kind === 'clamp') {
    const { low, high } = layer.activation;
    if (!(low < high && Number.isFinite(high - low)))
      yield `${name}: no clamp from ${low} to ${high}`;
  }
  if (layer.moved !== undefined && layer.moved.length !== layer.size) {
    yield `${name}: ${layer.moved.length} bounds on how far neurons are moved`;
  }
  if (isExtreme(layer.activation)) yield* checkComparison(network, layer, name);
  if (layer.sources.length === 0) yield `${name}: no sources`;
  let width = 0;
  for (const source of layer.sources) {
    const size = tensorSize(network, source, index);
    if (size === undefined) yield `${name}: no ${source.kind} ${source.index} stands before it`;
    else width += size;
  }
  yield* checkRows(name, layer.weights, layer.size, width);
}

function* checkComparison(network: StagedNetwork, layer: Layer, name: string): Generator<string> {
  const { rowStart } = layer.weights;
  const neutral = neutralBias(layer.activation);
  const empty = layer.bias.findIndex((bias, k) => bias === neutral && rowStart[k] === rowStart[k + 1]); // prettier-ignore
  if (empty >= 0) yield `${name}: neuron ${empty} compares nothing`;
  for (const { kind, index } of layer.sources) {
    const source = kind === 'layer' ? network.layers.at(index) : undefined;
    if (source?.kind === undefined && isDiscrete(source))
      yield `${name}: it compares values of layer ${index}`;
  }
}

function isDiscrete(layer: Layer | undefined): boolean {
  return layer?.activation.kind === 'sign' || layer?.activation.kind === 'step';
}

function* checkStage(network: StagedNetwork, stage: Stage, index: number): Generator<string> {
  const name = `stage ${index}`;
  yield* checkExtents(name, stage.shape);
  if (sizeOf(stage.shape) !== stage.size) {
    yield `${name}: the shape ${stage.shape.join('x')} does not hold ${stage.size} cells`;
  }
  if (stage.iterators.length !== stage.shape.length) {
    yield `${name}: ${stage.iterators.length} iterators for ${stage.shape.length} axes`;
  }
  if (stage.parameters.length !== stage.sources.length) {
    yield `${name}: ${stage.parameters.length} parameters for ${stage.sources.length} sources`;
  }
  for (const [position, source] of stage.sources.entries()) {
    const size = tensorSize(network, source, index);
    const parameter = stage.parameters.at(position);
    if (size === undefined) yield `${name}: no ${source.kind} ${source.index} stands before it`;
    else if (parameter !== undefined && sizeOf(parameter.type.extents) !== size) {
      yield `${name}: '${parameter.hint}' does not have the extents of its source`;
    }
  }
  const known = new Set<ProgramSymbol>([
    ...stage.parameters,
    ...stage.tables.map(({ symbol }) => symbol),
    ...stage.iterators,
  ]);
  const unknown = [...freeSymbols(stage.body, known)];
  for (const symbol of unknown) yield `${name}: '${symbol.hint}' is unknown`;
  const isWhole = unknown.length === 0 && stage.iterators.length === stage.shape.length;
  if (isWhole) for (const problem of stageProblems(stage)) yield `${name}: ${problem}`;
}

/** The symbols that an expression reads and nobody declares. */
function* freeSymbols(
  expression: Expression,
  known: ReadonlySet<ProgramSymbol>,
): Generator<ProgramSymbol> {
  const own =
    expression.kind === 'symbol'
      ? expression.symbol
      : expression.kind === 'element'
        ? expression.array
        : undefined;
  if (own !== undefined && !known.has(own)) yield own;
  const inner = expression.kind === 'reduction' ? new Set([...known, expression.iterator]) : known;
  for (const operand of operandsOf(expression)) yield* freeSymbols(operand, inner);
}

function* checkRows(
  name: string,
  rows: SparseRows,
  size: number,
  width: number,
): Generator<string> {
  const { rowStart, columns, values } = rows;
  if (rowStart.length !== size + 1) {
    yield `${name}: ${rowStart.length - 1} weight rows for ${size} neurons`;
    return;
  }
  if (rowStart[0] !== 0 || rowStart[size] !== columns.length || columns.length !== values.length) {
    yield `${name}: the weight rows do not cover the weights`;
    return;
  }
  for (let neuron = 0; neuron < size; neuron++) {
    const problem = problemOfRow(rows, neuron, width);
    if (problem !== undefined) yield `${name}, neuron ${neuron}: ${problem}`;
  }
}

function problemOfRow(rows: SparseRows, neuron: number, width: number): string | undefined {
  const { rowStart, columns, values } = rows;
  const from = rowStart[neuron];
  const to = rowStart[neuron + 1];
  if (to < from) return 'the weight row ends before it begins';
  for (let k = from; k < to; k++) {
    if (columns[k] >= width) return `column ${columns[k]} of ${width}`;
    if (k > from && columns[k] <= columns[k - 1]) return 'the columns are not ascending';
    if (!Number.isFinite(values[k])) return `the weight of column ${columns[k]} is ${values[k]}`;
    if (values[k] === 0) return `a zero is stored for column ${columns[k]}`;
  }
  return undefined;
}

function* checkOutputs(network: StagedNetwork): Generator<string> {
  const { outputs, results, layers } = network;
  if (outputs.length === 0) yield 'no outputs';
  if (results.length !== outputs.length) {
    yield `${results.length} results for ${outputs.length} outputs`;
    return;
  }
  for (let index = 0; index < outputs.length; index++) {
    const name = `output ${index}`;
    yield* checkExtents(name, outputs[index].shape);
    const size = tensorSize(network, results[index], layers.length);
    if (size === undefined)
      yield `${name}: there is no ${results[index].kind} ${results[index].index}`;
    else if (size !== sizeOf(outputs[index].shape)) {
      yield `${name}: the shape ${outputs[index].shape.join('x')} does not hold ${size} values`;
    }
  }
}

/** The size of a tensor that a layer at `before` may read; `undefined` when there is none. */
function tensorSize(network: StagedNetwork, ref: TensorRef, before: number): number | undefined {
  if (!Number.isInteger(ref.index) || ref.index < 0) return undefined;
  if (ref.kind === 'layer') return ref.index < before ? network.layers[ref.index].size : undefined;
  return ref.index < network.inputs.length ? sizeOf(network.inputs[ref.index].shape) : undefined;
}
