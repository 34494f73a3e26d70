import { describe, expect, it } from 'vitest';
import { inferProgram } from '../../../src/infer/index.js';
import type { ClusterGraph } from '../../../src/ir/cluster.js';
import { checkClusterGraph } from '../../../src/ir/cluster-check.js';
import { sizeOf } from '../../../src/ir/model-interface.js';
import { dumpProgram } from '../../../src/ir/program-dump.js';
import { FORMS, automatonGraph, lifeGraph, triangleGraph } from './forms.js';
import { allInputs, inferChecked, sampleInputs } from './helpers.js';

/** The program's text, its first line left out. */
function textOf(graph: ClusterGraph): string {
  return dumpProgram(inferProgram(graph)).split('\n').slice(1).join('\n');
}

function inputsOf({ interface: model }: ClusterGraph): number[][][] {
  const [{ shape, domain }] = model.inputs;
  const binary = domain.kind === 'values' && domain.values.length === 2;
  return binary && sizeOf(shape) <= 9 ? allInputs(model) : sampleInputs(model, 300, 7);
}

describe('every form of region', () => {
  it.each(Object.entries(FORMS))('%s keeps its value', (_name, make) => {
    const graph = make();
    expect(checkClusterGraph(graph)).toEqual([]);
    inferChecked(graph, inputsOf(graph));
  });

  it.each(
    Object.entries(FORMS).filter(([name]) => name !== 'irregular holes' && name !== 'many gaps'),
  )('%s needs no table', (_name, make) => {
    expect(inferProgram(make()).tables).toEqual([]);
  });
});

describe('texts', () => {
  it('names the neighbours of a cell on a ring', () => {
    const text = textOf(automatonGraph(30, 32, 'wrap'));
    expect(text).toContain('const left: boolean = cells[(i + 31) % 32] === 1');
    expect(text).toContain('left !== (center || right)');
  });

  it('asks for the border before it reads a neighbour', () => {
    const text = textOf(automatonGraph(90, 32, 'zero'));
    expect(text).toContain('const left: boolean = (i > 0) && (cells[i - 1] === 1)');
    expect(text).toContain('const right: boolean = (i < 31) && (cells[i + 1] === 1)');
    expect(text).toContain('left !== right');
  });

  it.each([['wrap'], ['zero']] as const)(
    'says Life with a %s border by its neighbours',
    (border) => {
      expect(textOf(lifeGraph(6, 7, border))).toMatch(
        /neighbours === 3\) \|\| \(\(cells\[row\]\[column\] === 1\) && \(neighbours === 2\)\)/,
      );
    },
  );

  it('keeps positions on a torus from falling below zero', () => {
    expect(textOf(lifeGraph(6, 7, 'wrap'))).toMatch(/for \S+ = row \+ 5 \.\. \(row \+ 8\)/);
  });

  it.each([['runs'], ['axes']] as const)('walks a triangle told by %s once', (told) => {
    const text = textOf(triangleGraph(6, told));
    expect(text.match(/for /g)).toHaveLength(3);
    expect(text).toMatch(/balances\[i\] \+= (\w+)\n\s+balances\[j\] -= \1/);
  });

  it('bounds diagonals exactly', () => {
    expect(textOf(FORMS['diagonals']())).toContain('max(0, 4 - i) .. min(5, 9 - i)');
    expect(textOf(FORMS['rising diagonals']())).toContain('max(0, i - 5) .. min(4, i + 1)');
  });

  it('reads a number from its highest bit', () => {
    expect(textOf(FORMS['value of bits, highest first']())).toContain(
      'score = (2 * score) + cells[i]',
    );
    expect(textOf(FORMS['value of bits, lowest first']())).toContain(
      'score += (2 ** i) * cells[i]',
    );
  });

  it('compares integers with integers', () => {
    expect(textOf(FORMS['bits against a doubling bias']())).toMatch(/>= \(2 \*\* i\)/);
    expect(textOf(FORMS['suffixes against a ramp']())).toMatch(/> i\)/);
  });

  it('sees through a ladder of thresholds', () => {
    expect(textOf(FORMS['parity by a ladder']())).toContain('total % 2');
    expect(textOf(FORMS['exactly three by a ladder']())).toContain('total === 3');
  });

  it('keeps to the members of a value', () => {
    expect(textOf(FORMS['pairs of different cells']())).toContain('j !== i');
    expect(textOf(FORMS['a band of pairs']())).toContain('max(0, i - 1) .. min(5, i + 2)');
    expect(textOf(FORMS['many gaps']())).toContain('of [1, 4, 6, 7]');
  });
});
