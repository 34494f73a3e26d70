/** What the options of `deepdistill logic` say: which tree is wanted, how it grows, what is explained. */
import { diagnose } from '../diagnostics/diagnostic.js';
import { nearestWord } from '../diagnostics/nearest.js';
import type { TreeSelection } from '../distil/logic-choose.js';
import type { LogicSubject } from '../distil/logic-subject.js';
import type { LogicFindings } from '../ir/student.js';
import { DEFAULT_LOGIC_SETTINGS } from '../students/logic/problem.js';
import type { LogicSettings } from '../students/logic/problem.js';
import { flagOption, listOption, numberOption, textOption, textOptions } from './arguments.js';
import type { Arguments } from './arguments.js';
import { wholeOption } from './math-options.js';

/** What stands for the standard output where a file is named. */
export const STDOUT = '-';

/** The numbers of `--explain`. @throws Diagnostic `CLI_OPTION_VALUE`, `CLI_OPTIONS_CONFLICT`. */
export function readExplained(parsed: Arguments): readonly number[] | undefined {
  const words = listOption(parsed, 'explain');
  if (words === undefined) return undefined;
  if (textOption(parsed, 'output') === STDOUT) {
    const hint = 'the explanation goes to stdout: name a file for the module';
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--explain', second: '-o -', hint });
  }
  const numbers = words.map((word) => (word === '' ? NaN : Number(word)));
  if (numbers.every(Number.isFinite)) return numbers;
  const expected = 'numbers separated by commas, one for each feature';
  throw diagnose('CLI_OPTION_VALUE', {}, { option: 'explain', value: words.join(','), expected });
}

/** The share of `--fidelity`. @throws Diagnostic `CLI_OPTION_VALUE`. */
export function readFidelity(parsed: Arguments): number | undefined {
  const share = numberOption(parsed, 'fidelity', 0);
  if (share === undefined || share <= 1) return share;
  const expected = 'a share between 0 and 1, such as 0.99';
  throw diagnose('CLI_OPTION_VALUE', {}, { option: 'fidelity', value: String(share), expected });
}

/** Which tree of the front is wanted. @throws Diagnostic `CLI_OPTION_VALUE`, `CLI_OPTIONS_CONFLICT`. */
export function readSelection(parsed: Arguments): TreeSelection {
  for (const name of ['fidelity', 'leaves', 'depth', 'min-support', 'conditions']) {
    if (!flagOption(parsed, 'exact') || textOption(parsed, name) === undefined) continue;
    const hint = 'exact rules are as long as they have to be';
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--exact', second: `--${name}`, hint });
  }
  const least = readFidelity(parsed);
  const most = wholeOption(parsed, 'leaves', 1);
  if (least !== undefined) return { kind: 'fidelity', least };
  return most === undefined ? { kind: 'best' } : { kind: 'leaves', most };
}

/**
 * How a tree grows.
 *
 * @param names of the features that there are.
 * @param defaults where they are others than those of networks.
 * @throws Diagnostic `CLI_OPTION_VALUE`, `STUDENT_UNKNOWN_FEATURE`.
 */
export function readSettings(
  parsed: Arguments,
  names: readonly string[],
  defaults: Partial<LogicSettings> = {},
): LogicSettings {
  const maxDepth = wholeOption(parsed, 'depth', 1);
  const maxLeaves = wholeOption(parsed, 'leaves', 1);
  const minSupport = wholeOption(parsed, 'min-support', 1);
  const minProbes = wholeOption(parsed, 'node-probes', 0);
  const splits = textOption(parsed, 'splits') as LogicSettings['splits'] | undefined;
  const chosen = listOption(parsed, 'features') ?? names;
  return {
    ...DEFAULT_LOGIC_SETTINGS,
    ...defaults,
    ...(maxDepth === undefined ? {} : { maxDepth }),
    ...(maxLeaves === undefined ? {} : { maxLeaves }),
    ...(minSupport === undefined ? {} : { minSupport }),
    ...(minProbes === undefined ? {} : { minProbes }),
    ...(splits === undefined ? {} : { splits }),
    allowsAffineLeaves: flagOption(parsed, 'linear-leaves'),
    monotone: readMonotone(listOption(parsed, 'monotone') ?? [], chosen),
    seed: wholeOption(parsed, 'seed', 0) ?? DEFAULT_LOGIC_SETTINGS.seed,
  };
}

function readMonotone(
  words: readonly string[],
  names: readonly string[],
): LogicSettings['monotone'] {
  return Object.fromEntries(
    words.map((text): [number, 1 | -1] => {
      const falls = text.startsWith('-') && !names.includes(text);
      const word = falls ? text.slice(1) : text;
      const feature = names.indexOf(word);
      if (feature >= 0) return [feature, falls ? -1 : 1];
      const values = { word, nearest: nearestWord(word, names), known: names };
      throw diagnose('STUDENT_UNKNOWN_FEATURE', {}, values);
    }),
  );
}

const TOLD_IF_GIVEN = [
  'probes', 'probing', 'range', 'node-probes', 'min-support', 'splits', 'monotone', 'conditions',
]; // prettier-ignore

/** What the student was told, for the report; of a table also what suited the number of its rows. */
export function tellSettings(
  parsed: Arguments,
  { problem, table }: LogicSubject,
): LogicFindings['settings'] {
  const { seed, maxLeaves, maxDepth, minSupport } = problem.settings;
  const ofTable = table && { 'min-support': minSupport, 'hold-out': table.heldOutShare };
  return {
    seed,
    leaves: maxLeaves,
    depth: maxDepth,
    ...ofTable,
    ...(flagOption(parsed, 'linear-leaves') ? { 'linear-leaves': true } : {}),
    ...Object.fromEntries(
      TOLD_IF_GIVEN.flatMap((name) => {
        const given = textOptions(parsed, name);
        return given.length === 0 ? [] : [[name, given.join(', ')]];
      }),
    ),
  };
}
