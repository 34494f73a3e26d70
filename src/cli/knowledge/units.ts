/**
 * Units of features, transforms and targets: from `--units 'mass=kg, speed=m/s'`, which speaks first, and
 * from the manifest.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { nearestWord } from '../../diagnostics/nearest.js';
import type { Cell, Subject } from '../../distil/subject.js';
import { dimensionOf } from '../../students/math/dimensions/check.js';
import type { Dimensions } from '../../students/math/dimensions/check.js';
import { dimensionText } from '../../students/math/dimensions/dimension.js';
import type { Dimension } from '../../students/math/dimensions/dimension.js';
import { parseUnit } from '../../students/math/text/parse-unit.js';
import type { Definition } from '../../students/math/to-program.js';
import { textOption } from '../arguments.js';
import type { Arguments } from '../arguments.js';

export interface KnownUnits {
  /** Of features and transforms; `null` where nothing is known. */
  readonly variables: readonly (Dimension | null)[];
  /** One for each cell of the subject. */
  readonly targets: readonly (Dimension | null)[];
}

/**
 * @returns `undefined` where no units are given.
 * @throws Diagnostic of units, KNOWLEDGE_UNKNOWN_VARIABLE, KNOWLEDGE_CONTRADICTION for a transform that is
 *   wrong in its dimensions.
 */
export async function readUnits(
  parsed: Arguments,
  subject: Subject,
  transforms: readonly Definition[],
): Promise<KnownUnits | undefined> {
  const { cells, model } = subject;
  const [{ problem, inputs }] = cells;
  const { names } = problem.data;
  const told = readTexts(parsed, [
    ...names,
    ...transforms.map(({ name }) => name),
    ...cells.flatMap((cell) => namesOfTarget(cell, subject, parsed)),
  ]);
  const units = new Map<string, Dimension>();
  const parse = async (text: string, key: string): Promise<Dimension> => {
    const known = units.get(text) ?? (await parseUnit(text, { key }));
    units.set(text, known);
    return known;
  };
  const ofName = async (name: string, other?: string, key = ''): Promise<Dimension | null> => {
    const own = told.get(name);
    if (own !== undefined) return parse(own, `--units ${name}`);
    return other === undefined ? null : parse(other, key);
  };
  const ofCells = model.inputs.flatMap(({ units: texts, shape }) => {
    const size = shape.reduce((product, extent) => product * extent, 1);
    return Array.from({ length: size }, (_, cell) => texts?.[cell]);
  });
  const variables: (Dimension | null)[] = [];
  for (const [k, name] of names.entries()) {
    variables.push(await ofName(name, ofCells[inputs[k]], 'input.units'));
  }
  const targets: (Dimension | null)[] = [];
  for (const cell of cells) {
    const names = namesOfTarget(cell, subject, parsed);
    const name = names.find((one) => told.has(one)) ?? cell.name;
    targets.push(await ofName(name, unitOfTarget(cell, subject), 'output.units'));
  }
  const isAny = [...variables, ...targets].some((one) => one !== null) || told.size > 0;
  if (!isAny) return undefined;
  for (const { name, formula } of transforms) {
    const given = await ofName(name);
    variables.push(given ?? unitOfTransform(name, formula, variables));
  }
  return { variables, targets };
}

/** What `--units` may call a target: as it is told, as `--target` has it, its label, its output. */
function namesOfTarget(
  { name, teacher }: Cell,
  { network, cells }: Subject,
  parsed: Arguments,
): readonly string[] {
  const asked = cells.length === 1 ? textOption(parsed, 'target') : undefined;
  const target = teacher?.target;
  const output = target?.kind === 'output' ? network?.outputs[target.output] : undefined;
  const label = target?.kind === 'output' ? output?.labels?.[target.cell] : undefined;
  return [...new Set([name, asked, label, output?.name].filter((one) => one !== undefined))];
}

function unitOfTarget({ teacher }: Cell, { network }: Subject): string | undefined {
  if (teacher?.target.kind !== 'output') return undefined;
  const { output, cell } = teacher.target;
  return network?.outputs[output].units?.[cell];
}

function unitOfTransform(
  name: string,
  formula: Definition['formula'],
  variables: Dimensions['variables'],
): Dimension | null {
  const reading = dimensionOf(formula, variables);
  if (reading.wrong === undefined) return reading.dimension ?? null;
  const [a, b] = reading.wrong.map(dimensionText);
  const reason = `the transform "${name}" is wrong in its dimensions: ${a} meets ${b}`;
  const hint = `constants in it are pure numbers; say its unit with --units '${name}=UNIT' if it is right`;
  throw diagnose('KNOWLEDGE_CONTRADICTION', {}, { reason, hint });
}

/** By name. Names may hold signs of equality, units do not. */
function readTexts(parsed: Arguments, known: readonly string[]): ReadonlyMap<string, string> {
  const text = textOption(parsed, 'units');
  const found = new Map<string, string>();
  for (const part of text?.split(',') ?? []) {
    const at = part.lastIndexOf('=');
    const name = part.slice(0, Math.max(0, at)).trim();
    if (at < 0 || name === '') {
      const expected = 'NAME=UNIT, NAME=UNIT, such as mass=kg, speed=m/s';
      throw diagnose('CLI_OPTION_VALUE', {}, { option: 'units', value: text ?? '', expected });
    }
    if (!known.includes(name)) {
      const nearest = nearestWord(name, known);
      throw diagnose('KNOWLEDGE_UNKNOWN_VARIABLE', {}, { word: name, option: 'units', nearest, known }); // prettier-ignore
    }
    found.set(name, part.slice(at + 1).trim());
  }
  return found;
}
