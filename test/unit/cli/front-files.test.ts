import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkFrontPaths, writeFront } from '../../../src/cli/front-files.js';
import type { Cell } from '../../../src/distil/subject.js';
import { frontFromJson } from '../../../src/students/math/front-text.js';
import { call, constant, variable } from '../../../src/students/math/formula.js';
import type { Candidate } from '../../../src/students/math/problem.js';
import { searchProblem } from '../../helpers/search-problem.js';

const PROBLEM = searchProblem();
const CELL: Cell = { name: 'y', problem: PROBLEM, inputs: [0, 1], inRange: PROBLEM.data };
const FRONT: readonly Candidate[] = [
  { formula: constant(1.5), complexity: 1, loss: 3, origin: 'constant' },
  { formula: call('square', variable(0)), complexity: 2, loss: 0.5, origin: 'evolution' },
];

describe('writeFront', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deepdistill-front-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

  it('writes what the endings say', () => {
    writeFront(['f.csv', 'f.json', 'f.svg'], CELL, FRONT, folder);
    expect(read('f.csv')).toMatch(
      /^complexity,loss,score,equation\n1,3,0,1\.5\n2,0\.5,[\d.]+,a\^2\n$/,
    );
    expect(frontFromJson(read('f.json'))).toEqual({ names: ['a', 'b'], front: FRONT });
    expect(read('f.svg')).toContain('<svg');
  });

  it('writes nothing where there is no front', () => {
    writeFront(['f.csv'], CELL, [], folder);
    writeFront([], CELL, FRONT, folder);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('checkFrontPaths', () => {
  it('knows three endings', () => {
    expect(() => {
      checkFrontPaths(['a.csv', 'b.json', 'c.svg']);
    }).not.toThrow();
    expect(() => {
      checkFrontPaths(['a.csv', 'b.png']);
    }).toThrow('--front cannot be "b.png"');
  });
});
