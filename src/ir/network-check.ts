/**
 * Which networks are legal. The check runs after parsing and in tests of everything that builds
 * networks; what it accepts, later levels need not look at again.
 */
import { isExtreme, neutralBias } from './activation-words.js';
import { cellDomain, sizeOf } from './model-interface.js';
import type { CellDomain, InputTensor } from './model-interface.js';
import { scanShape } from './network.js';
import type {
  Layer,
  Node,
  Scan,
  SparseRows,
  Stage,
  StagedNetwork,
  Tap,
  TensorRef,
} from './network.js';
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
  network.layers.forEach((node, index) => problems.push(...checkNode(network, node, index)));
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

function* checkNode(network: StagedNetwork, node: Node, index: number): Generator<string> {
  switch (node.kind) {
    case undefined:
      yield* checkLayer(network, node, index);
      break;
    case 'stage':
      yield* checkStage(network, node, index);
      break;
    case 'scan':
      yield* checkScan(network, node, index);
      break;
    case 'tap':
      yield* checkTap(network, node, index);
      break;
  }
}

function* checkLayer(network: StagedNetwork, layer: Layer, index: number): Generator<string> {
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

/** Where the body's inputs come from, what the scan keeps, and the body itself. */
function* checkScan(network: StagedNetwork, scan: Scan, index: number): Generator<string> {
  const name = `scan ${index}`;
  const { steps, feeds, body, outputs, sources } = scan;
  if (!(Number.isSafeInteger(steps) && steps > 0)) yield `${name}: ${steps} steps`;
  if (feeds.length !== body.inputs.length) {
    yield `${name}: ${feeds.length} feeds for ${body.inputs.length} inputs of its body`;
    return;
  }
  const sourceSize = (source: number): number | undefined => {
    const ref = sources.at(source);
    return ref === undefined ? undefined : tensorSize(network, ref, index);
  };
  for (const [position, feed] of feeds.entries()) {
    const size = sizeOf(body.inputs[position].shape);
    const what = `${name}, input ${position} of its body`;
    if (feed.kind === 'state') {
      const next = body.results.at(feed.next);
      const given = typeof feed.first === 'number' ? sourceSize(feed.first) : feed.first.length;
      if (given !== size) yield `${what}: ${given ?? 'no'} first values for ${size} cells`;
      if (next === undefined || tensorSize(body, next, body.layers.length) !== size) {
        yield `${what}: result ${feed.next} is not its next value`;
      }
    } else {
      const wanted = feed.kind === 'row' ? steps * size : size;
      const given = sourceSize(feed.source);
      if (given !== wanted) yield `${what}: ${given ?? 'no'} cells, not ${wanted}`;
    }
  }
  if (outputs.length === 0) yield `${name}: no outputs`;
  for (const output of outputs) {
    if (feeds.at(output.state)?.kind !== 'state') yield `${name}: output of no state`;
    else if (output === outputs[0]) yield* checkKept(name, scan, scan, output);
  }
  for (const problem of checkNetwork(body)) yield `${name}, body: ${problem}`;
}

function* checkTap(network: StagedNetwork, tap: Tap, index: number): Generator<string> {
  const name = `tap ${index}`;
  const [source] = tap.sources;
  const scan =
    tensorSize(network, source, index) === undefined ? undefined : nodeAt(network, source);
  if (scan?.kind !== 'scan') {
    yield `${name}: no scan stands before it`;
    return;
  }
  const output = scan.outputs.at(tap.output);
  if (output === undefined) yield `${name}: the scan has no output ${tap.output}`;
  else yield* checkKept(name, tap, scan, output);
}

function nodeAt({ layers }: StagedNetwork, { kind, index }: TensorRef): Node | undefined {
  return kind === 'layer' ? layers[index] : undefined;
}

/** Whether a tensor has the extents of what a scan keeps for it. */
function* checkKept(
  name: string,
  { shape, size }: Scan | Tap,
  scan: Scan,
  output: Scan['outputs'][number],
): Generator<string> {
  const wanted = scanShape(scan, output);
  const same = shape.length === wanted.length && shape.every((own, axis) => own === wanted[axis]);
  if (!same || size !== sizeOf(wanted)) {
    yield `${name}: the shape ${shape.join('x')} is not ${wanted.join('x')}`;
  }
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
