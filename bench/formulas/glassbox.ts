/**
 * The laws that GlassBox reports to have read out of trained networks, and 2.5x² + cos x, where it printed
 * nested bloat. The rows are exact here; the evaluation also asks networks trained on them.
 */
import { apply, minus, product, sum, variables } from './build.js';
import { CONSTANT_TOLERANCE, repeated, uniform } from './problem-set.js';
import type { FormulaProblem, Suite } from './problem-set.js';

const [x, debt] = variables(2);

const common = {
  source: 'GlassBox',
  rows: 1000,
  noise: { kind: 'none' },
  constantTolerance: CONSTANT_TOLERANCE,
} as const;

const kineticEnergy: FormulaProblem = {
  ...common,
  name: 'Kinetic energy',
  text: '0.5 * v^2',
  variables: ['v'],
  sampling: [uniform(-5, 5)],
  formula: product(0.5, apply('square', x)),
};

const parabola: FormulaProblem = {
  ...common,
  name: 'Parabola',
  text: 'x^2 + 5',
  variables: ['x'],
  sampling: [uniform(-5, 5)],
  formula: sum(apply('square', x), 5),
};

/** Five inputs, of which three say nothing. */
const risk: FormulaProblem = {
  ...common,
  name: 'Risk',
  text: '2 * income - 1.5 * debt',
  variables: ['income', 'debt', 'age', 'savings', 'tenure'],
  sampling: repeated(uniform(-1, 1), 5),
  formula: minus(product(2, x), product(1.5, debt)),
};

const physics: FormulaProblem = {
  ...common,
  name: 'Physics',
  text: '2.5 * x^2 + cos(x)',
  variables: ['x'],
  sampling: [uniform(-5, 5)],
  formula: sum(product(2.5, apply('square', x)), apply('cos', x)),
};

export const GLASSBOX: Suite = {
  name: 'glassbox',
  problems: [kineticEnergy, parabola, risk, physics],
};
