/** One input explained: the way it takes through the tree, and the nearest change that flips the decision. */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Explanation } from '../ir/student.js';
import { findCounterfactual } from '../students/logic/counterfactual.js';
import { holds } from '../students/logic/tree.js';
import type { Tree } from '../students/logic/tree.js';
import { tellCondition, tellPrediction } from '../students/logic/words.js';
import { answerNamesOf } from './logic-findings.js';
import type { LogicSubject } from './logic-subject.js';

/**
 * @param tree over the features of the subject's problem.
 * @param point one number for each of them.
 * @throws Diagnostic LOGIC_EXPLAIN_COUNT for another number of values.
 */
export function explainInput(
  subject: LogicSubject,
  tree: Tree,
  point: readonly number[],
): Explanation {
  const { problem, decides } = subject;
  const { names } = problem.data;
  if (point.length !== names.length) {
    throw diagnose('LOGIC_EXPLAIN_COUNT', {}, { expected: names, actual: point.length });
  }
  const answers = answerNamesOf(subject);
  const answerText = (answer: number): string => (decides ? answers[answer] : String(answer));
  const path: { condition: string; isHeld: boolean }[] = [];
  let at = tree;
  while (at.kind === 'split') {
    const isHeld = holds(at.condition, (feature) => point[feature]);
    path.push({ condition: tellCondition(at.condition, names), isHeld });
    at = isHeld ? at.yes : at.no;
  }
  const own = problem.ask?.(point.map((value) => Float64Array.of(value)))[0];
  const flip = decides ? findCounterfactual(tree, problem, point) : undefined;
  return {
    input: Object.fromEntries(names.map((name, k) => [name, point[k]])),
    answer: tellPrediction(at, names, answers),
    ...(own === undefined ? {} : { ofNetwork: answerText(own) }),
    path,
    ...(flip === undefined
      ? {}
      : {
          flip: {
            changes: flip.changed.map((feature) => ({
              feature: names[feature],
              from: point[feature],
              to: flip.point[feature],
            })),
            ofNetwork: answerText(flip.answer),
          },
        }),
  };
}
