/** The options of `deepdistill math` that say which formulas are searched and how they are judged. */
import { Diagnostic, diagnose } from '../diagnostics/diagnostic.js';
import { nearestWord } from '../diagnostics/nearest.js';
import type { StudentFindings } from '../ir/student.js';
import type { Formula } from '../students/math/formula.js';
import { parseSelection } from '../students/math/front.js';
import type { Selection } from '../students/math/front.js';
import { OPERATORS } from '../students/math/operators/index.js';
import { DEFAULT_SETTINGS } from '../students/math/problem.js';
import type { LossSettings, Settings } from '../students/math/problem.js';
import { parseFormula } from '../students/math/text/parse-formula.js';
import { flagOption, listOption, numberOption, textOption, textOptions } from './arguments.js';
import type { Arguments } from './arguments.js';
import type { Option } from './command.js';
import { readOperators } from './knowledge/operators.js';
import { TOLD_KNOWLEDGE } from './knowledge/options.js';

/** Where a model may be asked. */
export const PROBING = ['mixed', 'uniform', 'sobol', 'boundary'] as const;

export const SEARCH_OPTIONS = {
  operators: { kind: 'text', value: '+,*,sin', description: `operators of formulas (default: ${DEFAULT_SETTINGS.operators.join(',')})` }, // prettier-ignore
  complexity: { kind: 'text', value: 'sin=3', repeatable: true, description: 'complexity of an operator, of constant or of variable; 1 by default' }, // prettier-ignore
  'max-complexity': { kind: 'text', value: '30', description: 'largest complexity of a formula' },
  'max-depth': { kind: 'text', value: '12', description: 'deepest nesting of a formula' },
  nesting: { kind: 'text', value: 'sin:cos=0', repeatable: true, description: 'how often the second may stand within the first' }, // prettier-ignore
  loss: { kind: 'text', value: 'mse', description: 'mse, mae, huber:DELTA, relative, log, pinball:QUANTILE, or a formula of prediction and target' }, // prettier-ignore
  'no-snap': { kind: 'flag', description: 'keep constants as they were fitted' },
  'per-complexity': { kind: 'text', value: '1', description: 'formulas kept for each complexity' },
  seed: { kind: 'text', value: '0', description: 'seed of the search and of the probes' },
} as const satisfies Readonly<Record<string, Option>>;

/** @throws Diagnostic `CLI_OPTION_VALUE`. */
export function readSettings(parsed: Arguments): Settings {
  const own = readOperators(parsed);
  // In settings and trees an operator of the user's goes by its slot.
  const slotOf = (name: string): string => own.find((one) => one.name === name)?.slot ?? name;
  const known = [...OPERATORS, ...own].map(({ name }) => name);
  const named = listOption(parsed, 'operators') ?? DEFAULT_SETTINGS.operators;
  for (const name of named) refuseUnknownOperator(name, 'operators', name, known);
  const operators = [...new Set([...named.map(slotOf), ...own.map(({ slot }) => slot)])];
  const costs = Object.fromEntries(
    textOptions(parsed, 'complexity')
      .map((text) => readCost(text, known))
      .map(([name, cost]) => [slotOf(name), cost]),
  );
  const {
    constant = DEFAULT_SETTINGS.constantComplexity,
    variable = DEFAULT_SETTINGS.variableComplexity,
    ...complexities
  } = costs;
  return {
    operators,
    complexities,
    constantComplexity: constant,
    variableComplexity: variable,
    maxComplexity: numberOption(parsed, 'max-complexity', 1) ?? DEFAULT_SETTINGS.maxComplexity,
    maxDepth: wholeOption(parsed, 'max-depth', 1) ?? DEFAULT_SETTINGS.maxDepth,
    nesting: readNesting(textOptions(parsed, 'nesting'), known, slotOf),
    loss: readLoss(textOption(parsed, 'loss') ?? 'mse'),
    perComplexity: wholeOption(parsed, 'per-complexity', 1) ?? DEFAULT_SETTINGS.perComplexity,
    snaps: !flagOption(parsed, 'no-snap'),
    seed: wholeOption(parsed, 'seed', 0) ?? DEFAULT_SETTINGS.seed,
    ...(own.length === 0 ? {} : { knowledge: { operators: own } }),
  };
}

/** Options that change what is found, told in the report where they are given. */
const TOLD_IF_GIVEN = [
  'complexity', 'nesting', 'mode', 'max-evaluations', 'probes', 'probing', 'range', 'digits',
  ...TOLD_KNOWLEDGE,
]; // prettier-ignore

/** What the settings say, by the names of the options. */
export function describeSettings(
  parsed: Arguments,
  settings: Settings,
): StudentFindings['settings'] {
  return {
    seed: settings.seed,
    loss: textOption(parsed, 'loss') ?? 'mse',
    operators: settings.operators.map((name) => nameOf(name, settings)).join(', '),
    'max-complexity': settings.maxComplexity,
    'max-depth': settings.maxDepth,
    snap: settings.snaps,
    ...Object.fromEntries(
      TOLD_IF_GIVEN.flatMap((name) => {
        const given = textOptions(parsed, name);
        return given.length === 0 ? [] : [[name, given.join(', ')]];
      }),
    ),
  };
}

function nameOf(operator: string, { knowledge }: Settings): string {
  const own = knowledge?.operators?.find(({ slot }) => slot === operator);
  return own?.name ?? operator;
}

/** A whole number of at least `minimum`; `undefined` when absent. @throws Diagnostic `CLI_OPTION_VALUE`. */
export function wholeOption(parsed: Arguments, name: string, minimum: number): number | undefined {
  const value = numberOption(parsed, name, minimum);
  if (value === undefined || Number.isSafeInteger(value)) return value;
  throw wrongValue(name, String(value), `a whole number, ${minimum} or more`);
}

/** `option` and `value`: where the name stands. */
function refuseUnknownOperator(
  name: string,
  option: string,
  value: string,
  known: readonly string[],
): void {
  if (known.includes(name)) return;
  const nearest = nearestWord(name, known);
  const suggestion = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  throw wrongValue(option, value, `operators among ${known.join(' ')}${suggestion}`);
}

function readCost(text: string, known: readonly string[]): readonly [string, number] {
  const found = /^(.+)=(\d+(?:\.\d+)?)$/.exec(text);
  if (found === null || !(Number(found[2]) > 0)) {
    throw wrongValue('complexity', text, 'NAME=NUMBER with a positive number, such as sin=3');
  }
  const [, name, cost] = found;
  if (name !== 'constant' && name !== 'variable')
    refuseUnknownOperator(name, 'complexity', text, known);
  return [name, Number(cost)];
}

function readNesting(
  texts: readonly string[],
  known: readonly string[],
  slotOf: (name: string) => string,
): Settings['nesting'] {
  const nesting: Record<string, Record<string, number>> = {};
  for (const text of texts) {
    const found = /^([^:]+):([^=:]+)=(\d+)$/.exec(text);
    if (found === null) throw wrongValue('nesting', text, 'OUTER:INNER=COUNT, such as sin:cos=0');
    const [, outer, inner, most] = found;
    refuseUnknownOperator(outer, 'nesting', text, known);
    refuseUnknownOperator(inner, 'nesting', text, known);
    const [slot, innerSlot] = [slotOf(outer), slotOf(inner)];
    nesting[slot] = { ...nesting[slot], [innerSlot]: Number(most) };
  }
  return nesting;
}

const LOSS_VARIABLES = ['prediction', 'target'];
const LOSS_PATTERN = /^(mse|mae|relative|log|huber|pinball)(?::(.+))?$/;

function readLoss(text: string): LossSettings {
  const found = LOSS_PATTERN.exec(text);
  if (found === null) {
    return { kind: 'custom', formula: readLossFormula(text) };
  }
  const [, kind] = found;
  const parameter = found.at(2);
  const value = parameter === undefined ? undefined : Number(parameter);
  switch (kind) {
    case 'huber':
      if (value === undefined || !(value > 0)) throw wrongValue('loss', text, 'huber:DELTA, DELTA positive'); // prettier-ignore
      return { kind, delta: value };
    case 'pinball':
      if (value === undefined || !(value > 0 && value < 1)) throw wrongValue('loss', text, 'pinball:QUANTILE, between 0 and 1'); // prettier-ignore
      return { kind, quantile: value };
    default:
      if (parameter !== undefined) throw wrongValue('loss', text, `${kind} without a parameter`);
      return { kind: kind as 'mse' | 'mae' | 'relative' | 'log' };
  }
}

/** @throws Diagnostic `CLI_OPTION_VALUE`, which says what is wrong with the formula. */
function readLossFormula(text: string): Formula {
  try {
    return parseFormula(text, LOSS_VARIABLES);
  } catch (error) {
    if (!(error instanceof Diagnostic)) throw error;
    const words = 'mse, mae, huber:DELTA, relative, log, pinball:QUANTILE';
    throw wrongValue('loss', text, `${words}, or a formula of prediction and target; as a formula, ${error.message}`); // prettier-ignore
  }
}

/** Which formula of the front `--select` means. @throws Diagnostic `CLI_OPTION_VALUE`. */
export function readSelection(parsed: Arguments): Selection {
  const text = textOption(parsed, 'select') ?? 'best';
  try {
    return parseSelection(text);
  } catch (error) {
    if (!(error instanceof Diagnostic)) throw error;
    throw wrongValue('select', text, 'best, accuracy, simplest, or a complexity such as 7');
  }
}

function wrongValue(option: string, value: string, expected: string): Diagnostic {
  return diagnose('CLI_OPTION_VALUE', {}, { option, value, expected });
}
