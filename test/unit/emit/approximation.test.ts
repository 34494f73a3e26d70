/** What the comment above `scores`, and `network`, say of modules that approximate. */
import { describe, expect, it } from 'vitest';
import { emitProgram } from '../../../src/emit/index.js';
import type { Approximation } from '../../../src/ir/fidelity.js';
import type { InputTensor, ModelInterface } from '../../../src/ir/model-interface.js';
import { add, array, element, giveBack, symbol } from '../../../src/ir/program-builders.js';
import { compilerMessages } from '../../helpers/emitted-text.js';

const ROWS: Approximation = {
  complexity: 3,
  fidelity: 0.75,
  measured: { kind: 'rows', count: 120 },
  ranges: [[0, 10], [1, 1], [-2.5, 4]], // prettier-ignore
};

async function codeOf(
  input: Partial<InputTensor>,
  approximation: Approximation,
  change: Partial<ModelInterface> = {},
): Promise<string> {
  const model: ModelInterface = {
    name: 'houses',
    source: 'sha256:test',
    inputs: [{ name: 'house', shape: [3], domain: { kind: 'real' }, ...input }],
    outputs: [{ name: 'price', shape: [1] }],
    decision: { kind: 'none' },
    ...change,
  };
  const { shape } = model.inputs[0];
  const house = symbol('house', 'number', shape);
  const at = (place: number) => element(house, ...shape.map((extent) => Math.min(place, extent - 1))); // prettier-ignore
  const program = {
    interface: model,
    parameters: [house],
    tables: [],
    body: [giveBack(array(add(at(2), at(0))))],
  };
  const { code } = await emitProgram(program, { verdict: 'approximate', tolerance: 0, approximation }); // prettier-ignore
  expect(compilerMessages(code)).toEqual([]);
  return code;
}

/** The comment, without its stars. */
function commentOf(code: string): string {
  const [, text] = /\/\*\*\n([^]*?)\n \*\/\nexport function scores/.exec(code) ?? [];
  return text.replace(/^ \* /gm, '');
}

describe('an approximate module', () => {
  it('of a table names the column, the rows and the ranges that it reads', async () => {
    const code = await codeOf({ features: ['area', 'floors', 'age'] }, ROWS);
    expect(commentOf(code)).toBe(`An approximation of price.
Complexity 3; fidelity 0.75 (R² on 120 rows).
\`house\`: 3 values; it reads area from 0 to 10, age from -2.5 to 4.`);
    expect(code).toContain(`  verdict: 'approximate',
  complexity: 3,
  fidelity: 0.75,
  measured: { rows: 120 },
  ranges: [
    [0, 10],
    [1, 1],
    [-2.5, 4],
  ],
} as const;`);
  });

  it('of a target names it, and cells without names by their place', async () => {
    const code = await codeOf(
      { shape: [3, 3], domain: { kind: 'values', values: [0, 1] } },
      {
        target: { layer: 2, neuron: 4 },
        complexity: 3,
        fidelity: 1,
        measured: { kind: 'probes', count: 500, seed: 1 },
      },
      { outputs: [{ name: 'neuron 4 of dense', shape: [1] }] },
    );
    expect(commentOf(code)).toBe(`An approximation of neuron 4 of dense.
Complexity 3; fidelity 1 in range (R² on 500 random inputs).
\`house\`: 3 rows × 3 columns; it reads [0][0] (0 or 1), [2][2] (0 or 1).`);
    expect(code).toContain('target: { layer: 2, neuron: 4 },');
    expect(code).toContain('measured: { probes: 500, seed: 1 },');
  });

  it('cannot be broken by what things are called', async () => {
    const code = await codeOf(
      { features: ['a */ b', 'b\n', 'c'] },
      { ...ROWS, target: { output: "it's */\n", cell: 0 } },
      { outputs: [{ name: 'p */ \n q', shape: [1] }] },
    );
    expect(commentOf(code)).toContain('An approximation of p * / q.');
  });
});
