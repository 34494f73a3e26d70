/**
 * Every structure that the builders know, plain and in disguise: proved, short, without weights in data,
 * equal to its program; the same text in every disguise. Here each structure wears everything at once and
 * one more disguise in turn; `npm run nightly` has the whole grid.
 */
import { describe, expect, it } from 'vitest';
import { GALLERY } from '../helpers/build/gallery.js';
import { DISGUISES } from '../helpers/disguise.js';
import { problemsOf, structurePoints } from '../helpers/fuzz/structure-grid.js';

const KINDS = Object.keys(DISGUISES).filter((kind) => kind !== 'everything');

describe.each(GALLERY.map((specimen, index) => [specimen.name, specimen, index] as const))(
  '%s',
  (_, specimen, index) => {
    const kinds = [KINDS[index % KINDS.length], 'everything'];
    const points = structurePoints(specimen, kinds).map((point) => [point.name, point] as const);
    it.each(points)('%s', async (_name, point) => {
      expect(await problemsOf(point)).toEqual([]);
    });
  },
);
