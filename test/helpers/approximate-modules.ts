/** Approximate modules as the students make them: formulas, measured, emitted with what was measured. */
import { emitProgram } from '../../src/emit/index.js';
import { decide } from '../../src/ir/decision.js';
import type { Answered, Approximation, CellRange } from '../../src/ir/fidelity.js';
import { fidelityOf, roundFidelity } from '../../src/ir/fidelity.js';
import type { FidelityProbe } from '../../src/ir/fidelity-probes.js';
import { inRangeProbes, outOfRangeProbes } from '../../src/ir/fidelity-probes.js';
import type { CellDomain, Decision } from '../../src/ir/model-interface.js';
import type { Network, StagedNetwork } from '../../src/ir/network.js';
import { declareTarget, networkOfTarget } from '../../src/ir/target.js';
import type { Target } from '../../src/ir/target.js';
import { evaluateFormula } from '../../src/students/math/engine/evaluate-formula.js';
import type { Formula } from '../../src/students/math/formula.js';
import { formulaToProgram } from '../../src/students/math/to-program.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { chainNetwork } from './networks.js';

/** 2 · income − 1.5 · debt + 0.1 · tanh(income) from three inputs, one of which says nothing. */
export function riskNetwork(
  domain: CellDomain = { kind: 'interval', min: -3, max: 3 },
  decision: Decision = { kind: 'none' },
): Network {
  return chainNetwork({
    name: 'risk',
    input: { name: 'applicant', shape: [3], features: ['income', 'age', 'debt'], domain },
    layers: [
      { rows: [[1, 0, 0], [0.01, 0, 0], [0, 0, 0.01]], bias: [0, 0, 0], activation: 'tanh' },
      { rows: [[0.1, 200, -150]], bias: [0], activation: 'identity' },
    ],
    decision,
  });
} // prettier-ignore

export interface ApproximateModule {
  readonly code: string;
  readonly approximation: Approximation;
  /** The network that it is about. */
  readonly subject: StagedNetwork;
}

/** Emits formulas for a network or a target of it; `change` alters what is claimed. */
export async function approximateModule(
  network: StagedNetwork,
  formulas: readonly Formula[],
  options: {
    readonly target?: Target;
    readonly ranges?: readonly CellRange[];
    readonly count?: number;
    readonly change?: Partial<Approximation>;
  } = {},
): Promise<ApproximateModule> {
  const { target, ranges, change, count = 400 } = options;
  const subject = target === undefined ? network : networkOfTarget(network, target);
  const settings = { count, seed: 5, ...(ranges === undefined ? {} : { ranges }) };
  const measure = (probes: readonly FidelityProbe[]): number =>
    roundFidelity(fidelityOf(...answersOf(subject, formulas, probes)));
  const outside = outOfRangeProbes(subject, settings);
  const approximation: Approximation = {
    ...(target === undefined ? {} : { target: declareTarget(network, target) }),
    complexity: 7,
    fidelity: measure(inRangeProbes(subject, settings)),
    ...(outside === undefined ? {} : { fidelityOutOfRange: measure(outside) }),
    measured: { kind: 'probes', count, seed: 5 },
    ...(ranges === undefined ? {} : { ranges }),
    ...change,
  };
  const program = formulaToProgram(formulas, subject);
  const { code } = await emitProgram(program, {
    verdict: 'approximate',
    tolerance: 1e-6,
    approximation,
  });
  return { code, approximation, subject };
}

function answersOf(
  subject: StagedNetwork,
  formulas: readonly Formula[],
  probes: readonly FidelityProbe[],
): [expected: Answered[], actual: Answered[]] {
  const teacher = createTeacher(subject);
  const answer = (scores: readonly number[]): Answered => ({
    scores,
    ...(subject.decision.kind === 'none' ? {} : { decision: decide(subject.decision, scores) }),
  });
  return [
    probes.map((probe) => answer(teacher.forward(probe).flatMap((output) => [...output]))),
    probes.map((probe) => {
      const point = probe.flatMap((cells) => [...cells]);
      return answer(formulas.map((formula) => evaluateFormula(formula, point)));
    }),
  ];
}
