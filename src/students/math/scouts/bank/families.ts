/**
 * Functions with one constant inside, φ(c; u) of a small expression u: over a grid of c that follows the
 * spread of u they are features like others, and the constant is then found along a line.
 */
import { hullOf } from '../../../../numeric/hull.js';
import { call, constant } from '../../formula.js';
import type { Formula } from '../../formula.js';
import { complexityOf } from '../../complexity.js';
import { compileTape } from '../../engine/tape.js';
import type { Settings } from '../../problem.js';
import type { Sample } from '../shared/sample.js';
import type { Block } from './enumerate.js';
import type { Feature } from './features.js';

interface Range {
  readonly min: number;
  readonly max: number;
  /** Largest size. */
  readonly size: number;
}

interface Family {
  readonly name: string;
  readonly operators: readonly string[];
  readonly grid: (range: Range) => readonly number[];
  readonly build: (argument: Formula, constant: Formula) => Formula;
}

const RATES = [0.3, 0.6, 1, 1.5, 2.2, 3.3, 5, 8];
const FREQUENCIES = Array.from({ length: 16 }, (_, k) => 0.5 + 0.8 * k);
const PHASES = [-0.8, 0.8];
const EXPONENTS = [-4, -3, -2.5, -1.5, -0.75, -0.4, 0.4, 0.75, 1.25, 1.5, 1.75, 2.5, 3.5, 4.5];
/** Distances from the ends of the range, as shares of it. */
const DISTANCES = [0.03, 0.1, 0.25, 0.6, 1.2, 2.5, 5];
const WITHIN = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

const both = (rates: readonly number[]): readonly number[] => [...rates, ...rates.map((r) => -r)];
const perSize = (rates: readonly number[]) => (range: Range) => rates.map((r) => r / range.size);
const beyond = ({ min, max }: Range): readonly number[] => [
  ...DISTANCES.map((share) => -min + share * (max - min)),
  ...DISTANCES.map((share) => -max - share * (max - min)),
];
const above = ({ min, max }: Range): readonly number[] =>
  DISTANCES.map((share) => -min + share * (max - min));
const between = ({ min, max }: Range): readonly number[] =>
  WITHIN.map((share) => -min - share * (max - min));

const scaled = (operator: string, rates: readonly number[]): Family => ({
  name: operator,
  operators: [operator, '*'],
  grid: perSize(rates),
  build: (u, c) => call(operator, call('*', c, u)),
});
const shifted = (operator: string, grid: Family['grid']): Family => ({
  name: `${operator} +`,
  operators: [operator, '+'],
  grid,
  build: (u, c) => call(operator, call('+', u, c)),
});
const compared = (operator: string): Family => ({
  name: operator,
  operators: [operator],
  grid: (range) => between(range).map((c) => -c),
  build: (u, c) => call(operator, u, c),
});

const phased = (phase: number): Family => ({
  name: `sin + ${phase}`,
  operators: ['sin', '*', '+'],
  grid: perSize(FREQUENCIES),
  build: (u, c) => call('sin', call('+', call('*', c, u), constant(phase))),
});

const FAMILIES: readonly Family[] = [
  scaled('exp', both(RATES)),
  scaled('sin', FREQUENCIES),
  scaled('cos', FREQUENCIES),
  ...PHASES.map(phased),
  ...['tanh', 'atan', 'erf', 'sinh', 'cosh', 'tan'].map((name) => scaled(name, RATES)),
  {
    name: 'pow',
    operators: ['pow'],
    grid: ({ min }) => (min > 0 ? EXPONENTS : []),
    build: (u, c) => call('pow', u, c),
  },
  {
    name: 'inverse',
    operators: ['/', '+'],
    grid: beyond,
    build: (u, c) => call('/', constant(1), call('+', u, c)),
  },
  shifted('log', above),
  shifted('sqrt', above),
  shifted('abs', between),
  shifted('sign', between),
  ...['max', 'min', '>', '<', '>=', '<='].map(compared),
];

/** A family at one argument and one c. */
export interface FamilyMember extends Feature {
  readonly family: string;
  /** Stands for family and argument. */
  readonly line: number;
  readonly at: number;
  /** The grid around `at`. */
  readonly bracket: readonly [number, number];
  readonly withConstant: (value: number) => Formula;
}

/** The families that the operators allow, of each block, at each c of their grids. */
export function familyFeatures(
  blocks: readonly Block[],
  sample: Sample,
  mostComplexity: number,
): readonly FamilyMember[] {
  const { settings } = sample.problem;
  const found: FamilyMember[] = [];
  let line = 0;
  for (const block of blocks) {
    if (block.isConstant || block.complexity > mostComplexity) continue;
    const range = rangeOf(block.column);
    for (const family of allowedFamilies(settings)) {
      line++;
      // The inner function would only shift or scale what these families shift or scale.
      const outer = block.formula.kind === 'call' ? block.formula.operator : '';
      if (outer === family.operators[0] || (outer === 'exp' && family.name === 'pow')) continue;
      const grid = [...family.grid(range)].sort((a, b) => a - b);
      for (const [k, at] of grid.entries()) {
        const withConstant = (value: number): Formula =>
          family.build(block.formula, constant(value));
        const formula = withConstant(at);
        const column = sample.engine.evaluator.values(compileTape(formula));
        sample.engine.countEvaluations(1);
        if (column === undefined) continue;
        const complexity = complexityOf(formula, settings);
        const bracket = [grid[Math.max(0, k - 1)], grid[Math.min(grid.length - 1, k + 1)]] as const;
        found.push({
          kind: 'term',
          formula,
          complexity,
          column: Float64Array.from(column),
          family: family.name,
          line,
          at,
          bracket,
          withConstant,
        });
      }
    }
  }
  return found;
}

function allowedFamilies({ operators }: Settings): readonly Family[] {
  return FAMILIES.filter((family) => family.operators.every((name) => operators.includes(name)));
}

function rangeOf(column: Float64Array): Range {
  const [min, max] = hullOf(column);
  return { min, max, size: Math.max(Math.abs(min), Math.abs(max)) };
}
