import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../../../src/cluster/index.js';
import { renderPicture } from '../../../../src/report/index.js';
import { TEXT_SIZES } from '../../../../src/report/svg/colours.js';
import { ZOO } from '../../../helpers/zoo.js';
import { exampleGraph } from '../graphs.js';
import { graphOfForms } from '../graphs-of-forms.js';
import { readDrawing } from './read-svg.js';
import type { Area, Drawing } from './read-svg.js';

/** What a text covers, by the narrowest widths that fonts have: overlap of these is overlap for sure. */
function areaOfText({ kind, x, y, text }: Drawing['texts'][number]): Area {
  const size = TEXT_SIZES[kind as keyof typeof TEXT_SIZES];
  return { left: x, top: y - size + 2, right: x + text.length * size * 0.5, bottom: y + 2 };
}

function overlap(a: Area, b: Area): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function checkDrawing(drawing: Drawing): void {
  const { width, height, shapes, texts } = drawing;
  const areas = [...shapes, ...texts.map(areaOfText)];
  const outside = areas.filter(
    ({ left, top, right, bottom }) => left < 0 || top < 0 || right > width || bottom > height,
  );
  expect(outside).toEqual([]);
  // Grids (their ground), swatches by themselves and texts: none lies over another.
  const grounds = shapes.filter(({ kind }) => kind === 'empty');
  const blocks = [...grounds, ...texts.map(areaOfText)];
  const clashes = blocks.flatMap((a, at) =>
    blocks.slice(at + 1).flatMap((b) => (overlap(a, b) ? [[a, b]] : [])),
  );
  expect(clashes).toEqual([]);
}

describe('renderPicture', () => {
  it.each([['forms', graphOfForms()], ['example', exampleGraph()]] as const)(
    '%s: well-formed, inside its frame, nothing over another',
    (_, graph) => {
      checkDrawing(readDrawing(renderPicture(graph)));
    },
  ); // prettier-ignore

  it('keeps that for every network of the zoo', () => {
    for (const { network } of ZOO) {
      checkDrawing(readDrawing(renderPicture(clusterNetwork(network))));
    }
  });

  it('names clusters, formulas, sources and members', () => {
    const { texts } = readDrawing(renderPicture(graphOfForms()));
    const words = texts.map(({ text }) => text);
    expect(words).toContain('cluster 0 in layer 1: 16 neurons, one for each row (4) × column (4)');
    expect(words).toContain('sign(Σ square[p, p + i − j] − Σ square[p, p + 2:p + 4] + 1 − 2·i)');
    expect(words).toContain('row 1, column 1');
    expect(words).toContain('cluster 2');
    expect(words).toContain('all 2 neurons (down) × cells of square (right)');
    expect(words).toContain('[1, :, :]');
  });

  it('draws first, middle and last, with wrap-around', () => {
    const svg = renderPicture(graphOfForms());
    const { shapes, texts } = readDrawing(svg);
    const caption = texts.find(({ text }) => text === 'i 7');
    expect(caption).toBeDefined();
    const { x = 0, y = 0 } = caption ?? {};
    const near = shapes.filter(
      ({ left, top }) => left >= x && left < x + 128 && top > y && top < y + 30,
    );
    // Member 7 reads 6, 7 and 0 with +1, and 3 with −3: cells of 16 pixels.
    const cells = near.filter(({ kind }) => kind !== 'empty');
    const places = cells.map(({ kind, left, right }) => [kind, (left - x) / 16, (right - x) / 16]);
    expect(places).toEqual([
      ['m5', 3, 4],
      ['p2', 0, 1],
      ['p2', 6, 8],
    ]);
  });

  it('escapes names and gives the same bytes again', () => {
    const graph = graphOfForms();
    const { interface: model } = graph;
    const [square, ...rest] = model.inputs;
    const inputs = [{ ...square, name: '<a & "b">' }, ...rest];
    const hostile = { ...graph, interface: { ...model, name: '</svg>', inputs } };
    expect(readDrawing(renderPicture(hostile)).texts.map(({ text }) => text)).toContain(
      '&lt;a &amp; &quot;b&quot;&gt;',
    );
    expect(renderPicture(graphOfForms())).toBe(renderPicture(graph));
  });
});
