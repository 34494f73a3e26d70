/**
 * Seven empirical laws of the PySR paper (Cranmer 2023, EmpiricalBench), with the numbers of rows and the
 * noise listed there, in SI units unless said otherwise. Quantities that spread over decades are drawn
 * uniformly in the logarithm. Fixed here, since no range is listed: n and V of the ideal gas, the quantum
 * numbers of Rydberg, and 1 % noise on Bode's series. Errors are relative, so the loss is that of the
 * logarithm. Units are those of the quantities: kg for masses, m also for astronomical lengths; the numbers of
 * a problem may be in multiples of them, which a constant takes up.
 */
import { apply, minus, power, product, quotient, sum, variables } from './build.js';
import type { FormulaProblem, Sampling, Suite } from './problem-set.js';
import { uniform } from './problem-set.js';

/** Constants of nature, CODATA 2018. */
const GRAVITATION = 6.6743e-11;
const PLANCK = 6.62607015e-34;
const LIGHT = 299792458;
const BOLTZMANN = 1.380649e-23;
const GAS = 8.314462618;
const RYDBERG = 10973731.56816;

const SOURCE = 'Cranmer 2023';
const CONSTANTS_WITHIN = 0.05;

const [x, y, z] = variables(3);

function decades(min: number, max: number): Sampling {
  return { kind: 'log-uniform', min, max };
}

const common = {
  source: SOURCE,
  positive: true,
  loss: { kind: 'log' },
  constantTolerance: CONSTANTS_WITHIN,
} as const;

const newton: FormulaProblem = {
  ...common,
  name: 'Newton',
  text: 'G * m1 * m2 / r^2',
  variables: ['m1', 'm2', 'r'],
  units: { variables: ['kg', 'kg', 'm'], target: 'N' },
  constants: [{ name: 'G', value: GRAVITATION, unit: 'N m^2/kg^2' }],
  sampling: [decades(1.3e22, 2e30), decades(1.3e22, 2e30), decades(3.7e8, 7.4e12)],
  rows: 30,
  formula: quotient(product(GRAVITATION, x, y), power(z, 2)),
  noise: { kind: 'relative', level: 0.1 },
};

const planck: FormulaProblem = {
  ...common,
  name: 'Planck',
  text: '2 * h * nu^3 / (c^2 * (exp(h * nu / (k * T)) - 1))',
  variables: ['nu', 'T'],
  units: { variables: ['Hz', 'K'], target: 'W/(m^2 Hz)' },
  constants: [
    { name: 'h', value: PLANCK, unit: 'J s' },
    { name: 'c', value: LIGHT, unit: 'm/s' },
    { name: 'k', value: BOLTZMANN, unit: 'J/K' },
  ],
  sampling: [decades(1e9, 1e16), uniform(100, 6000)],
  rows: 100,
  formula: quotient(
    product((2 * PLANCK) / LIGHT ** 2, power(x, 3)),
    minus(apply('exp', quotient(product(PLANCK / BOLTZMANN, x), y)), 1),
  ),
  noise: { kind: 'relative', level: 0.1 },
};

const schechter: FormulaProblem = {
  ...common,
  name: 'Schechter',
  text: 'phi / L0 * (L / L0)^alpha * exp(-L / L0)',
  variables: ['L'],
  units: { variables: ['W'], target: '1/(W m^3)' },
  sampling: [decades(1e6, 3e9)],
  rows: 27,
  formula: product(
    0.002 / 2.5e8,
    power(quotient(x, 2.5e8), -1.2),
    apply('exp', apply('neg', quotient(x, 2.5e8))),
  ),
  noise: { kind: 'relative', level: 0.2 },
};

const idealGas: FormulaProblem = {
  ...common,
  name: 'Ideal gas',
  text: 'n * R * T / V',
  variables: ['n', 'T', 'V'],
  units: { variables: ['mol', 'K', 'm^3'], target: 'Pa' },
  constants: [{ name: 'R', value: GAS, unit: 'J/(mol K)' }],
  sampling: [decades(0.1, 10), uniform(300, 400), decades(0.01, 1)],
  rows: 30,
  formula: quotient(product(GAS, x, y), z),
  noise: { kind: 'relative', level: 0.1 },
};

const rydberg: FormulaProblem = {
  ...common,
  name: 'Rydberg',
  text: '1 / (R * (1 / n1^2 - 1 / n2^2))',
  variables: ['n1', 'n2'],
  units: { variables: ['1', '1'], target: 'm' },
  constants: [{ name: 'Ry', value: RYDBERG, unit: '1/m' }],
  sampling: [
    { kind: 'whole', min: 1, max: 5 },
    { kind: 'whole-above', variable: 0, span: 8 },
  ],
  rows: 50,
  formula: quotient(1, product(RYDBERG, minus(quotient(1, power(x, 2)), quotient(1, power(y, 2))))),
  noise: { kind: 'relative', level: 0.01 },
};

/** Astronomical units; the first planet has no place in the series but at n = −∞. */
const bode: FormulaProblem = {
  ...common,
  name: 'Bode',
  text: '0.4 + 0.3 * 2^n',
  variables: ['n'],
  units: { variables: ['1'], target: 'm' },
  sampling: [{ kind: 'listed', values: [-1000, 0, 1, 2, 3, 4, 5, 6], wider: [-2, 8] }],
  rows: 8,
  formula: sum(0.4, product(0.3, power(2, x))),
  noise: { kind: 'relative', level: 0.01 },
};

/** Semi-major axes in astronomical units and sidereal periods in days, Mercury to Neptune. */
const kepler: FormulaProblem = {
  ...common,
  name: 'Kepler',
  text: '365.25 * sqrt(a^3)',
  variables: ['a'],
  units: { variables: ['m'], target: 's' },
  sampling: [
    {
      kind: 'listed',
      values: [0.387098, 0.723332, 1.000001, 1.523679, 5.2044, 9.5826, 19.2184, 30.11],
      wider: [0.2, 40],
    },
  ],
  rows: 8,
  formula: product(365.25, apply('sqrt', power(x, 3))),
  noise: { kind: 'none' },
  measured: [87.9691, 224.701, 365.256, 686.98, 4332.59, 10759.22, 30688.5, 60182],
};

export const LAWS: Suite = {
  name: 'laws',
  problems: [newton, planck, schechter, idealGas, rydberg, bode, kepler],
};
