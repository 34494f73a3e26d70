import { describe, expect, it } from 'vitest';
import { freeName, resolveNames, toIdentifier } from '../../../src/emit/naming.js';
import { RESERVED_WORDS } from '../../../src/emit/reserved-words.js';
import { accumulate, branch, compare, constant, element, giveBack, loop, num, ref, symbol, variable } from '../../../src/ir/program-builders.js'; // prettier-ignore
import type { Program, ProgramSymbol, Statement } from '../../../src/ir/program.js';

function programOf(parameter: ProgramSymbol, body: readonly Statement[]): Program {
  return {
    interface: {
      name: 'case',
      source: 'sha256:test',
      inputs: [{ name: 'x', shape: [3], domain: { kind: 'real' } }],
      outputs: [{ name: 'y', shape: [] }],
      decision: { kind: 'none' },
    },
    parameters: [parameter],
    tables: [],
    body,
  };
}

describe('toIdentifier', () => {
  it.each([
    ['columnSum', 'columnSum'],
    ['assign true', 'assignTrue'],
    ['petal_length (cm)', 'petalLengthCm'],
    ['AGE', 'age'],
    ['Größe', 'größe'],
    ['3 days', 'x3Days'],
    ['r²', 'r'],
    ['', 'value'],
    ['**', 'value'],
  ])('%s becomes %s', (text, expected) => {
    expect(toIdentifier(text)).toBe(expected);
    expect(toIdentifier(text.repeat(1000)).length).toBeLessThanOrEqual(80);
  });
});

describe('freeName', () => {
  it('counts from 2 and keeps digits apart', () => {
    expect(freeName('row', new Set())).toBe('row');
    expect(freeName('row', new Set(['row', 'row2']))).toBe('row3');
    expect(freeName('x1', new Set(['x1']))).toBe('x1_2');
  });

  it('goes through the letters for counters', () => {
    expect(freeName('i', new Set(['i', 'j']))).toBe('k');
    expect(freeName('m', new Set(['m', 'n']))).toBe('m2');
  });

  it.each([...RESERVED_WORDS].slice(0, 200))('never gives the reserved word %s', (word) => {
    expect(RESERVED_WORDS.has(freeName(word, RESERVED_WORDS))).toBe(false);
  });
});

describe('resolveNames', () => {
  const x = symbol('x', 'number', [3]);

  it('lets loops side by side share a name, but not nested ones', () => {
    const [first, second, inner] = [symbol('row'), symbol('row'), symbol('row')];
    const program = programOf(x, [
      loop(first, 0, 3, [loop(inner, 0, 3, [])]),
      loop(second, 0, 3, []),
      giveBack(num(0)),
    ]);
    const { of } = resolveNames(program, []);
    expect([of(first), of(inner), of(second)]).toEqual(['row', 'r', 'row']);
  });

  it('calls the second of two values the other one, and counts from the third', () => {
    const sums = [symbol('sum'), symbol('sum'), symbol('sum')];
    const program = programOf(x, [...sums.map((sum) => constant(sum, num(1))), giveBack(num(0))]);
    const { of } = resolveNames(program, []);
    expect(sums.map(of)).toEqual(['sum', 'otherSum', 'sum3']);
  });

  it('keeps an inner name from hiding one that its block declares later', () => {
    const [inner, later] = [symbol('total'), symbol('total')];
    const program = programOf(x, [
      branch(compare('>', element(x, 0), num(0)), [constant(inner, num(1))]),
      variable(later, 0),
      accumulate(later, [], num(1)),
      giveBack(ref(later)),
    ]);
    const { of } = resolveNames(program, []);
    expect([of(inner), of(later)]).toEqual(['otherTotal', 'total']);
  });

  it('gives way to the module: exports, helpers, globals, parameters', () => {
    const parameter = symbol('softmax', 'number', [3]);
    const [math, predict] = [symbol('Array'), symbol('predict')];
    const program = programOf(parameter, [
      constant(math, num(1)),
      constant(predict, num(1)),
      giveBack(num(0)),
    ]);
    const { of, local } = resolveNames(program, ['softmax']);
    expect([of(parameter), of(math), of(predict)]).toEqual(['softmax2', 'array', 'predict2']);
    expect(local('softmax2')).toBe('softmax2_2');
    expect(local('first', ['first'])).toBe('first2');
  });

  it('refuses a symbol that the program never declares', () => {
    const { of } = resolveNames(programOf(x, [giveBack(num(0))]), []);
    expect(() => of(symbol('ghost'))).toThrow("the symbol 'ghost' is never declared");
  });
});
