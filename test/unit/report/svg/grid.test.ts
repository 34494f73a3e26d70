import { describe, expect, it } from 'vitest';
import { drawGrid } from '../../../../src/report/svg/grid.js';

const ROOM = { width: 8, height: 8 };

describe('drawGrid', () => {
  it('merges equal cells of a row and leaves out what is not there', () => {
    const weights = Float64Array.of(2, 2, 0, NaN, -2, -1);
    const { box, block } = drawGrid({ rows: 2, columns: 3, weights }, 2, { width: 30, height: 30 });
    expect(block).toEqual([1, 1]);
    expect([box.width, box.height]).toEqual([30, 20]);
    expect(box.draw(5, 6)).toBe(
      '<rect class="empty" x="5" y="6" width="30" height="20"/>' +
        '<path class="m3" d="M25 16h10v10h-10z"/>' +
        '<path class="m5" d="M15 16h10v10h-10z"/>' +
        '<path class="p5" d="M5 6h20v10h-20z"/>' +
        '<path class="page" d="M5 16h10v10h-10z"/>' +
        '<path class="lines" d="M5 16h30M15 6v20M25 6v20"/>',
    );
  });

  it('shows the largest of each block where cells would be too small', () => {
    const weights = new Float64Array(8 * 6);
    weights[0] = 1;
    weights[7] = -3;
    weights[47] = 2;
    const { box, block } = drawGrid({ rows: 8, columns: 6, weights }, 3, ROOM);
    expect(block).toEqual([2, 2]);
    expect([box.width, box.height]).toEqual([6, 8]);
    expect(box.draw(0, 0)).toBe(
      '<rect class="empty" x="0" y="0" width="6" height="8"/>' +
        '<path class="m5" d="M0 0h2v2h-2z"/>' +
        '<path class="p4" d="M4 6h2v2h-2z"/>',
    );
  });
});
