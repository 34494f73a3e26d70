/**
 * Networks over the cells of regions: their sums, whether enough of them are on, how many regions have
 * enough, whether some or all do; and two families against each other with overlapping regions.
 */
import type { LayerSpec } from '../networks.js';
import type { Point } from '../zoo-tools.js';
import { layerOver, points, zooNetwork } from '../zoo-tools.js';
import type { RegionFamily } from './regions.js';
import { readTruths, truthValue } from './specimen.js';
import type { Flat, Gate, Reader, Specimen } from './specimen.js';

export interface RegionOptions {
  /** `sums` are numbers; the others ask in each region for at least `atLeast` cells. */
  readonly ask: 'sums' | 'each' | 'some' | 'all' | 'how many';
  readonly atLeast?: number;
  readonly gate?: Gate;
}

/** What a network says about each region of a family, or about all of them. */
export function regionSums(family: RegionFamily, options: RegionOptions): Specimen {
  const { shape, members, contains, grid } = family;
  const { ask, atLeast = 2, gate = 'step' } = options;
  const cells = points(shape);
  const weight = (cell: Point, member: Point): number => (contains(cell, member) ? 1 : 0);
  const counts = (input: Flat): number[] =>
    members.map((member) =>
      cells.reduce((sum, cell, index) => (contains(cell, member) ? sum + input[index] : sum), 0),
    );
  const layers: LayerSpec[] = [
    layerOver(
      ask === 'sums' ? 'identity' : gate,
      cells,
      members,
      weight,
      ask === 'sums' ? 0 : 0.5 - atLeast,
    ),
  ];
  if (ask === 'some' || ask === 'all' || ask === 'how many') {
    const constant = ask === 'some' ? -0.5 : ask === 'all' ? 0.5 - members.length : 0;
    const reader: Reader = ask === 'how many' ? 'identity' : gate;
    layers.push(readTruths([{ coefficients: members.map(() => 1), constant }], gate, reader));
  }
  return {
    name: `${family.name} of ${shape.join('×')}, ${ask}${ask === 'sums' ? '' : ` ≥ ${atLeast}`}`,
    network: zooNetwork({
      name: 'regions',
      input: 'image',
      shape,
      layers,
      ...(layers.length === 1 && grid !== undefined ? { output: grid } : {}),
    }),
    reference: (input) => {
      const enough = counts(input).map((count) => count >= atLeast);
      switch (ask) {
        case 'sums':
          return counts(input);
        case 'each':
          return enough.map((truth) => truthValue(truth, gate));
        case 'some':
          return [truthValue(enough.includes(true), gate)];
        case 'all':
          return [truthValue(!enough.includes(false), gate)];
        case 'how many':
          return [enough.filter((truth) => truth).length];
      }
    },
  };
}

/** sign(Σ over one region − Σ over another), for all pairs of members; overlaps cancel. */
export function regionContest(left: RegionFamily, right: RegionFamily): Specimen {
  const cells = points(left.shape);
  const members = left.members.flatMap((a) => right.members.map((b) => [a, b] as const));
  const total = (input: Flat, family: RegionFamily, member: Point): number =>
    cells.reduce(
      (sum, cell, index) => (family.contains(cell, member) ? sum + input[index] : sum),
      0,
    );
  return {
    name: `${left.name} against ${right.name} of ${left.shape.join('×')}`,
    network: zooNetwork({
      name: 'contest',
      input: 'image',
      shape: left.shape,
      layers: [
        layerOver('sign', cells, members, (cell, [a, b]) => Number(left.contains(cell, a)) - Number(right.contains(cell, b)), 0), // prettier-ignore
      ],
      output: [left.members.length, right.members.length],
    }),
    reference: (input) =>
      members.map(([a, b]) => Math.sign(total(input, left, a) - total(input, right, b))),
  };
}
