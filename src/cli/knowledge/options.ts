/** The options of `deepdistill math` that say what is known of a formula before it is searched. */
import type { Option } from '../command.js';

export const DIMENSION_POLICIES = ['rule', 'penalty', 'off'] as const;
export const CONSTANT_UNITS = ['any', 'none'] as const;

export const KNOWLEDGE_OPTIONS = {
  units: { kind: 'text', value: "'a=kg, b=m/s'", description: 'units of features, transforms and targets, besides those of the manifest' }, // prettier-ignore
  dimensions: { kind: 'text', value: 'rule', choices: DIMENSION_POLICIES, description: 'formulas wrong in their dimensions are refused, cost, or do not matter (default: rule where there are units)' }, // prettier-ignore
  'constant-units': { kind: 'text', value: 'any', choices: CONSTANT_UNITS, description: 'whether constants carry any unit, or none' }, // prettier-ignore
  require: { kind: 'text', value: 'A,B', description: 'variables that every formula reads, the best constant apart' }, // prettier-ignore
  forbid: { kind: 'text', value: 'A,B:C', description: 'variables that no formula reads, and pairs of which none reads both' }, // prettier-ignore
  guess: { kind: 'text', value: "'2*x + 1'", repeatable: true, description: 'a formula to begin with; its constants are fitted' }, // prettier-ignore
  transform: { kind: 'text', value: "'d = x - y'", repeatable: true, description: 'a further variable that formulas may read; with --features, one of those named there' }, // prettier-ignore
  template: { kind: 'text', value: "'f(x, y) + g(z)'", description: 'the shape of all formulas: functions that are not known are to be found' }, // prettier-ignore
  operator: { kind: 'text', value: "'soft(x) = log(1 + exp(x))'", repeatable: true, description: 'a further operator, of one or two arguments' }, // prettier-ignore
} as const satisfies Readonly<Record<string, Option>>;

/** The options that the report tells where they are given. */
export const TOLD_KNOWLEDGE: readonly string[] = Object.keys(KNOWLEDGE_OPTIONS);
