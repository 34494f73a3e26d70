/** Formulas with their thresholds as a program that decides, or as the value of a target. */
import { interfaceOf } from '../../ir/network.js';
import type { Activation } from '../../ir/network.js';
import type { Program } from '../../ir/program.js';
import { networkOfTarget } from '../../ir/target.js';
import { decisionsToProgram } from '../../students/math/decisions-to-program.js';
import type { Comparison, FormulaRule } from '../../students/math/decisions-to-program.js';
import { call, constant } from '../../students/math/formula.js';
import type { Formula } from '../../students/math/formula.js';
import { formulaToProgram } from '../../students/math/to-program.js';
import { overInputs } from '../over-inputs.js';
import type { Link } from './link.js';
import { sideOf } from './rivals.js';
import { comparisonsOf, orderClasses } from './rules.js';
import type { ClassContrast } from './rules.js';
import type { BoundarySubject } from './subject.js';
import type { Told } from './told.js';

export interface Written {
  readonly program: Program;
  readonly complexity: number;
}

/** Rules that decide. */
export function decidingProgram(
  { network, decided }: BoundarySubject,
  told: readonly Told[],
): Written {
  const model = interfaceOf(network);
  const contrasts = told.map(({ cell }): ClassContrast => {
    const { above = 1, below } = cell.latent;
    return { above, ...(below === undefined ? {} : { below }) };
  });
  const comparison = (index: number, isAbove: boolean): Comparison => {
    const { selected, cell } = told[index];
    return {
      formula: overInputs(selected.formula, cell),
      threshold: selected.cut.threshold,
      isAbove: selected.cut.isAbove === isAbove,
    };
  };
  const complexityOf = (indices: readonly number[]): number =>
    indices.reduce((sum, index) => {
      const { choice } = told[index];
      return sum + choice.front[choice.selected].complexity;
    }, 0);
  const [{ above, below }] = contrasts;
  if (told.length === 1) {
    const rule: FormulaRule = { when: [comparison(0, true)], decision: above };
    return {
      program: decisionsToProgram([rule], below ?? 0, model),
      complexity: complexityOf([0]),
    };
  }
  const classes = Math.max(...contrasts.map((one) => Math.max(one.above, one.below ?? 0))) + 1;
  const sides = told.map(({ cell, selected }) =>
    Uint8Array.from(
      cell.inside.isAbove,
      (_, row) =>
      sideOf(selected, cell.inside.columns.map((column) => column[row])), // prettier-ignore
    ),
  );
  const { order } = orderClasses(classes, contrasts, sides, decided ?? new Float64Array());
  const used = order
    .slice(0, -1)
    .map((own, k) => comparisonsOf(own, order.slice(k + 1), contrasts));
  const rules = used.map((comparisons, k): FormulaRule => ({
    when: comparisons.map(({ index, isAbove }) => comparison(index, isAbove)),
    decision: order[k],
  }));
  return {
    program: decisionsToProgram(rules, order[classes - 1], model),
    complexity: complexityOf(used.flatMap((one) => one.map(({ index }) => index))),
  };
}

/** The value of a target: its activation of the link of the formula. */
export function linkedProgram(
  { network, target }: BoundarySubject,
  { cell, choice, selected, link }: Told,
): Written {
  // prettier-ignore
  if (target === undefined) throw new TypeError('nothing but a target has a value of its own');
  const layer = network.layers[cell.latent.layer];
  const activation: Activation = layer.kind === undefined ? layer.activation : { kind: 'identity' };
  const whole = activated(activation, overLink(link, selected.formula));
  return {
    program: formulaToProgram([overInputs(whole, cell)], interfaceOf(networkOfTarget(network, target))), // prettier-ignore
    complexity: choice.front[choice.selected].complexity,
  };
}

function overLink(link: Link | undefined, formula: Formula): Formula {
  if (link === undefined) return formula;
  const put = (part: Formula): Formula => {
    if (part.kind === 'variable') return formula;
    return part.kind === 'constant' ? part : call(part.operator, ...part.arguments.map(put));
  };
  return put(link.formula);
}

function activated(activation: Activation, z: Formula): Formula {
  switch (activation.kind) {
    case 'sigmoid':
    case 'softmax':
      return call('/', constant(1), call('+', constant(1), call('exp', call('neg', z))));
    case 'tanh':
      return call('tanh', z);
    case 'relu':
      return call('max', z, constant(0));
    case 'leaky-relu':
      return call('max', z, call('*', constant(activation.slope), z));
    case 'abs':
      return call('abs', z);
    case 'clamp':
      return call('min', call('max', z, constant(activation.low)), constant(activation.high));
    default:
      return z;
  }
}
