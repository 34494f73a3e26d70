/**
 * One round of alternating optimization (Carreira-Perpiñán and Tavallali 2018): from the root down, each
 * threshold is chosen anew for what the subtrees below it say by now, over all features; then leaves say what
 * their rows say. No step makes the loss on the rows larger.
 */
import { middleOf } from '../grow/best-split.js';
import type { Condition } from '../tree.js';
import type { Part, Workshop } from './workshop.js';

/** A split that gains less of what its rows cost stays. */
const LEAST_SHARE = 1e-9;

/** Changes a tree in place; returns its loss. */
export function sweep(root: Part, workshop: Workshop): number {
  const { store, problem } = workshop;
  const differences = new Float64Array(store.count);
  const { minSupport } = problem.settings;

  const visit = (part: Part, start: number, end: number): number => {
    if (part.sides === undefined) {
      part.prediction = workshop.bestPrediction(part.prediction, start, end);
      return workshop.costOfRows(part.prediction, start, end);
    }
    if (start < end) part.sides.condition = betterCondition(part.sides, start, end);
    const { condition, yes, no } = part.sides;
    const middle = workshop.divide(condition, start, end);
    return visit(yes, middle, end) + visit(no, start, middle);
  };

  const betterCondition = (
    { condition, yes, no }: NonNullable<Part['sides']>,
    start: number,
    end: number,
  ): Condition => {
    const [rows] = workshop.orders;
    let [now, spread] = [0, 0];
    for (let at = start; at < end; at++) {
      const row = rows[at];
      const difference = workshop.costAt(no, row) - workshop.costAt(yes, row);
      differences[row] = difference;
      spread += Math.abs(difference);
      if (workshop.isHeld(condition, row) === 0) now += difference;
    }
    let best = condition;
    let bar = now - LEAST_SHARE * spread;
    workshop.axes.forEach(({ isGroup, column: index, features }, k) => {
      if (isGroup) return;
      const [order, column] = [workshop.orders[k], store.columns[index]];
      let cost = 0;
      // Rows that both sides are equally right about decide nothing: the threshold goes midway between others.
      let last = -1;
      for (let place = start; place < end; place++) {
        const row = order[place];
        const difference = differences[row];
        if (difference === 0) continue;
        if (cost < bar && last >= 0) {
          const [low, high] = [column[order[last]], column[row]];
          const isOpen = last + 1 - start >= minSupport && end - place >= minSupport;
          if (low < high && isOpen) {
            bar = cost;
            best = { kind: 'above', feature: features[0], threshold: middleOf(low, high) };
          }
        }
        cost += difference;
        last = place;
      }
    });
    return best;
  };

  workshop.reset();
  return visit(root, 0, store.count);
}
