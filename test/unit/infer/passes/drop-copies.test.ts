/** Copies of arrays go where the original does as well, and rows of a loop's own step lose their first axis. */
import { describe, expect, it } from 'vitest';
import { contractArrays } from '../../../../src/infer/passes/contract-arrays.js';
import { dropCopies } from '../../../../src/infer/passes/drop-copies.js';
import {
  accumulate, add, allocate, array, assign, element, giveBack, loop, multiply, num, ref, symbol, variable,
} from '../../../../src/ir/program-builders.js'; // prettier-ignore
import { checkProgram } from '../../../../src/ir/program-check.js';
import type { Program, ProgramSymbol, Statement } from '../../../../src/ir/program.js';
import { evaluateProgram } from '../../../helpers/evaluate-program.js';
import { modelOf } from '../graphs.js';

const INPUT = [1, 2, 3];

const [x, own, copy, other] = ['x', 'own', 'copy', 'other'].map((hint) =>
  symbol(hint, 'number', [3]),
);
const [i, j, k] = ['i', 'j', 'k'].map((hint) => symbol(hint));

function programOf(body: readonly Statement[], shape: readonly number[] = [3]): Program {
  return { interface: modelOf({ shape: [3] }, { shape }), parameters: [x], tables: [], body };
}

const FILL = [allocate(own), loop(i, 0, 3, [assign(own, [ref(i)], '=', multiply(num(2), element(x, ref(i))))])]; // prettier-ignore
const COPY = [allocate(copy), loop(j, 0, 3, [assign(copy, [ref(j)], '=', element(own, ref(j)))])];
const READ = [
  allocate(other),
  loop(k, 0, 3, [assign(other, [ref(k)], '=', add(element(copy, ref(k)), num(1)))]),
];

function allocated({ body }: Program): readonly string[] {
  return body.flatMap((one) => (one.kind === 'allocate' ? [one.symbol.hint] : []));
}

function run(program: Program): Program {
  expect(checkProgram(program, { lowered: true })).toEqual([]);
  const changed = dropCopies.run(program, { tolerance: 0 });
  expect(checkProgram(changed, { lowered: true })).toEqual([]);
  expect(evaluateProgram(changed, [INPUT])).toEqual(evaluateProgram(program, [INPUT]));
  return changed;
}

describe('drop-copies', () => {
  it('reads the original in the place of its copy', () => {
    const changed = run(programOf([...FILL, ...COPY, ...READ, giveBack(ref(other))]));
    expect(allocated(changed)).toEqual(['own', 'other']);
  });

  it('puts brackets around an original that is given back with more axes', () => {
    const wrapped = symbol('wrapped', 'number', [1, 1, 3]);
    const changed = run(
      programOf(
        [
          ...FILL,
          allocate(wrapped),
          loop(j, 0, 3, [assign(wrapped, [0, 0, ref(j)], '=', element(own, ref(j)))]),
          giveBack(ref(wrapped)),
        ],
        [1, 1, 3],
      ),
    );
    expect(changed.body.at(-1)).toEqual(giveBack(array(array(ref(own)))));
  });

  it('takes a copy out of a loop that does more', () => {
    const [head, start] = FILL;
    if (start.kind !== 'for') throw new Error('a loop');
    const both = { ...start, body: [...start.body, assign(copy, [ref(i)], '=', element(own, ref(i)))] }; // prettier-ignore
    const changed = run(programOf([head, allocate(copy), both, ...READ, giveBack(ref(other))]));
    expect(allocated(changed)).toEqual(['own', 'other']);
  });

  const change = loop(symbol('i'), 0, 3, [assign(own, [num(0)], '+=', num(1))]);
  const kept: readonly (readonly [string, readonly Statement[]])[] = [
    ['the original changes later', [...FILL, ...COPY, change, giveBack(ref(copy))]],
    ['the copy changes', [...FILL, ...COPY, loop(k, 0, 3, [accumulate(copy, [ref(k)], num(1))]), giveBack(ref(copy))]],
    ['it is no copy of the whole', [...FILL, allocate(copy), loop(j, 0, 2, [assign(copy, [ref(j)], '=', element(own, ref(j)))]), giveBack(ref(copy))]],
    ['it is turned around', [...FILL, allocate(copy), loop(j, 0, 3, [assign(copy, [ref(j)], '=', element(own, { kind: 'binary', operator: '-', left: num(2), right: ref(j) }))]), giveBack(ref(copy))]],
    ['the original belongs to the caller', [allocate(copy), loop(j, 0, 3, [assign(copy, [ref(j)], '=', element(x, ref(j)))]), giveBack(ref(copy))]],
  ]; // prettier-ignore

  it.each(kept)('keeps a copy where %s', (_, body) => {
    const program = programOf(body);
    expect(allocated(run(program))).toEqual(allocated(program));
  });
});

describe('contract-arrays', () => {
  const rows = symbol('rows', 'number', [3, 3]);
  const sum = symbol('sum');
  const fill = loop(j, 0, 3, [
    assign(rows, [ref(i), ref(j)], '=', add(element(x, ref(j)), ref(i))),
  ]);
  const readFrom = (row: ProgramSymbol | number): Statement =>
    loop(k, 0, 3, [
      accumulate(sum, [], element(rows, typeof row === 'number' ? num(row) : ref(row), ref(k))),
    ]);
  const around = (body: readonly Statement[]): Program =>
    programOf([variable(sum, 0), allocate(rows), loop(i, 0, 3, body), giveBack(ref(sum))], []);

  it('declares a row within the step that alone has to do with it', () => {
    const program = around([fill, readFrom(i)]);
    const changed = contractArrays.run(program, { tolerance: 0 });
    expect(checkProgram(changed, { lowered: true })).toEqual([]);
    expect(evaluateProgram(changed, [INPUT])).toEqual(evaluateProgram(program, [INPUT]));
    expect(allocated(changed)).toEqual([]);
    const inner = changed.body.find(({ kind }) => kind === 'for');
    expect(inner?.kind === 'for' && inner.body[0]).toMatchObject({
      kind: 'allocate',
      symbol: { hint: 'rows', type: { extents: [3] } },
    });
  });

  it('keeps all rows where a step reads those of others', () => {
    const program = around([fill, readFrom(0)]);
    expect(allocated(contractArrays.run(program, { tolerance: 0 }))).toEqual(['rows']);
  });
});
