import { expect, it } from 'vitest';
import { fileOfCell } from '../../../src/cli/cell-files.js';

it.each([
  ['front.csv', 0, 'front.csv'],
  ['front.csv', 2, 'front.2.csv'],
  ['v1.0/state', 1, 'v1.0/state.1'],
  ['../out/a.b.json', 1, '../out/a.b.1.json'],
])('%s of output %d is %s', (path, position, file) => {
  expect(fileOfCell(path, position)).toBe(file);
});
