/** One input explained: the way it takes through the tree, and the nearest change that flips the decision. */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { CellDomain } from '../ir/model-interface.js';
import type { Explanation } from '../ir/student.js';
import type { Ask } from '../students/ask.js';
import { findCounterfactual } from '../students/logic/counterfactual.js';
import type { LogicProblem } from '../students/logic/problem.js';
import { holds, leafOf } from '../students/logic/tree.js';
import type { Tree } from '../students/logic/tree.js';
import { tellCondition, tellPrediction } from '../students/logic/words.js';
import { answerNamesOf } from './logic-findings.js';
import type { LogicSubject } from './logic-subject.js';

/** @throws Diagnostic LOGIC_EXPLAIN_COUNT unless there is a number for each feature of the subject's problem. */
export function checkPoint({ problem }: LogicSubject, point: readonly number[]): void {
  const { names } = problem.data;
  if (point.length === names.length) return;
  throw diagnose('LOGIC_EXPLAIN_COUNT', {}, { expected: names, actual: point.length });
}

/**
 * @param tree over the features of the subject's problem.
 * @param point one number for each of them.
 */
export function explainInput(
  subject: LogicSubject,
  tree: Tree,
  point: readonly number[],
): Explanation {
  const { problem, decides } = subject;
  const { names } = problem.data;
  const answers = answerNamesOf(subject);
  const answerText = (answer: number): string => (decides ? answers[answer] : String(answer));
  const path: { condition: string; isHeld: boolean }[] = [];
  let at = tree;
  while (at.kind === 'split') {
    const isHeld = holds(at.condition, (feature) => point[feature]);
    path.push({
      condition: tellCondition(at.condition, {
        names,
        domains: problem.domains,
        oneHot: problem.oneHot ?? [],
      }),
      isHeld,
    });
    at = isHeld ? at.yes : at.no;
  }
  const own = problem.ask?.(point.map((value) => Float64Array.of(value)))[0];
  const flip = decides ? findCounterfactual(tree, askedProblem(subject, tree), point) : undefined;
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

/** Of a table there is only the tree to be asked; how far a change goes is told by the range of the rows. */
function askedProblem({ problem, table, ranges = [] }: LogicSubject, tree: Tree): LogicProblem {
  if (table === undefined) return problem;
  const ask: Ask = (columns) =>
    columns[0].map((_, row) => {
      const { prediction } = leafOf(tree, (feature) => columns[feature][row]);
      return prediction.kind === 'class' ? prediction.index : NaN;
    });
  const domains = problem.domains.map((domain, feature): CellDomain => {
    const [min, max] = ranges[feature];
    return domain.kind === 'real' ? { kind: 'interval', min, max } : domain;
  });
  return { ...problem, domains, ask };
}
