/** The fidelity that a module of formulas states, measured on the inputs that it names. */
import { decide } from '../ir/decision.js';
import { fidelityOf, roundFidelity } from '../ir/fidelity.js';
import type { Answered, Approximation } from '../ir/fidelity.js';
import { inRangeProbes, outOfRangeProbes } from '../ir/fidelity-probes.js';
import type { FidelityProbe } from '../ir/fidelity-probes.js';
import type { ModelInterface } from '../ir/model-interface.js';
import { networkOfTarget, resolveTarget } from '../ir/target.js';
import { evaluateFormula } from '../students/math/engine/evaluate-formula.js';
import type { Formula } from '../students/math/formula.js';
import { createTeacher } from '../verify/teacher.js';
import { JUDGED_PROBES } from './judged-rows.js';
import type { Subject } from './subject.js';

type Fidelities = Pick<
  Approximation,
  'fidelity' | 'fidelityOutOfRange' | 'measured' | 'ranges' | 'target'
>;

/**
 * @param formulas one for each cell of the outputs, their variables the input cells of the module.
 */
export function measureSubject(
  subject: Subject,
  formulas: readonly Formula[],
  seed: number,
): Fidelities {
  const { ranges, declared } = subject;
  const bounds = ranges === undefined ? {} : { ranges };
  if (subject.network === undefined) {
    const inRange = subject.rows ?? subject.cells[0].inRange;
    const rows = Array.from(inRange.target, (_, row) =>
      inRange.columns.map((column) => column[row]),
    );
    const expected = Array.from(inRange.target, (value): Answered => ({ scores: [value] }));
    const fidelity = fidelityOf(
      expected,
      rows.map((row) => answerOf(subject.model, formulas, row)),
    );
    return {
      fidelity: roundFidelity(fidelity),
      measured: { kind: 'rows', count: rows.length },
      ...bounds,
    };
  }
  const settings = { count: JUDGED_PROBES, seed, ...bounds };
  const outside = outOfRangeProbes(subject.model, settings);
  const measure = (probes: readonly FidelityProbe[]): number =>
    roundFidelity(measureProbes(subject, formulas, probes));
  return {
    ...(declared === undefined ? {} : { target: declared }),
    fidelity: measure(inRangeProbes(subject.model, settings)),
    ...(outside === undefined ? {} : { fidelityOutOfRange: measure(outside) }),
    measured: { kind: 'probes', count: JUDGED_PROBES, seed },
    ...bounds,
  };
}

function measureProbes(
  { network, declared, model }: Subject,
  formulas: readonly Formula[],
  probes: readonly FidelityProbe[],
): number {
  if (network === undefined) throw new TypeError('the subject has no network');
  const target = declared === undefined ? undefined : resolveTarget(network, declared);
  const teacher = createTeacher(target === undefined ? network : networkOfTarget(network, target));
  const expected = probes.map((probe): Answered => {
    const outputs = teacher.forward(probe);
    const scores = outputs.flatMap((output) => Array.from(output));
    return withDecision(model, scores);
  });
  const actual = probes.map((probe) =>
    answerOf(
      model,
      formulas,
      probe.flatMap((input) => Array.from(input)),
    ),
  );
  return fidelityOf(expected, actual);
}

function answerOf(
  model: ModelInterface,
  formulas: readonly Formula[],
  row: readonly number[],
): Answered {
  return withDecision(
    model,
    formulas.map((formula) => evaluateFormula(formula, row)),
  );
}

function withDecision({ decision }: ModelInterface, scores: readonly number[]): Answered {
  return decision.kind === 'none' ? { scores } : { scores, decision: decide(decision, scores) };
}
