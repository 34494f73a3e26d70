import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { parse } from '../../src/parse/index.js';

describe('compile', () => {
  it('refuses networks of more weights than fit into one text, before it does anything else', async () => {
    const small = await parse({ 'a.csv': '1,2\n3,4\n0,0\n' });
    const count = 2 ** 22 + 1;
    const weights = {
      rowStart: Uint32Array.of(0, count),
      columns: new Uint32Array(count),
      values: new Float64Array(count),
    };
    const layers = new Array<(typeof small.layers)[number]>(4).fill({
      ...small.layers[0],
      weights,
    });
    await expect(compile({ ...small, layers })).rejects.toMatchObject({
      code: 'NETWORK_TOO_LARGE',
      message: `the network has ${4 * count} weights that are not 0, more than the 16777216 that fit into memory`,
    });
  });
});
