/**
 * Reads a network as forms: every neuron of a piecewise-linear hidden layer becomes a sum of hinges and
 * of what stands before it. Pairs r(z), r(−z) that only carry z vanish here, so do units that never
 * switch on the domain; a tree of comparisons becomes hinges of hinges.
 */
import { verbatimLayers } from '../ir/feeds.js';
import { cellDomain, sizeOf } from '../ir/model-interface.js';
import type { Activation, Layer, Network, Neuron, TensorRef } from '../ir/network.js';
import type { Form } from './form.js';
import { FormSum, combine, constantForm, nodeForm, slackOf } from './form.js';
import type { Line } from './lines.js';
import { Lines } from './lines.js';
import type { Nodes } from './nodes.js';
import { rangeOfActivation, rangeOfDomain } from './nodes.js';
import { countReaders } from './readers.js';
import { rectified, splineOf } from './spline.js';

/** A network as forms. */
export interface Reading {
  readonly nodes: Nodes;
  readonly lines: Lines;
  /** For each layer that stays one and has other rows now, the pre-activation of each neuron. */
  readonly rows: ReadonlyMap<number, readonly Form[]>;
  /** Layers that stay as they are stored. */
  readonly verbatim: ReadonlySet<number>;
  /** The node of every neuron of layers that stay. */
  readonly cells: ReadonlyMap<number, readonly number[]>;
  readonly inputs: readonly (readonly number[])[];
  readonly off: readonly Neuron[];
  readonly on: readonly Neuron[];
  /** Units that bend, less the hinges that tell them all. */
  readonly mergedUnits: number;
  /** Linear hidden layers that became part of their readers. */
  readonly linearLayers: number;
}

/** Forms may hold this many times the network's weights, and some more. */
const MAX_GROWTH = 4;
const FREE_TERMS = 2 ** 16;

/**
 * Reads a network; `undefined` when its forms would grow too large. Units that are always on become
 * sums in all readers, or, when `isSparing`, only where that takes no more weights.
 */
export function readNetwork(
  network: Network,
  nodes: Nodes,
  isSparing: boolean,
): Reading | undefined {
  const reader = new Reader(network, nodes, isSparing);
  return reader.read() ? reader : undefined;
}

class Reader implements Reading {
  readonly lines: Lines;
  readonly rows = new Map<number, readonly Form[]>();
  readonly verbatim: ReadonlySet<number>;
  readonly cells = new Map<number, readonly number[]>();
  readonly inputs: readonly (readonly number[])[];
  readonly off: Neuron[] = [];
  readonly on: Neuron[] = [];
  linearLayers = 0;
  private bentUnits = 0;
  private readonly values: (readonly Form[])[] = [];
  private readonly kept: ReadonlySet<number>;
  private terms = 0;
  private readonly limit: number;

  constructor(
    private readonly network: Network,
    readonly nodes: Nodes,
    private readonly isSparing: boolean,
  ) {
    this.lines = new Lines(nodes);
    this.verbatim = verbatimLayers(network);
    this.kept = keptLayers(network, this.verbatim);
    this.inputs = network.inputs.map(({ shape, domain }, tensor) =>
      Array.from({ length: sizeOf(shape) }, (_, index) =>
        nodes.addCell({ kind: 'input', tensor, index }, rangeOfDomain(cellDomain(domain, index))),
      ),
    );
    const weights = network.layers.reduce((sum, layer) => sum + layer.weights.values.length, 0);
    this.limit = MAX_GROWTH * weights + FREE_TERMS;
  }

  get mergedUnits(): number {
    return Math.max(0, this.bentUnits - this.nodes.units);
  }

  read(): boolean {
    for (const [index, layer] of this.network.layers.entries()) {
      const sums = this.verbatim.has(index) ? undefined : this.sumsOf(layer);
      if (this.terms > this.limit) return false;
      if (sums === undefined || this.kept.has(index)) this.keep(index, sums);
      else this.values.push(this.activate(index, sums));
    }
    return true;
  }

  /** The neurons of a layer as nodes of their own. */
  private keep(tensor: number, sums: readonly Form[] | undefined): void {
    const { activation, size } = this.network.layers[tensor];
    const own = Array.from({ length: size }, (_, index) => {
      const z = sums === undefined ? { low: -Infinity, high: Infinity } : this.nodes.rangeOf(sums[index]); // prettier-ignore
      const range = rangeOfActivation(activation, z);
      return this.nodes.addCell({ kind: 'layer', tensor, index }, range);
    });
    this.cells.set(tensor, own);
    if (sums !== undefined) this.rows.set(tensor, sums);
    this.values.push(own.map(nodeForm));
  }

  private valueOf({ kind, index }: TensorRef): readonly Form[] {
    return kind === 'input' ? this.inputs[index].map(nodeForm) : this.values[index];
  }

  private sumsOf(layer: Layer): readonly Form[] {
    const sources = layer.sources.flatMap((ref) => this.valueOf(ref));
    const { rowStart, columns, values } = layer.weights;
    return Array.from({ length: layer.size }, (_, neuron) => {
      const sum = new FormSum(this.nodes);
      for (let k = rowStart[neuron]; k < rowStart[neuron + 1]; k++) {
        const source = sources[columns[k]];
        this.terms += source.nodes.length;
        if (this.terms > this.limit) return constantForm(0);
        sum.addForm(source, values[k]);
      }
      sum.addConstant(layer.bias[neuron]);
      return sum.finish();
    });
  }

  private activate(index: number, sums: readonly Form[]): readonly Form[] {
    const { activation } = this.network.layers[index];
    const straight = this.straightUnits(index, sums);
    if (activation.kind === 'identity' && straight.size === sums.length) this.linearLayers++;
    const slope = activation.kind === 'leaky-relu' ? activation.slope : 0;
    const partners = slope === 0 ? undefined : this.partnersOf(sums);
    return sums.map((z, neuron): Form => {
      const place = { layer: index, index: neuron };
      if (straight.has(neuron)) {
        if (activation.kind !== 'identity' && z.nodes.length > 0) this.on.push(place);
        return z;
      }
      if (activation.kind === 'identity') return nodeForm(this.nodes.addNeuron(activation, z));
      const { low, high } = this.nodes.rangeOf(z);
      if (high <= 0) {
        if (z.nodes.length > 0) this.off.push(place);
        return combine(this.nodes, [z, slope]);
      }
      // Always on, and left: as a sum it would take more weights.
      if (low >= 0) return nodeForm(this.nodes.addNeuron(activation, z));
      const isAlone = partners?.has(neuron) === false;
      return isAlone ? nodeForm(this.nodes.addNeuron(activation, z)) : this.bent(z, slope);
    });
  }

  /** (1 − slope) · r(z) + slope · z. */
  private bent(z: Form, slope: number): Form {
    if (z.nodes.length === 0) {
      // A number up to its tail.
      const own = z.constant > 0 ? z.constant : slope * z.constant;
      const steepest = Math.max(1, Math.abs(slope));
      return this.nodes.blurred(constantForm(own), steepest * slackOf(z, this.nodes));
    }
    this.bentUnits++;
    const spline = splineOf(z, this.nodes, this.lines);
    const hinges =
      spline === undefined
        ? this.lines.unit(z, this.lines.place(z))
        : rectified(spline, this.nodes, this.lines);
    return slope === 0 ? hinges : combine(this.nodes, [hinges, 1 - slope], [z, slope]);
  }

  /** Neurons of a leaky layer that share a line: alone, a leaky unit reads better than a sum of hinges. */
  private partnersOf(sums: readonly Form[]): ReadonlySet<number> {
    const byLine = new Map<Line, number[]>();
    sums.forEach((z, neuron) => {
      const { low, high } = this.nodes.rangeOf(z);
      if (z.nodes.length === 0 || low >= 0 || high <= 0) return;
      const { line } = this.lines.place(z);
      byLine.set(line, [...(byLine.get(line) ?? []), neuron]);
    });
    return new Set([...byLine.values()].filter((group) => group.length > 1).flat());
  }

  /**
   * Neurons that are sums and may be taken into their readers: constants and copies always, others
   * where all together take no more weights than before.
   */
  private straightUnits(index: number, sums: readonly Form[]): ReadonlySet<number> {
    const { activation } = this.network.layers[index];
    const straight = sums.flatMap((z, neuron) => {
      const isSum = activation.kind === 'identity' || this.nodes.rangeOf(z).low >= 0;
      return isSum || z.nodes.length === 0 ? [neuron] : [];
    });
    const many = straight.filter((neuron) => sums[neuron].nodes.length > 1);
    const few = straight.filter((neuron) => sums[neuron].nodes.length <= 1);
    const isConstant = (z: Form): boolean => z.nodes.length === 0 && z.constant > 0;
    const always = few.filter((neuron) => sums[neuron].nodes.length === 1 || activation.kind === 'identity' || isConstant(sums[neuron])); // prettier-ignore
    if (many.length === 0) return new Set(always);
    if (!this.isSparing && activation.kind !== 'identity') return new Set([...always, ...many]);
    const { readers, reads } = countReaders(this.network, index, new Set(many));
    const support = new Set(many.flatMap((neuron) => sums[neuron].nodes)).size;
    const weights = many.reduce((sum, neuron) => sum + sums[neuron].nodes.length, 0);
    return new Set(readers * support <= weights + reads ? [...always, ...many] : always);
  }
}

/** Layers whose neurons are nodes of their own: results, what stays as stored, and what bends smoothly. */
function keptLayers(network: Network, verbatim: ReadonlySet<number>): ReadonlySet<number> {
  const results = network.results.flatMap(({ kind, index }) => (kind === 'layer' ? [index] : []));
  const smooth = network.layers.flatMap(({ activation }, index) =>
    PIECEWISE.has(activation.kind) ? [] : [index],
  );
  return new Set([...results, ...smooth, ...verbatim]);
}

const PIECEWISE: ReadonlySet<Activation['kind']> = new Set(['identity', 'relu', 'leaky-relu']);
