import { describe, expect, it } from 'vitest';
import { trainEssenceNetwork } from '../../../examples/orientation/essence-network.js';
import { trainingImages, transpose } from '../../../examples/orientation/images.js';
import {
  drawImages,
  OUT_OF_DISTRIBUTION,
} from '../../../examples/orientation/out-of-distribution.js';
import { createTeacher } from '../../../src/verify/teacher.js';
import { chainNetwork } from '../../helpers/networks.js';

/** The trained layers as a network of the Network level. */
function trained(size: number) {
  const kinds = ['sign', 'sign', 'identity'] as const;
  return chainNetwork({
    name: 'orientation',
    input: { name: 'image', shape: [size, size], axes: ['row', 'column'] },
    layers: trainEssenceNetwork(trainingImages(size)).map((layer, index) => ({
      ...layer,
      activation: kinds[index],
    })),
    labels: ['vertical', 'horizontal'],
  });
}

describe('trainEssenceNetwork', () => {
  it('finds the weights that symmetry predicts, up to rounding', () => {
    const size = 8;
    const [differentiae, subconcepts, concepts] = trainEssenceNetwork(trainingImages(size));
    expect(differentiae.rows).toHaveLength(size * size);
    expect(new Set(Array.from(differentiae.bias))).toEqual(new Set([0]));
    expect([...differentiae.rows[3 * size + 5]].filter((weight) => weight !== 0)).toHaveLength(
      2 * size - 2,
    );
    subconcepts.rows.forEach((row, image) => {
      const sign = image < size ? 1 : -1;
      const isOwn = (k: number) =>
        image < size ? Math.floor(k / size) === image : k % size === image - size;
      const unit = sign * row[row.findIndex((_, k) => isOwn(k))];
      row.forEach((weight, k) => {
        const expected = sign * (isOwn(k) ? 1 : 1 - size);
        expect(Math.abs(weight / unit - expected)).toBeLessThan(1e-10);
      });
      // The bias is a tie of the sums, far within the tie tolerance of 1e-8.
      expect(Math.abs(subconcepts.bias[image] / unit + size * (size - 1))).toBeLessThan(1e-10);
    });
    const certainty = 1 / (1 + Math.exp(-2 * 2 * size * concepts.rows[0][0]));
    expect(1 - certainty).toBeCloseTo(1e-10, 15);
    expect([...concepts.rows[1]]).toEqual([...concepts.rows[0].map((weight) => -weight)]);
  });

  it('answers all its training images, at several sizes', () => {
    for (const size of [5, 6, 11]) {
      const teacher = createTeacher(trained(size));
      const wrong = trainingImages(size).filter(
        ({ cells, label }) => teacher.decide(teacher.forward([cells])) !== label,
      );
      expect(wrong).toEqual([]);
    }
  });
});

describe('drawImages', () => {
  for (const set of OUT_OF_DISTRIBUTION) {
    it(`is balanced, binary and seeded: ${set.name}`, () => {
      for (const size of [5, 12, 28, 40]) {
        const images = [...drawImages(set, size, 60, 9)];
        expect(images).toEqual([...drawImages(set, size, 60, 9)]);
        expect(images.filter(({ label }) => label === 0)).toHaveLength(30);
        for (const { cells } of images) {
          expect(cells).toHaveLength(size * size);
          expect(cells.every((cell) => cell === 0 || cell === 1)).toBe(true);
          expect(cells.includes(1)).toBe(true);
        }
        const pictures = new Set(images.map(({ cells }) => cells.join('')));
        expect(pictures.size).toBeGreaterThan(10);
      }
    });
  }

  it('draws bars of some length along their own direction', () => {
    for (const set of OUT_OF_DISTRIBUTION) {
      for (const { cells, label } of drawImages(set, 20, 200, 3)) {
        const upright = label === 0 ? cells : transpose(cells, 20);
        const lit = [...upright.keys()].filter((cell) => upright[cell] === 1);
        const rows = lit.map((cell) => Math.floor(cell / 20));
        const columns = lit.map((cell) => cell % 20);
        const extent = (values: number[]) => Math.max(...values) - Math.min(...values) + 1;
        // A slanted bar reaches as far aside as down, plus its thickness of at most 4.
        if (!set.name.startsWith('dotted')) {
          expect(extent(columns)).toBeLessThanOrEqual(extent(rows) + 4);
        }
        expect(extent(rows)).toBeGreaterThanOrEqual(set.name === 'dotted diagonal' ? 2 : 5);
      }
    }
  });

  it('leaves no gap in plain diagonals and no fill in outlines', () => {
    const [diagonal, , , outline] = OUT_OF_DISTRIBUTION;
    for (const { cells, label } of drawImages(diagonal, 28, 100, 1)) {
      const upright = label === 0 ? cells : transpose(cells, 28);
      const widths = Array.from({ length: 28 }, (_, row) =>
        upright.subarray(row * 28, row * 28 + 28).reduce((sum, cell) => sum + cell, 0),
      ).filter((width) => width > 0);
      expect(new Set(widths).size).toBe(1);
      expect(widths.length).toBeGreaterThanOrEqual(Math.max(7, 2 * widths[0]));
    }
    for (const { cells } of drawImages(outline, 28, 100, 1)) {
      const inner = [...cells.keys()].filter(
        (cell) => cells[cell] === 1 && [1, -1, 28, -28].every((step) => cells[cell + step] === 1),
      );
      expect(inner).toEqual([]);
    }
  });
});

describe('transpose', () => {
  it('exchanges rows and columns', () => {
    expect([...transpose(Float64Array.of(1, 2, 3, 4), 2)]).toEqual([1, 3, 2, 4]);
  });
});
