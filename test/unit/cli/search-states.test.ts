import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStates, writeState } from '../../../src/cli/search-states.js';
import { checkWritable } from '../../../src/cli/write-files.js';
import type { SearchState } from '../../../src/students/math/search/state.js';

const STATE: SearchState = {
  version: 1,
  fingerprint: '0123456789abcdef',
  mode: 'both',
  waves: 2,
  epoch: 3,
  evaluations: 24_000,
  islands: [],
  front: [],
  settled: 1,
};

describe('files of searches', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deepdistill-states-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  describe('stored searches', () => {
    it('come back, each output its own; one that had not begun is absent', () => {
      writeState('s.json', 0, STATE, folder);
      writeState('s.json', 2, { ...STATE, epoch: 4 }, folder);
      expect(readdirSync(folder).sort()).toEqual(['s.2.json', 's.json']);
      expect(readStates('s.json', 3, folder)).toEqual([STATE, undefined, { ...STATE, epoch: 4 }]);
    });

    it.each([
      ['{', 'it is not JSON'],
      ['7', 'it is no stored search'],
      ['{"version":1,"front":[]}', 'it is no stored search'],
    ])('are refused where the file holds %s', (text, reason) => {
      writeFileSync(join(folder, 's.json'), text);
      expect(() => readStates('s.json', 1, folder)).toThrow(reason);
    });
  });

  describe('checkWritable', () => {
    it('takes new files in new folders, and leaves nothing behind', () => {
      checkWritable(['a.ts', 'deep/er/b.ts'], folder);
      expect(readdirSync(folder)).toEqual([]);
    });

    it('refuses folders, and files below files', () => {
      mkdirSync(join(folder, 'a.ts'));
      writeFileSync(join(folder, 'b'), '');
      const check = (path: string) => () => {
        checkWritable([path], folder);
      };
      expect(check('a.ts')).toThrow('it is a folder');
      expect(check('b/c.ts')).toThrow('b is no folder');
    });
  });
});
