/** Whether two networks are one as stored: the same nodes with the same numbers, whatever they are called. */
import type {
  Activation, Layer, Node, Scan, Stage, StagedNetwork, TensorRef,
} from '../ir/network.js'; // prettier-ignore
import { operandsOf } from '../ir/program-walk.js';
import type { Expression, ProgramSymbol } from '../ir/program.js';
import { sameNumbers } from './domains.js';

/** Compares all layers, stages and scans, and which tensors are results; names and domains left out. */
export function sameWeights(old: StagedNetwork, fresh: StagedNetwork): boolean {
  return (
    old.layers.length === fresh.layers.length &&
    old.layers.every((node, k) => sameNode(node, fresh.layers[k])) &&
    sameRefs(old.results, fresh.results)
  );
}

function sameNode(old: Node, fresh: Node): boolean {
  if (old.kind !== fresh.kind || !sameNumbers(old.shape, fresh.shape)) return false;
  if (!sameRefs(old.sources, fresh.sources)) return false;
  if (old.kind === undefined && fresh.kind === undefined) return sameLayer(old, fresh);
  if (old.kind === 'stage' && fresh.kind === 'stage') return sameStage(old, fresh);
  if (old.kind === 'scan' && fresh.kind === 'scan') return sameScan(old, fresh);
  return old.kind === 'tap' && fresh.kind === 'tap' && old.output === fresh.output;
}

/** Whether two activations are the same function. */
export function sameActivation(old: Activation, fresh: Activation): boolean {
  return JSON.stringify(old) === JSON.stringify(fresh);
}

function sameLayer(old: Layer, fresh: Layer): boolean {
  return (
    old.tieTolerance === fresh.tieTolerance &&
    sameActivation(old.activation, fresh.activation) &&
    sameArrays(old.bias, fresh.bias) &&
    sameArrays(old.weights.values, fresh.weights.values) &&
    sameArrays(old.weights.columns, fresh.weights.columns) &&
    sameArrays(old.weights.rowStart, fresh.weights.rowStart)
  );
}

function sameScan(old: Scan, fresh: Scan): boolean {
  const plain = ({ steps, reversed, feeds, outputs }: Scan): string =>
    JSON.stringify({ steps, reversed, feeds: feeds.map(told), outputs });
  const told = (feed: Scan['feeds'][number]): unknown =>
    feed.kind === 'state' && typeof feed.first !== 'number'
      ? { ...feed, first: Array.from(feed.first) }
      : feed;
  return plain(old) === plain(fresh) && sameWeights(old.body, fresh.body);
}

function sameRefs(old: readonly TensorRef[], fresh: readonly TensorRef[]): boolean {
  return (
    old.length === fresh.length &&
    old.every(({ kind, index }, k) => kind === fresh[k].kind && index === fresh[k].index)
  );
}

function sameArrays(old: ArrayLike<number>, fresh: ArrayLike<number>): boolean {
  if (old.length !== fresh.length) return false;
  for (let k = 0; k < old.length; k++) if (!Object.is(old[k], fresh[k])) return false;
  return true;
}

function sameStage(old: Stage, fresh: Stage): boolean {
  const declared = ({ parameters, tables, iterators }: Stage): readonly ProgramSymbol[] => [
    ...parameters,
    ...tables.map(({ symbol }) => symbol),
    ...iterators,
  ];
  const [one, two] = [declared(old), declared(fresh)];
  const sameTypes =
    old.parameters.length === fresh.parameters.length &&
    old.tables.length === fresh.tables.length &&
    one.length === two.length &&
    one.every(({ type }, k) => sameNumbers(type.extents, two[k].type.extents));
  if (!sameTypes) return false;
  if (!old.tables.every(({ values }, k) => sameArrays(values, fresh.tables[k].values)))
    return false;
  const partner = new Map(one.map((symbol, k) => [symbol, two[k]]));
  return sameExpression(old.body, fresh.body, partner);
}

function sameExpression(
  old: Expression,
  fresh: Expression,
  partner: Map<ProgramSymbol, ProgramSymbol>,
): boolean {
  if (old.kind === 'reduction' && fresh.kind === 'reduction') {
    partner.set(old.iterator, fresh.iterator);
  }
  if (!sameHead(old, fresh, partner)) return false;
  const [one, two] = [operandsOf(old), operandsOf(fresh)];
  return one.length === two.length && one.every((part, k) => sameExpression(part, two[k], partner));
}

/** Whether two expressions are of one kind and one operator, and read the same symbol. */
function sameHead(
  old: Expression,
  fresh: Expression,
  partner: ReadonlyMap<ProgramSymbol, ProgramSymbol>,
): boolean {
  switch (old.kind) {
    case 'number':
      return fresh.kind === 'number' && Object.is(old.value, fresh.value);
    case 'boolean':
      return fresh.kind === 'boolean' && old.value === fresh.value;
    case 'symbol':
      return fresh.kind === 'symbol' && partner.get(old.symbol) === fresh.symbol;
    case 'element':
      return fresh.kind === 'element' && partner.get(old.array) === fresh.array;
    case 'unary':
      return fresh.kind === 'unary' && old.operator === fresh.operator;
    case 'binary':
      return fresh.kind === 'binary' && old.operator === fresh.operator;
    case 'math':
      return fresh.kind === 'math' && old.function === fresh.function;
    case 'helper':
      return fresh.kind === 'helper' && old.helper === fresh.helper;
    case 'reduction':
      return (
        fresh.kind === 'reduction' && old.operation === fresh.operation && old.step === fresh.step
      );
    case 'conditional':
    case 'array':
      return fresh.kind === old.kind;
  }
}
