/** What is known of the inputs on a way, and that every input belongs to one. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/numeric/random.js';
import type { Random } from '../../../../src/numeric/random.js';
import { Budget } from '../../../../src/verify/checker/budget.js';
import { Context } from '../../../../src/verify/checker/context.js';
import type { Form } from '../../../../src/verify/checker/forms.js';
import { valueAt } from '../../../../src/verify/checker/linear-functions.js';
import { maximum, reluOf } from '../../../../src/verify/checker/operations.js';
import { Polyhedron } from '../../../../src/verify/checker/polyhedron.js';
import { RegionWalk } from '../../../../src/verify/checker/region-walk.js';

const UNBOUNDED = new Budget(2 ** 45, () => undefined);

/** Eighths, the constant last: sums of such numbers are exact, and borders are often met. */
function drawTerms(random: Random, size: number): Float64Array {
  return Float64Array.from({ length: size + 1 }, () => (random.below(33) - 16) / 8);
}

function drawPoint(random: Random, size: number): Float64Array {
  return Float64Array.from({ length: size }, () => (random.below(33) - 16) / 16);
}

describe('a box cut by half-spaces', () => {
  it.each([1, 2, 3, 4])('bounds functions by no less than what its points have, in %i dimensions', (size) => {
    const random = createRandom(size);
    const box = { low: new Float64Array(size).fill(-1), high: new Float64Array(size).fill(1) };
    let [inside, empty, tight] = [0, 0, 0];
    for (let trial = 0; trial < 300; trial++) {
      const cuts = Array.from({ length: random.below(8) }, () => [drawTerms(random, size), (random.below(9) - 4) / 4] as const);
      // Some are flat: the same border from both sides.
      if (random.below(3) === 0) cuts.push(...cuts.slice(0, 1).map(([terms, least]) => [terms.map((one) => -one), -least] as const));
      const polyhedron = cuts.reduce((part, [terms, least]) => part.cut(terms, least), Polyhedron.ofBox(box, UNBOUNDED));
      const points = Array.from({ length: 200 }, () => drawPoint(random, size)).filter((point) => cuts.every(([terms, least]) => valueAt(terms, point) >= least));
      inside += points.length;
      for (let k = 0; k < 4; k++) {
        const terms = drawTerms(random, size);
        const most = polyhedron.most(terms);
        if (most === -Infinity) empty++;
        const largest = Math.max(...points.map((point) => valueAt(terms, point)));
        expect(most).toBeGreaterThanOrEqual(largest);
        expect(polyhedron.mostOfBox(terms)).toBeGreaterThanOrEqual(largest);
        const reached = Math.max(...polyhedron.points.map((point) => valueAt(terms, point)));
        if (most - reached < 1e-9) tight++;
      }
    }
    expect(inside).toBeGreaterThan(1000);
    expect(empty).toBeGreaterThan(50);
    expect(tight).toBeGreaterThan(200);
  }); // prettier-ignore

  it('has a middle that is on no border', () => {
    const box = { low: new Float64Array(2).fill(-1), high: new Float64Array(2).fill(1) };
    const triangle = Polyhedron.ofBox(box, UNBOUNDED).cut(Float64Array.of(1, 1, -1.5), 0);
    const [x, y] = triangle.middle();
    expect(x + y).toBeGreaterThan(1.55);
    expect(Math.max(x, y)).toBeLessThan(0.99);
  });
});

interface Setup {
  readonly context: Context;
  readonly cells: readonly number[];
  readonly form: (terms: Float64Array) => Form;
}

function setup(size: number): Setup {
  const context = new Context();
  const cells = Array.from({ length: size }, () => context.addCell({ kind: 'interval', min: -1, max: 1 }).atom); // prettier-ignore
  const form = (terms: Float64Array): Form => {
    cells.forEach((cell, k) => {
      context.accumulator.add(cell, terms[k]);
    });
    context.accumulator.addConstant(terms[size]);
    return context.accumulator.finish();
  };
  return { context, cells, form };
}

describe('a walk', () => {
  it.each([1, 2, 3])('has a way for every input, and every answer that noise can make of it, in %i dimensions', (size) => {
    const random = createRandom(size);
    for (let trial = 0; trial < 40; trial++) {
      const { context, cells, form } = setup(size);
      const asked = Array.from({ length: 5 }, () => ({ terms: drawTerms(random, size), strict: random.below(2) === 0, doubt: random.below(3) === 0 ? 0.25 : 0, band: (random.below(5) - 2) / 8 }));
      const forms = asked.map(({ terms }) => form(terms));
      const walk = new RegionWalk(context, cells, 0, UNBOUNDED);
      const ways = new Set<string>();
      walk.follow(() => {
        ways.add(forms.map((own, k) => (walk.exceeds(own, asked[k].band, asked[k].strict, asked[k].doubt) ? '+' : '-')).join(''));
        return true;
      });
      for (let k = 0; k < 300; k++) {
        const point = drawPoint(random, size);
        // With doubt, noise of up to that size decides.
        const answers = asked.map(({ terms, strict, doubt, band }) => {
          const value = valueAt(terms, point) + doubt * (random.below(3) - 1) - band;
          return value > 0 || (!strict && value === 0) ? '+' : '-';
        });
        expect(ways).toContain(answers.join(''));
      }
    }
  }); // prettier-ignore

  it('tells sums of bends by functions that are right on the way, within their slop', () => {
    const random = createRandom(5);
    for (let trial = 0; trial < 40; trial++) {
      const { context, cells, form } = setup(2);
      const draw = () => context.numOf(form(drawTerms(random, 2)));
      const inner = [draw(), draw(), draw()].map((num) => reluOf(context, num));
      inner.forEach((num) => context.accumulator.addForm(context.flatten(num), random.below(5) - 2));
      const outer = context.numOf(context.accumulator.finish());
      const top = maximum(context, [outer, inner[0], draw()]);
      const walk = new RegionWalk(context, cells, 2 ** -20, UNBOUNDED);
      let seen = 0;
      walk.follow(() => {
        const { terms, slop } = walk.linear(context.flatten(top));
        for (const point of walk.inputs.points) {
          seen++;
          const exact = evaluate(context, context.flatten(top), new Map(cells.map((cell, k) => [cell, point[k]])));
          expect(Math.abs(valueAt(terms, point) - exact)).toBeLessThanOrEqual(slop + 1e-9);
        }
        return true;
      });
      expect(seen).toBeGreaterThan(0);
    }
  }); // prettier-ignore
});

/** A form of cells, rectified sums and maxima at a point. */
function evaluate(context: Context, form: Form, cells: ReadonlyMap<number, number>): number {
  return form.atoms.reduce((sum, number, k) => {
    const atom = context.atoms[number];
    let value = cells.get(number) ?? 0;
    if (atom.kind === 'operation') {
      const parts = atom.parts.map((part) => evaluate(context, part, cells));
      value = Math.max(...parts, ...(atom.name === 'relu' ? [0] : []));
    }
    return sum + form.coefficients[k] * value;
  }, form.constant);
}
