/** What the options say is known of a formula, put into the subject; whatever contradicts is refused here. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { nearestWord } from '../../diagnostics/nearest.js';
import { applyKnowledge } from '../../distil/knowledge.js';
import type { Subject } from '../../distil/subject.js';
import type { Knowledge } from '../../students/math/knowledge/knowledge.js';
import { listOption, textOption } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import type { CONSTANT_UNITS, DIMENSION_POLICIES } from './options.js';
import { readGuesses } from './guesses.js';
import { withTemplate } from './template.js';
import { readTransforms } from './transforms.js';
import { readUnits } from './units.js';

/**
 * The subject with what the options and the manifest say is known.
 *
 * @param parsed as given, `--features` naming transforms and all.
 * @throws Diagnostic of the command line, of formulas or of units.
 */
export async function withKnowledge(parsed: Arguments, subject: Subject): Promise<Subject> {
  const [{ problem }] = subject.cells;
  const features = problem.data.names;
  const operators = problem.settings.knowledge?.operators ?? [];
  const transforms = readTransforms(parsed, features, operators);
  const names = [...features, ...transforms.map(({ name }) => name)];
  const forbidden = readForbidden(parsed, names);
  const chosen = transforms.length === 0 ? undefined : listOption(parsed, 'features');
  const kept = names.flatMap((name, at) => {
    const isChosen = chosen === undefined || chosen.includes(name);
    return isChosen && !forbidden.variables.includes(at) ? [at] : [];
  });
  if (kept.length === 0) {
    const hint = 'leave one that formulas may read';
    throw contradiction('every variable is forbidden', hint);
  }
  const units = await readUnits(parsed, subject, transforms);
  const policy = readPolicy(parsed, units !== undefined);
  const placeOf = (at: number): number => kept.indexOf(at);
  const required = readRequired(parsed, names, kept);
  const apart = forbidden.pairs.map(([a, b]): [number, number] => [placeOf(a), placeOf(b)]);
  checkPairs(required, apart, kept.map((at) => names[at])); // prettier-ignore
  const constants = textOption(parsed, 'constant-units') as (typeof CONSTANT_UNITS)[number];
  const rulesOf = (position: number): Knowledge => ({
    ...(units === undefined || policy === 'off'
      ? {}
      : {
          dimensions: {
            variables: kept.map((at) => units.variables[at]),
            target: units.targets[position],
            constants: constants === 'none' ? 'numbers' : 'free',
            policy,
          },
        }),
    ...(required.length === 0 ? {} : { required }),
    ...(apart.length === 0 ? {} : { apart }),
  });
  const ruled = applyKnowledge(subject, { transforms, kept, rulesOf });
  return withTemplate(parsed, readGuesses(parsed, ruled));
}

function readPolicy(parsed: Arguments, hasUnits: boolean): (typeof DIMENSION_POLICIES)[number] {
  for (const option of ['dimensions', 'constant-units']) {
    const given = textOption(parsed, option);
    if (hasUnits || given === undefined || given === 'off') continue;
    throw diagnose('DIMENSIONS_WITHOUT_UNITS', {}, { option: `--${option}` });
  }
  return (
    (textOption(parsed, 'dimensions') as (typeof DIMENSION_POLICIES)[number] | undefined) ?? 'rule'
  );
}

interface Forbidden {
  readonly variables: readonly number[];
  readonly pairs: readonly (readonly [number, number])[];
}

function readForbidden(parsed: Arguments, names: readonly string[]): Forbidden {
  const variables: number[] = [];
  const pairs: [number, number][] = [];
  for (const word of listOption(parsed, 'forbid') ?? []) {
    if (names.includes(word) || !word.includes(':')) {
      variables.push(positionOf(word, names, 'forbid'));
      continue;
    }
    const both = word.split(':').map((one) => positionOf(one.trim(), names, 'forbid'));
    if (both.length !== 2 || both[0] === both[1]) {
      const expected = 'NAME,NAME or pairs NAME:NAME of different variables';
      throw diagnose('CLI_OPTION_VALUE', {}, { option: 'forbid', value: word, expected });
    }
    pairs.push([both[0], both[1]]);
  }
  return { variables, pairs: pairs.filter((pair) => !pair.some((at) => variables.includes(at))) };
}

/** Positions among the kept variables. */
function readRequired(
  parsed: Arguments,
  names: readonly string[],
  kept: readonly number[],
): readonly number[] {
  const wanted = (listOption(parsed, 'require') ?? []).map((word) =>
    positionOf(word, names, 'require'),
  );
  const missing = wanted.find((at) => !kept.includes(at));
  if (missing !== undefined) {
    const reason = `"${names[missing]}" is required, but no formula may read it`;
    throw contradiction(reason, 'take it out of --require, or out of --forbid or into --features');
  }
  return [...new Set(wanted.map((at) => kept.indexOf(at)))];
}

function checkPairs(
  required: readonly number[],
  apart: readonly (readonly [number, number])[],
  names: readonly string[],
): void {
  const both = apart.find((pair) => pair.every((at) => required.includes(at)));
  if (both === undefined) return;
  const [a, b] = both.map((at) => names[at]);
  const reason = `"${a}" and "${b}" are required, but no formula may read both`;
  throw contradiction(reason, 'take one of them out of --require, or the pair out of --forbid');
}

function positionOf(word: string, names: readonly string[], option: string): number {
  const at = names.indexOf(word);
  if (at >= 0) return at;
  const nearest = nearestWord(word, names);
  throw diagnose('KNOWLEDGE_UNKNOWN_VARIABLE', {}, { word, option, nearest, known: names });
}

function contradiction(reason: string, hint: string): Error {
  return diagnose('KNOWLEDGE_CONTRADICTION', {}, { reason, hint });
}
