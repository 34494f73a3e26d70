/**
 * Inputs at which a network's ties occur, for a certificate: plain inputs and probes first, what was found
 * moved along the axes (neurons of one kind often differ by that alone), then sums of input cells that are
 * steered to 0, then walks from the nearest input known. Each one is run, so that it is shown.
 */
import type { PlacedNeuron, TieExample, TiedNeurons, Ties } from '../ir/certificate.js';
import type { CellDomain, InputTensor } from '../ir/model-interface.js';
import { cellDomain, domainHull, sizeOf } from '../ir/model-interface.js';
import type { Layer, StagedNetwork } from '../ir/network.js';
import { createRandom } from '../numeric/random.js';
import type { Probe } from './probes.js';
import { backgroundOf, isWithin, probeFamilies } from './probes.js';
import { createTrace } from './trace.js';
import { forwardWork } from './work.js';

/** Multiplications that the search may take: about two seconds; half of them for drawing probes. */
const WORK = 1e9;
/** Most probes that are drawn. */
const MOST_PROBES = 2048;
/** Steps of one walk, and most walks. */
const WALK_STEPS = 256;
const MOST_WALKS = 64;
const SEED = 1;

/** Looks for an input for each of the neurons in `tied`; `states` is how many states they have together. */
export function findTies(
  network: StagedNetwork,
  tied: readonly PlacedNeuron[],
  states: number,
  shouldStop: () => boolean,
): Ties {
  const search = new TieSearch(network, tied, shouldStop);
  search.probe();
  search.roll();
  search.steer();
  search.walk();
  search.roll();
  return { states, neurons: tied.length, examples: search.examples, withoutExample: search.left() };
}

class TieSearch {
  readonly examples: TieExample[] = [];
  /** Neurons without an example, by layer; those within scans are not looked for. */
  private readonly wanted = new Map<number, Set<number>>();
  private readonly inScans: PlacedNeuron[] = [];
  private readonly trace: (probe: Probe) => readonly Float64Array[];
  private readonly random = createRandom(SEED);
  private readonly seen: Probe[] = [];
  private runs: number;

  constructor(
    private readonly network: StagedNetwork,
    tied: readonly PlacedNeuron[],
    private readonly shouldStop: () => boolean,
  ) {
    this.trace = createTrace(network);
    this.runs = Math.ceil(WORK / (1 + forwardWork(network)));
    for (const place of tied) {
      if (place.inner !== undefined) this.inScans.push(place);
      else this.wanted.set(place.layer, (this.wanted.get(place.layer) ?? new Set()).add(place.neuron)); // prettier-ignore
    }
  }

  /** Every cell at its background, lowest, highest; then probes of every distribution in turn. */
  probe(): void {
    const even = (choose: (domain: CellDomain) => number): Probe =>
      this.network.inputs.map(({ shape, domain }) =>
        Float64Array.from({ length: sizeOf(shape) }, (_, cell) => choose(cellDomain(domain, cell))),
      );
    this.run(even(backgroundOf));
    for (const end of [0, 1]) {
      this.run(even((domain) => (domain.kind === 'real' ? 2 * end - 1 : domainHull(domain)[end])));
    }
    const families = probeFamilies(this.network);
    const count = Math.min(MOST_PROBES, Math.floor(this.runs / 2));
    for (let k = 0; k < count && this.isOpen(); k++) {
      this.run(families[k % families.length].draw(this.random));
    }
  }

  /** Every example, moved along each axis of the inputs by every distance. */
  roll(): void {
    for (const { inputs } of [...this.examples]) {
      const axes = Math.max(...this.network.inputs.map(({ shape }) => shape.length));
      for (let axis = 0; axis < axes; axis++) {
        const extent = Math.max(...this.network.inputs.map(({ shape }) => shape[axis] ?? 1));
        for (let by = 1; by < extent; by++) {
          if (!this.isOpen()) return;
          const moved = inputs.map((cells, k) => rolled(cells, this.network.inputs[k], axis, by));
          if (moved.every((cells) => cells !== undefined)) this.run(moved);
        }
      }
    }
  }

  /** Neurons over input cells: values are chosen cell by cell, so that 0 can still be reached. */
  steer(): void {
    for (const [index, neurons] of this.wanted) {
      const layer = this.network.layers[index];
      if (layer.kind !== undefined) continue;
      if (layer.sources.some((source) => source.kind !== 'input')) continue;
      for (const neuron of [...neurons]) {
        if (!this.isOpen()) return;
        this.run(this.steered(layer, neuron));
      }
    }
  }

  /** From the input at which a neuron's sum is nearest to 0: cells are changed one at a time. */
  walk(): void {
    let walks = 0;
    for (const [index, neurons] of this.wanted) {
      const layer = this.network.layers[index];
      if (layer.kind !== undefined) continue;
      for (const neuron of [...neurons]) {
        if (!this.isOpen() || walks++ >= MOST_WALKS) return;
        if (neurons.has(neuron)) this.walkFor(layer, neuron);
      }
    }
  }

  left(): readonly TiedNeurons[] {
    const open = [...this.wanted].filter(([, neurons]) => neurons.size > 0);
    const inScans = new Map<string, PlacedNeuron[]>();
    for (const place of this.inScans) {
      const key = `${place.layer} ${place.inner ?? ''}`;
      inScans.set(key, [...(inScans.get(key) ?? []), place]);
    }
    return [
      ...open.map(([layer, neurons]) => ({ layer, neurons: rangesText([...neurons]) })),
      ...[...inScans.values()].map((places) => {
        const [{ layer, inner }] = places;
        const neurons = rangesText([...new Set(places.map(({ neuron }) => neuron))]);
        return { layer, ...(inner === undefined ? {} : { inner }), neurons };
      }),
    ];
  }

  private isOpen(): boolean {
    if (this.runs <= 0 || this.shouldStop()) return false;
    return [...this.wanted.values()].some((neurons) => neurons.size > 0);
  }

  /** Runs an input and keeps it where it is a tie of a neuron that has no example yet. */
  private run(probe: Probe): readonly Float64Array[] {
    this.runs--;
    const values = this.trace(probe);
    const ties: TiedNeurons[] = [];
    for (const [layer, neurons] of this.wanted) {
      const found = [...neurons].filter((neuron) => values[layer][neuron] === 0);
      for (const neuron of found) neurons.delete(neuron);
      if (found.length > 0) ties.push({ layer, neurons: rangesText(found) });
    }
    if (ties.length > 0)
      this.examples.push({ inputs: probe.map((cells) => Array.from(cells)), ties });
    else if (this.seen.length < MOST_WALKS) this.seen.push(probe.map((cells) => cells.slice()));
    return values;
  }

  /** Cells of a first layer's row, each set to the value after which the rest can bring the sum nearest to 0. */
  private steered(layer: Layer, neuron: number): Probe {
    const probe = this.network.inputs.map(({ shape, domain }) =>
      Float64Array.from({ length: sizeOf(shape) }, (_, k) => backgroundOf(cellDomain(domain, k))),
    );
    const places = placesOf(this.network, layer);
    const { rowStart, columns, values } = layer.weights;
    const terms = Array.from({ length: rowStart[neuron + 1] - rowStart[neuron] }, (_, k) => {
      const place = places[columns[rowStart[neuron] + k]];
      return { weight: values[rowStart[neuron] + k], ...place };
    }).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
    let sum = layer.bias[neuron];
    for (const { weight, input, cell, domain } of terms) {
      const options = optionsOf(domain, probe[input][cell]);
      const best = options.reduce((nearest, value) =>
        Math.abs(sum + weight * value) < Math.abs(sum + weight * nearest) ? value : nearest,
      );
      probe[input][cell] = best;
      sum += weight * best;
    }
    return probe;
  }

  private walkFor(layer: Layer, neuron: number): void {
    const distance = (probe: Probe): number => {
      const values = this.run(probe);
      const source = layer.sources.flatMap((ref) =>
        Array.from(ref.kind === 'input' ? probe[ref.index] : values[ref.index]),
      );
      return Math.abs(sumOf(layer, neuron, source));
    };
    let [best, least] = [this.seen[0] as Probe | undefined, Infinity];
    for (const probe of this.seen.slice()) {
      if (!this.isOpen()) return;
      const own = distance(probe);
      if (own < least) [best, least] = [probe, own];
    }
    if (best === undefined) return;
    for (let step = 0; step < WALK_STEPS && this.isOpen() && least > 0; step++) {
      const next = this.neighbour(best);
      const own = distance(next);
      if (own <= least) [best, least] = [next, own];
    }
  }

  /** One cell changed, or two: sums of differences often stand still under a single one. */
  private neighbour(probe: Probe): Probe {
    const next = probe.map((cells) => cells.slice());
    const changes = 1 + this.random.below(2);
    for (let k = 0; k < changes; k++) {
      const input = this.random.below(next.length);
      const cell = this.random.below(next[input].length);
      const domain = cellDomain(this.network.inputs[input].domain, cell);
      const options = optionsOf(domain, next[input][cell]);
      next[input][cell] = options[this.random.below(options.length)];
    }
    return next;
  }
}

/** The cells, each moved along one axis, around its end; undefined where that leaves a domain. */
function rolled(
  cells: readonly number[],
  { shape, domain }: InputTensor,
  axis: number,
  by: number,
): Float64Array | undefined {
  const moved = Float64Array.from(cells);
  if (axis >= shape.length) return moved;
  const stride = sizeOf(shape.slice(axis + 1));
  const extent = shape[axis];
  for (let cell = 0; cell < cells.length; cell++) {
    const at = Math.floor(cell / stride) % extent;
    const to = cell + (((at + by) % extent) - at) * stride;
    if (!isWithin(cellDomain(domain, to), cells[cell])) return undefined;
    moved[to] = cells[cell];
  }
  return moved;
}

function sumOf(layer: Layer, neuron: number, source: readonly number[]): number {
  const { rowStart, columns, values } = layer.weights;
  let sum = layer.bias[neuron];
  for (let k = rowStart[neuron]; k < rowStart[neuron + 1]; k++) {
    sum += values[k] * source[columns[k]];
  }
  return sum;
}

/** For each column of a layer that reads inputs: the input, the cell, and its domain. */
function placesOf(network: StagedNetwork, layer: Layer) {
  return layer.sources.flatMap(({ index: input }) => {
    const { shape, domain } = network.inputs[input];
    return Array.from({ length: sizeOf(shape) }, (_, cell) => ({
      input,
      cell,
      domain: cellDomain(domain, cell),
    }));
  });
}

/** Values to choose from: all of a finite domain, else the ends and 0. */
function optionsOf(domain: CellDomain, own: number): readonly number[] {
  if (domain.kind === 'values') return domain.values;
  return domain.kind === 'interval' ? [own, domain.min, domain.max, backgroundOf(domain)] : [own, -1, 0, 1]; // prettier-ignore
}

/** Positions as ranges with both ends: `0..27, 30`. */
export function rangesText(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const number of sorted) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}..${to}`)).join(', ');
}
