/**
 * The target as a network: neurons of equal depth and kind become a layer. Layers that stay keep their
 * neurons, in their order.
 */
import { activationWords } from '../ir/activation-words.js';
import type { Activation, Layer, Network, SparseRows, TensorRef } from '../ir/network.js';
import { sizeOf } from '../ir/model-interface.js';
import type { Form } from './form.js';
import type { Target, TargetNode } from './target.js';

/** A layer of the old network that stays, its rows told over the target; none: as stored. */
export interface KeptLayer {
  readonly layer: number;
  readonly rows: readonly Form[] | undefined;
}

/** Neurons that become one layer, or a layer that stays. */
interface Block {
  readonly depth: number;
  /** Orders blocks of equal depth. */
  readonly kind: string;
  readonly activation: Activation;
  /** The target nodes, one for each row; none for a layer that stays. */
  readonly nodes: readonly number[];
  /** Absent: as stored. */
  readonly rows: readonly Form[] | undefined;
  /** The layer that stays. */
  readonly kept?: number;
}

/** The network of a target; `kept` are in their order. */
export function assemble(network: Network, target: Target, kept: readonly KeptLayer[]): Network {
  return new Assembler(network, target, kept).build();
}

class Assembler {
  private readonly layers: Layer[] = [];
  /** Where each target node lies. */
  private readonly places = new Map<number, { readonly ref: TensorRef; readonly index: number }>();
  private readonly depths = new Map<number, number>();
  private readonly keptDepths = new Map<number, number>();
  /** The new number of each layer that stays. */
  private readonly numbers = new Map<number, number>();

  constructor(
    private readonly network: Network,
    private readonly target: Target,
    private readonly kept: readonly KeptLayer[],
  ) {}

  build(): Network {
    for (const block of this.blocks()) {
      const { kept, rows } = block;
      if (rows !== undefined) this.addBlock(block, rows);
      else if (kept !== undefined) this.addStored(kept);
    }
    const results = this.network.results.map((ref) => this.newRef(ref));
    return { ...this.network, layers: this.layers, results };
  }

  /** By depth; neurons of one kind in the order in which they were made. */
  private blocks(): readonly Block[] {
    const groups = new Map<string, number[]>();
    for (const node of this.neededNodes()) {
      const own = this.target.all[node];
      if (own.kind === 'cell') continue;
      const key = `${this.depthOf(node)} ${activationWords(own.activation)}`;
      groups.set(key, [...(groups.get(key) ?? []), node]);
    }
    const made = [...groups.values()].map((nodes): Block => {
      const forms = nodes.map((node) => this.neuronAt(node));
      const [{ activation }] = forms;
      const depth = this.depthOf(nodes[0]);
      const kind = activationWords(activation);
      return { depth, kind, activation, nodes, rows: forms.map(({ form }) => form) };
    });
    const stay = this.kept.map(({ layer, rows }): Block => {
      const { activation, name } = this.network.layers[layer];
      return {
        depth: this.depthOfKept(layer),
        kind: name,
        activation,
        nodes: [],
        rows,
        kept: layer,
      };
    });
    return [...made, ...stay].sort((a, b) => a.depth - b.depth || compareText(a.kind, b.kind));
  }

  private neuronAt(node: number): Extract<TargetNode, { kind: 'neuron' }> {
    const own = this.target.all[node];
    if (own.kind === 'cell') throw new Error('a cell is no neuron');
    return own;
  }

  /** The neurons that a layer that stays depends on, ascending. */
  private neededNodes(): readonly number[] {
    const needed = new Set<number>();
    const visit = (node: number): void => {
      if (needed.has(node)) return;
      needed.add(node);
      const own = this.target.all[node];
      if (own.kind === 'neuron') own.form.nodes.forEach(visit);
    };
    for (const { rows } of this.kept) rows?.forEach((row) => { row.nodes.forEach(visit); }); // prettier-ignore
    return [...needed].sort((a, b) => a - b);
  }

  private depthOf(node: number): number {
    const known = this.depths.get(node);
    if (known !== undefined) return known;
    const own = this.target.all[node];
    const depth =
      own.kind === 'neuron'
        ? 1 + this.deepest(own.form)
        : own.place.kind === 'input'
          ? 0
          : this.depthOfKept(own.place.tensor);
    this.depths.set(node, depth);
    return depth;
  }

  private deepest({ nodes }: Form): number {
    return nodes.reduce((most, node) => Math.max(most, this.depthOf(node)), 0);
  }

  private depthOfKept(layer: number): number {
    const known = this.keptDepths.get(layer);
    if (known !== undefined) return known;
    const own = this.kept.find(({ layer: other }) => other === layer);
    const below =
      own?.rows === undefined
        ? this.network.layers[layer].sources.map(({ kind, index }) => (kind === 'input' ? 0 : this.depthOfKept(index))) // prettier-ignore
        : own.rows.map((row) => this.deepest(row));
    const depth = 1 + below.reduce((most, next) => Math.max(most, next), 0);
    this.keptDepths.set(layer, depth);
    return depth;
  }

  private newRef(ref: TensorRef): TensorRef {
    return ref.kind === 'input' ? ref : { kind: 'layer', index: this.numbers.get(ref.index) ?? -1 };
  }

  private addStored(layer: number): void {
    const own = this.network.layers[layer];
    this.numbers.set(layer, this.layers.length);
    this.layers.push({ ...own, sources: own.sources.map((ref) => this.newRef(ref)) });
  }

  private addBlock({ activation, nodes, kept }: Block, rows: readonly Form[]): void {
    const number = this.layers.length;
    const sources = this.sourcesOf(rows);
    const weights = this.packRows(rows, sources);
    const stored = kept === undefined ? undefined : this.network.layers[kept];
    const moved = Float64Array.from(rows, ({ error }) => error);
    this.layers.push({
      name: stored?.name ?? `simplified ${number + 1}`,
      sources,
      size: rows.length,
      shape: stored?.shape ?? [rows.length],
      weights,
      bias: Float64Array.from(rows, ({ constant }) => constant),
      activation,
      tieTolerance: stored?.tieTolerance ?? 0,
      ...(moved.some((error) => error > 0) ? { moved } : {}),
    });
    const ref: TensorRef = { kind: 'layer', index: number };
    nodes.forEach((node, index) => this.places.set(node, { ref, index }));
    if (kept !== undefined) this.numbers.set(kept, number);
  }

  private placeOf(node: number): { readonly ref: TensorRef; readonly index: number } {
    const own = this.target.all[node];
    if (own.kind === 'cell') {
      const { kind, tensor, index } = own.place;
      return { ref: this.newRef({ kind, index: tensor }), index };
    }
    const place = this.places.get(node);
    if (place === undefined) throw new Error('a neuron is read before it stands');
    return place;
  }

  /** The tensors that rows read, inputs first, in their order; of rows that read nothing any one. */
  private sourcesOf(rows: readonly Form[]): readonly TensorRef[] {
    const found = new Map<string, TensorRef>();
    for (const { nodes } of rows) {
      for (const node of nodes) {
        const { ref } = this.placeOf(node);
        found.set(`${ref.kind} ${ref.index}`, ref);
      }
    }
    if (found.size === 0) return [{ kind: 'input', index: 0 }];
    return [...found.values()].sort((a, b) => compareText(a.kind, b.kind) || a.index - b.index);
  }

  private packRows(rows: readonly Form[], sources: readonly TensorRef[]): SparseRows {
    const offsets = new Map<string, number>();
    let width = 0;
    for (const { kind, index } of sources) {
      offsets.set(`${kind} ${index}`, width);
      width +=
        kind === 'input' ? sizeOf(this.network.inputs[index].shape) : this.layers[index].size;
    }
    const rowStart = new Uint32Array(rows.length + 1);
    const columns: number[] = [];
    const values: number[] = [];
    rows.forEach(({ nodes, weights }, row) => {
      const entries = nodes.map((node, k): readonly [number, number] => {
        const { ref, index } = this.placeOf(node);
        return [(offsets.get(`${ref.kind} ${ref.index}`) ?? 0) + index, weights[k]];
      });
      entries.sort(([a], [b]) => a - b);
      for (const [column, weight] of entries) {
        columns.push(column);
        values.push(weight);
      }
      rowStart[row + 1] = columns.length;
    });
    return { rowStart, columns: Uint32Array.from(columns), values: Float64Array.from(values) };
  }
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
