/**
 * ClusterGraph → Model: every cluster becomes an array-valued definition, every output a list of
 * ± values. Decided here: two-class softmax scores are centred (softmax(a, b) = softmax(s, −s) with
 * s = (a − b) / 2), and outputs that are the negation of another one share its value.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { AxisAccess, Cluster, ClusterGraph, Term } from '../ir/cluster.js';
import { sizeOf } from '../ir/model-interface.js';
import type { OutputTensor } from '../ir/model-interface.js';
import { camelCase } from './words.js';
import { areOpposite, combineGates, gateAt } from './gates.js';
import { axesOfIndex, evaluateIndex, simplifyAccess } from './positions.js';
import { turnSteps } from './turn.js';
import { widenOverHoles } from './widen.js';
import type {
  Gate,
  GateTable,
  GateTerm,
  Model,
  ModelOutput,
  OutputEntry,
  Value,
} from './values.js';

/** The model that a graph describes; see the header for what is decided on the way. */
export function liftGraph(graph: ClusterGraph): Model {
  const lifted = graph.clusters.map((cluster) => liftCluster(graph, cluster));
  const sources = { interface: graph.interface, values: lifted };
  const widened = lifted.map((value) => widenOverHoles(sources, value));
  const shown = new Set(graph.outputs.flatMap((ranks) => ranks.map(({ cluster }) => cluster)));
  const values = [...turnSteps({ interface: graph.interface, values: widened }, shown)];
  const outputs = graph.outputs.map((ranks, index) =>
    liftOutput(graph, values, ranks, graph.interface.outputs[index]),
  );
  return { interface: graph.interface, values, outputs, searches: new Map() };
}

function liftCluster(graph: ClusterGraph, cluster: Cluster): Value {
  const ties = cluster.tieBounds;
  const terms: GateTerm[] = [];
  const tables: GateTable[] = [];
  for (const term of cluster.terms) {
    refuseSoftmaxSource(graph, term);
    const source =
      term.source.kind === 'input' ? term.source : ({ kind: 'value', id: term.source.id } as const);
    if (term.kind === 'table') tables.push({ source, weights: term.weights });
    else if (term.coefficient !== 0) terms.push({ ...liftRegion(graph, cluster, term) });
  }
  const softmax = cluster.activation.kind === 'softmax';
  const range = rangeOfActivation(cluster);
  return {
    id: cluster.id,
    axes: cluster.axes,
    holes: new Set([...cluster.members.keys()].filter((rank) => cluster.members[rank] < 0)),
    gate: {
      terms,
      tables,
      bias: cluster.bias,
      activation: softmax ? { kind: 'identity' } : cluster.activation,
      ...(cluster.snapError === undefined ? {} : { snapError: cluster.snapError }),
      ...(ties === undefined ? {} : { ties }),
    },
    ...(range === undefined ? {} : { range }),
    ...withWord(graph.layerWords?.at(cluster.layer)),
  };
}

function withWord(layerWord: string | undefined): Pick<Value, 'layerWord'> {
  return layerWord === undefined ? {} : { layerWord };
}

/** A softmax belongs to a whole layer; as a source it would need that layer's every value. */
function refuseSoftmaxSource(graph: ClusterGraph, { source }: Term): void {
  if (source.kind === 'input') return;
  const { activation, layer } = graph.clusters[source.id];
  if (activation.kind !== 'softmax') return;
  throw diagnose('NETWORK_HIDDEN_SOFTMAX', { layer }, {});
}

function liftRegion(
  graph: ClusterGraph,
  cluster: Cluster,
  term: Extract<Term, { kind: 'region' }>,
): GateTerm {
  const { source } = term;
  const extents =
    source.kind === 'input'
      ? graph.interface.inputs[source.index].shape
      : graph.clusters[source.id].axes.map((axis) => axis.extent);
  return {
    coefficient: term.coefficient,
    spread: term.spread,
    reference: {
      source: source.kind === 'input' ? source : { kind: 'value', id: source.id },
      accesses: term.region.accesses.map((access, axis) =>
        withoutModulus(simplifyAccess(access, extents[axis], cluster.axes.length), cluster),
      ),
      ...(term.factors === undefined ? {} : { factors: term.factors }),
    },
  };
}

/** On an axis of two, (i + 1) % 2 is 1 − i. */
function withoutModulus(access: AxisAccess, { axes }: Cluster): AxisAccess {
  if (access.kind !== 'at' || access.index.kind !== 'affine') return access;
  const used = axesOfIndex(access.index);
  if (access.index.modulus === undefined || used.length !== 1) return access;
  const [axis] = used;
  if (axes[axis].extent !== 2) return access;
  const point = axes.map(() => 0);
  const first = evaluateIndex(access.index, point);
  const second = evaluateIndex(access.index, point.with(axis, 1));
  const coefficients = point.with(axis, second - first);
  return { ...access, index: { kind: 'affine', constant: first, coefficients } };
}

function rangeOfActivation(cluster: Cluster): readonly number[] | undefined {
  if (cluster.activation.kind === 'sign') return [-1, 0, 1];
  if (cluster.activation.kind === 'step') return [0, 1];
  return undefined;
}

function liftOutput(
  graph: ClusterGraph,
  values: Value[],
  ranks: ClusterGraph['outputs'][number],
  tensor: OutputTensor,
): ModelOutput {
  const softmax = ranks.some(
    ({ cluster }) => graph.clusters[cluster].activation.kind === 'softmax',
  );
  const entries = ranks.map(({ cluster, rank }) => ({ value: cluster, rank, negated: false }));
  if (softmax && entries.length === 2) {
    const centred = centreTwo(values, entries, tensor);
    if (centred !== undefined) return { entries: centred, softmax };
  }
  return { entries: shareOpposites(values, entries, tensor), softmax };
}

/** The two entries of a softmax as s and −s; `undefined` where tables stand in the way. */
function centreTwo(
  values: Value[],
  entries: readonly OutputEntry[],
  tensor: OutputTensor,
): readonly OutputEntry[] | undefined {
  const [first, second] = entries.map((entry) => gateAt(values[entry.value], entry.rank));
  if (first.tables.length > 0 || second.tables.length > 0) return undefined;
  const gate = combineGates([
    { factor: 0.5, gate: first },
    { factor: -0.5, gate: second },
  ]);
  const value = addScalar(values, gate, scoreHint(tensor, 0));
  return [
    { value, rank: 0, negated: false },
    { value, rank: 0, negated: true },
  ];
}

/** Entries of lone gates that are the negation of an earlier entry point to that one's value. */
function shareOpposites(
  values: Value[],
  entries: readonly OutputEntry[],
  tensor: OutputTensor,
): readonly OutputEntry[] {
  const kept: { entry: OutputEntry; gate: Gate }[] = [];
  return entries.map((entry, position) => {
    const value = values[entry.value];
    if (value.axes.length > 0) return entry;
    const opposite = kept.find(({ gate }) => areOpposite(gate, value.gate));
    if (opposite !== undefined) return { ...opposite.entry, negated: true };
    values[entry.value] = { ...value, hint: scoreHint(tensor, position) };
    kept.push({ entry, gate: value.gate });
    return entry;
  });
}

/** `score` where one or two are all, else named by its label or its position. */
function scoreHint(tensor: OutputTensor, position: number): string {
  if (sizeOf(tensor.shape) <= 2) return 'score';
  const label = tensor.labels?.at(position) ?? '';
  if (/\p{L}/u.test(label)) return camelCase(label, 'score');
  return position > 9 ? 'score' : `score${position}`;
}

function addScalar(values: Value[], gate: Gate, hint: string): number {
  const id = values.length;
  values.push({ id, axes: [], holes: new Set(), gate, hint });
  return id;
}
