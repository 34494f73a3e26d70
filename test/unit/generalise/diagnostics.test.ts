/** Sizes that cannot become symbols are refused with the place where they part. */
import { describe, expect, it } from 'vitest';
import { Diagnostic, renderDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { generaliseProgram } from '../../../src/generalise/index.js';
import {
  accumulate, array, compare, conditional, element, giveBack, loop, num, ref, symbol, variable,
} from '../../../src/ir/program-builders.js'; // prettier-ignore
import type { Expression, Program } from '../../../src/ir/program.js';

interface Options {
  readonly features?: boolean;
  readonly labels?: readonly string[];
  readonly table?: readonly number[];
}

/** Counts cells and compares the count with `threshold`, unless another `result` is given. */
function counting(size: number, threshold: number, options: Options = {}): Program {
  const cells = symbol('cells', 'number', [size]);
  const total = symbol('total');
  const i = symbol('i');
  const table = symbol('weights', 'number', [options.table?.length ?? 0]);
  const cell = element(cells, ref(i));
  const term: Expression =
    options.table === undefined
      ? cell
      : { kind: 'binary', operator: '*', left: cell, right: element(table, ref(i)) };
  return {
    interface: {
      name: 'counting',
      source: 'sha256:test',
      inputs: [
        {
          name: 'cells',
          shape: [size],
          domain: { kind: 'values', values: [0, 1] },
          ...(options.features === true
            ? { features: Array.from({ length: size }, (_, k) => `f${k}`) }
            : {}),
        },
      ],
      outputs: [
        {
          name: 'y',
          shape: [1],
          ...(options.labels === undefined ? {} : { labels: options.labels }),
        },
      ],
      decision: { kind: 'none' },
    },
    parameters: [cells],
    tables:
      options.table === undefined
        ? []
        : [{ symbol: table, values: Float64Array.from(options.table) }],
    body: [
      variable(total, 0),
      loop(i, 0, size, [accumulate(total, [], term)]),
      giveBack(array(conditional(compare('>=', ref(total), num(threshold)), num(1), num(0)))),
    ],
  };
}

function refusal(programs: readonly Program[]): string {
  try {
    generaliseProgram(programs);
  } catch (error) {
    if (error instanceof Diagnostic) return renderDiagnostic(error);
    throw error;
  }
  return 'none';
}

describe('generaliseProgram refuses', () => {
  it('a constant that no expression gives, with its place and values', () => {
    expect(refusal([counting(6, 3), counting(8, 4), counting(10, 3)])).toBe(
      [
        'error GENERIC_CONSTANT: no expression of the sizes gives a constant in `total >= 3`: 3 at length 6, 4 at length 8, 3 at length 10',
        '  hint: leave out the size that does not fit, or compile each size by itself',
      ].join('\n'),
    );
  });

  it('programs that differ in more than numbers', () => {
    const other = counting(8, 4);
    const body = [...other.body.slice(0, 2), giveBack(array(num(1)))];
    expect(refusal([counting(6, 3), { ...other, body }])).toBe(
      [
        'error GENERIC_STRUCTURE: the programs differ in more than numbers: `total >= 3 ? 1 : 0` at length 6, `1` at length 8'.replace(
          'total >= 3',
          '(total >= 3)',
        ),
        '  hint: give networks of one problem, at sizes where no axis is shorter than 4',
      ].join('\n'),
    );
  });

  it('another problem, and the same size twice', () => {
    expect(refusal([counting(6, 3), counting(8, 4, { labels: ['yes'] })])).toContain(
      'error GENERIC_INTERFACE: the networks have different labels:  and yes',
    );
    expect(refusal([counting(6, 3), counting(6, 3)])).toContain(
      'error GENERIC_SAME_SIZE: two networks have the same size, length 6',
    );
  });

  it('an axis with a weight of its own for each position', () => {
    expect(refusal([counting(4, 3, { table: [1, 5, 2, 9] })])).toContain(
      'error GENERIC_NOTHING: no size of this network can become a symbol: positions along its size follow no formula',
    );
    expect(
      refusal([counting(2, 3, { table: [1, 5] }), counting(2, 3, { table: [1, 6] })]),
    ).toContain('GENERIC_SAME_SIZE');
    expect(
      refusal([
        counting(4, 3, { table: [1, 5, 2, 9] }),
        counting(5, 3, { table: [1, 5, 2, 9, 4] }),
      ]),
    ).toContain(
      'error GENERIC_TABLE: the 4 numbers in the table `weights` follow no formula, so no other size can be inferred',
    );
  });

  it('an axis whose cells have names', () => {
    expect(refusal([counting(6, 3, { features: true })])).toContain('GENERIC_NOTHING');
  });

  it('nothing that scales', () => {
    expect(refusal([counting(6, 3), counting(8, 4)])).toBe('none');
    expect(refusal([counting(6, 3), counting(8, 3)])).toBe('none');
  });
});
