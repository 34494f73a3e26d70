/** A disjunction of conjunctions, or a count, as guards: what the Logic student prints. */
import type { Block, Guard } from '../guards.js';
import type { Leaf, Prediction } from '../tree.js';
import type { Cube, Dnf, Literal } from './finite-dnf.js';
import { conditionOf } from './finite-rules.js';
import { between } from './finite-parts.js';

/** One guard that answers, and the rest. Leaves have no support. */
export function blockOfDnf({ terms, prediction, otherwise, count }: Dnf): Block {
  if (count !== undefined) {
    const counting: Guard = {
      kind: 'ask',
      condition: { kind: 'count', conditions: count.literals.map(conditionOf), least: count.least },
      isNegated: false,
    };
    const guard = together('all', [...count.all.map(askOf), counting]);
    return guarded(guard, count.prediction, count.otherwise);
  }
  if (terms.length === 0) return answer(otherwise);
  if (terms.some((cube) => cube.length === 0)) return answer(prediction);
  return guarded(together('any', terms.map(guardOfCube)), prediction, otherwise);
}

function guardOfCube(cube: Cube): Guard {
  return together('all', cube.map(askOf));
}

function askOf({ feature, value, other }: Literal): Guard {
  const threshold = between(Math.min(value, other), Math.max(value, other));
  return {
    kind: 'ask',
    condition: { kind: 'above', feature, threshold },
    isNegated: value < other,
  };
}

function together(kind: 'all' | 'any', parts: readonly Guard[]): Guard {
  return parts.length === 1 ? parts[0] : { kind, parts };
}

function guarded(guard: Guard, yes: Prediction, no: Prediction): Block {
  return { kind: 'guarded', guard, then: answer(yes), otherwise: answer(no) };
}

function answer(prediction: Prediction): Block {
  const leaf: Leaf = { kind: 'leaf', prediction, support: 0, agreeing: 0 };
  return { kind: 'answer', leaf };
}
