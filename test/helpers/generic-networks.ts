/** Networks of one problem at any size, square or not, for tests of modules with symbolic sizes. */
import { chainNetwork } from './networks.js';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';

/**
 * The orientation network of an image of any shape, as maximum margins give it: with R rows and C
 * columns the subconcept of column c is sign(R · B_c − (R − 1) · T − C · (R − 1)), that of row r
 * −sign(C · B_r − (C − 1) · T + R · (C − 1)), where B and T are balances of differentiae. At R = C it is
 * the network of `orientationNetwork`.
 */
export function orientationRectangle(rows: number, columns: number): Network {
  const cells = rows * columns;
  const row = (weightAt: (row: number, column: number) => number): Float64Array =>
    Float64Array.from({ length: cells }, (_, k) => weightAt(Math.floor(k / columns), k % columns));
  const differentiae = Array.from({ length: cells }, (_, k) => {
    const [own, line] = [k % columns, Math.floor(k / columns)];
    return row((r, c) => (c === own ? 1 : 0) - (r === line ? 1 : 0));
  });
  const subconcepts = [
    ...Array.from({ length: columns }, (_, own) => row((_r, c) => (c === own ? 1 : 1 - rows))),
    ...Array.from({ length: rows }, (_, own) => row((r) => (r === own ? -1 : columns - 1))),
  ];
  const bias = subconcepts.map((_, k) =>
    k < columns ? -columns * (rows - 1) : -rows * (columns - 1),
  );
  const concept = Float64Array.from(subconcepts, (_, k) => (k < columns ? 0.20565 : -0.20565));
  return chainNetwork({
    name: 'orientation',
    input: { name: 'image', shape: [rows, columns], axes: ['row', 'column'] },
    layers: [
      { rows: differentiae, bias: new Float64Array(cells), activation: 'sign' },
      { rows: subconcepts, bias, activation: 'sign' },
      { rows: [concept, concept.map((weight) => -weight)], bias: [0, 0], activation: 'identity' },
    ],
    labels: ['vertical', 'horizontal'],
  });
}

/** Images of every density and bars with some cells flipped, half and half; 0/1, row-major. */
export function drawImages(rows: number, columns: number, count: number): Float64Array[] {
  const random = createRandom(rows * 1000 + columns);
  return Array.from({ length: count }, (_, index) => {
    const density = random.unit() ** 2;
    if (index % 2 === 0) {
      return Float64Array.from({ length: rows * columns }, () => (random.unit() < density ? 1 : 0));
    }
    const vertical = random.unit() < 0.5;
    const position = random.below(vertical ? columns : rows);
    const flips = 0.2 * density;
    return Float64Array.from({ length: rows * columns }, (_cell, k) => {
      const at = vertical ? k % columns : Math.floor(k / columns);
      return (at === position) !== random.unit() < flips ? 1 : 0;
    });
  });
}
