/**
 * Where a network and a module part first, at an input at which they differ. A module has no neurons, so the
 * question is put to the network: which neuron that the text does not compute, had it another value, would
 * make the answer the module's?
 */
import type { CellDomain, Domain } from '../ir/model-interface.js';
import type { Layer, Node, StagedNetwork, TensorRef } from '../ir/network.js';
import { magnitudesOf } from '../ir/ties.js';
import type { Counterexample, Parting } from '../ir/verdict.js';
import { createTeacher } from './teacher.js';
import { createTrace } from './trace.js';
import { forwardWork } from './work.js';

/** Multiplications that the search may take: about two seconds. */
const WORK = 1e9;
/** Steps towards the value that a neuron of a continuous activation would need. */
const SOLVE_STEPS = 4;

/**
 * The first place, by layer and position, that accounts for the difference; undefined where none does.
 * `isTold` says of a neuron whether the text computes it too: such a one cannot be where they part.
 */
export function whereParted(
  network: StagedNetwork,
  { inputs, expected, actual, where }: Counterexample,
  tolerance: number,
  isTold: (layer: number, neuron: number) => boolean = () => false,
): Parting | undefined {
  // A scan's further outputs are no tensors that could be handed over.
  if (where !== 'scores' || typeof actual === 'string' || network.layers.some(isScan))
    return undefined;
  const probe = inputs.map((cells) => Float64Array.from(cells));
  const values = createTrace(network)(probe).map((cells) => cells.slice());
  const finals = new Set(network.results.map((ref) => (ref.kind === 'layer' ? ref.index : -1)));
  const search = { network, probe, values, actual, tolerance, work: WORK };
  let untold = 0;
  for (const [index, layer] of network.layers.entries()) {
    if (layer.kind !== undefined || finals.has(index)) continue;
    const candidates = [...layer.bias.keys()].filter((neuron) => !isTold(index, neuron));
    untold += candidates.length;
    const found = partingIn(search, layer, index, candidates);
    if (found !== undefined) return found;
    if (search.work <= 0) return undefined;
  }
  return untold === 0 ? partingAtOutputs(network, expected, actual, tolerance) : undefined;
}

interface Search {
  readonly network: StagedNetwork;
  readonly probe: readonly Float64Array[];
  /** Of all layers at the probe. */
  readonly values: readonly Float64Array[];
  /** What the module answers. */
  readonly actual: readonly number[];
  readonly tolerance: number;
  /** Multiplications left. */
  work: number;
}

/** A neuron of one layer alone, else all of those that have one value together. */
function partingIn(
  search: Search,
  layer: Layer,
  index: number,
  candidates: readonly number[],
): Parting | undefined {
  const { network, values, actual, tolerance } = search;
  const resume = createResume(search, index);
  const cost = 1 + forwardWork(network);
  const answerWith = (neurons: readonly number[], other: number): readonly number[] => {
    search.work -= cost;
    return resume(neurons, other);
  };
  const neededFor = (neurons: readonly number[], value: number): number | undefined => {
    const answerAt = (other: number): readonly number[] => answerWith(neurons, other);
    const options = optionsOf(layer.activation.kind, value);
    if (options === undefined) return solve(answerAt, value, actual, tolerance);
    return options.find((other) => isSame(answerAt(other), actual, tolerance));
  };
  const found: Parting[] = [];
  const place = { kind: 'hidden' as const, layer: index, name: fileName(layer.name) };
  for (const neuron of candidates) {
    if (search.work <= 0) break;
    const value = values[index][neuron];
    const needed = neededFor([neuron], value);
    if (needed !== undefined)
      found.push({ ...place, neuron, value, needed, together: 1, others: 0 });
  }
  if (found.length > 0) return { ...found[0], others: found.length - 1 };
  for (const value of new Set(candidates.map((neuron) => values[index][neuron]))) {
    const alike = candidates.filter((neuron) => values[index][neuron] === value);
    if (alike.length < 2 || search.work <= 0) continue;
    const needed = neededFor(alike, value);
    if (needed !== undefined) return { ...place, neuron: alike[0], value, needed, together: alike.length, others: 0 }; // prettier-ignore
  }
  return undefined;
}

/** The first output that differs, of one tensor. */
function partingAtOutputs(
  network: StagedNetwork,
  expected: readonly number[],
  actual: readonly number[],
  tolerance: number,
): Parting | undefined {
  const [ref, ...more] = network.results;
  if (more.length > 0 || ref.kind === 'input') return undefined;
  const differs = (value: number, k: number): boolean =>
    !(Math.abs(value - actual[k]) <= tolerance);
  const neuron = expected.findIndex(differs);
  if (neuron < 0) return undefined;
  const others = expected.filter(differs).length - 1;
  const name = fileName(network.layers[ref.index].name);
  const [value, needed] = [expected[neuron], actual[neuron]];
  return { kind: 'outputs', layer: ref.index, name, neuron, value, needed, together: 1, others };
}

/** A layer's name without the folders of its file. */
function fileName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
}

function isScan(node: Node): boolean {
  return node.kind === 'scan' || node.kind === 'tap';
}

/** The other values that a neuron may take; undefined for a continuous activation. */
function optionsOf(kind: string, value: number): readonly number[] | undefined {
  if (kind === 'sign') return [-1, 0, 1].filter((other) => other !== value);
  return kind === 'step' ? [1 - value] : undefined;
}

/** The outputs, with some values of a layer replaced by another: what lies behind it is computed anew. */
function createResume(
  { network, probe, values }: Search,
  layer: number,
): (neurons: readonly number[], value: number) => readonly number[] {
  const magnitudes = magnitudesOf(network);
  const known = values.slice(0, layer + 1);
  const count = network.inputs.length;
  const moved = (ref: TensorRef): TensorRef => {
    if (ref.kind === 'input') return ref;
    return ref.index <= layer ? { kind: 'input', index: count + ref.index } : { kind: 'layer', index: ref.index - layer - 1 }; // prettier-ignore
  };
  const teacher = createTeacher({
    ...network,
    inputs: [
      ...network.inputs,
      ...network.layers.slice(0, layer + 1).map(({ name, shape }, index) => ({
        name,
        shape,
        domain: domainWithin(magnitudes.layers[index]),
      })),
    ],
    layers: network.layers.slice(layer + 1).map((node) => rewired(node, moved)),
    results: network.results.map(moved),
  });
  const changed = known[layer].slice();
  return (neurons, value) => {
    changed.set(known[layer]);
    for (const neuron of neurons) changed[neuron] = value;
    return teacher.forward([...probe, ...known.slice(0, layer), changed]).flatMap((one) => Array.from(one)); // prettier-ignore
  };
}

/** The domain that gives the tie rule the magnitudes that it has in the whole network. */
function domainWithin(magnitudes: Float64Array): Domain {
  const cells = Array.from(magnitudes, (size): CellDomain => {
    return Number.isFinite(size) ? { kind: 'interval', min: -size, max: size } : { kind: 'real' };
  });
  return { kind: 'per-cell', cells };
}

/** A node with its sources renamed; scans and their taps do not occur. */
function rewired(node: Node, moved: (ref: TensorRef) => TensorRef): Node {
  return node.kind === 'tap' ? node : { ...node, sources: node.sources.map(moved) };
}

function isSame(answer: readonly number[], wanted: readonly number[], tolerance: number): boolean {
  return answer.length === wanted.length && answer.every((value, k) => Math.abs(value - wanted[k]) <= tolerance); // prettier-ignore
}

/** The value at which the outputs come to what is wanted, by linear steps; undefined where they do not. */
function solve(
  answerAt: (value: number) => readonly number[],
  start: number,
  wanted: readonly number[],
  tolerance: number,
): number | undefined {
  let value = start;
  for (let step = 0; step < SOLVE_STEPS; step++) {
    const here = answerAt(value);
    if (isSame(here, wanted, tolerance)) return value === start ? undefined : value;
    const width = Math.max(1e-3, 1e-3 * Math.abs(value));
    const there = answerAt(value + width);
    let [cross, square] = [0, 0];
    for (let k = 0; k < here.length; k++) {
      const slope = (there[k] - here[k]) / width;
      cross += slope * (wanted[k] - here[k]);
      square += slope * slope;
    }
    if (!(square > 0)) return undefined;
    value += cross / square;
    if (!Number.isFinite(value)) return undefined;
  }
  return isSame(answerAt(value), wanted, tolerance) ? value : undefined;
}
