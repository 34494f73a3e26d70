/**
 * The grid of requirements: every structure in every disguise, all elementary automata at two widths with
 * both borders, Life on two tori. Each point says what is wrong with its module, if anything.
 */
import { compile } from '../../../src/compile.js';
import type { Compiled } from '../../../src/compile.js';
import type { Network } from '../../../src/ir/network.js';
import { createRunner, loadModule } from '../../../src/verify/run-module.js';
import { agreementOf, probesOf } from '../agreement.js';
import { GALLERY } from '../build/gallery.js';
import { elementaryAutomaton } from '../build/local-rules.js';
import type { Specimen } from '../build/specimen.js';
import { totalistic } from '../build/totalistic.js';
import { DISGUISES, disguise } from '../disguise.js';
import { withoutSource } from '../emitted-text.js';
import { bodyOperators, conditions, innerLoops } from './body-operators.js';

export interface GridPoint {
  readonly name: string;
  /** What the module falls short of; empty where nothing. */
  readonly check: () => Promise<readonly string[]>;
}

/** Longest module of a structure, and operators of a rule's body, conditions of Life's. */
export const MOST_LINES = 40;
export const MOST_OPERATORS = 8;
export const MOST_CONDITIONS = 2;

const SAMPLES = 256;

/** All points, in the order in which they are run. */
export function structureGrid(): readonly GridPoint[] {
  const structures = GALLERY.flatMap((specimen) => structurePoints(specimen));
  const automata = [17, 32].flatMap((width) =>
    (['wrap', 'zero'] as const).flatMap((border) =>
      Array.from({ length: 256 }, (_, rule) => automatonPoint(rule, width, border)),
    ),
  );
  return [...structures, ...automata, lifePoint(6, 7), lifePoint(16, 16)];
}

/** Runs points one after the other; what is wrong with each, under its name. */
export async function gridFailures(
  grid: readonly GridPoint[],
  tell: (done: number, total: number) => void = () => undefined,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const [index, point] of grid.entries()) {
    failures.push(...(await problemsOf(point)).map((problem) => `${point.name}: ${problem}`));
    tell(index + 1, grid.length);
  }
  return failures;
}

/** What is wrong with a point; a compiler that breaks is wrong, too. */
export async function problemsOf({ check }: GridPoint): Promise<readonly string[]> {
  try {
    return await check();
  } catch (error) {
    return [`broke: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/**
 * A structure as it is (proved, short, no weights in data, equal to its program) and in disguises, which
 * must give the same text and the same verdict.
 */
export function structurePoints(
  specimen: Specimen,
  kinds: readonly string[] = Object.keys(DISGUISES),
  seed = 1,
): readonly GridPoint[] {
  let first: Promise<Compiled> | undefined;
  const plain = (): Promise<Compiled> => (first ??= compile(specimen.network));
  return [
    {
      name: specimen.name,
      check: async () => structureProblems(specimen, await plain()),
    },
    ...kinds.map((kind): GridPoint => {
      const network = disguise(specimen.network, { ...DISGUISES[kind], seed });
      return {
        name: `${specimen.name}, ${kind}`,
        check: async () => disguiseProblems(network, await plain(), await compile(network)),
      };
    }),
  ];
}

async function disguiseProblems(
  network: Network,
  plain: Compiled,
  compiled: Compiled,
): Promise<string[]> {
  const same = withoutSource(plain.code) === withoutSource(compiled.code);
  const { mismatches } = await agreementOf(network, compiled, SAMPLES);
  return [
    ...(compiled.verdict.status === plain.verdict.status ? [] : [compiled.verdict.status]),
    ...(same ? [] : ['another text']),
    ...(mismatches === 0 ? [] : [`${mismatches} mismatches`]),
  ];
}

/**
 * A rule in its natural encoding: proved, and one short expression for all cells; with a zero border the
 * first and the last cell may have expressions of their own.
 */
export function automatonPoint(rule: number, width: number, border: 'wrap' | 'zero'): GridPoint {
  const specimen = elementaryAutomaton({ rule, width, border });
  return {
    name: specimen.name,
    check: async () => {
      const compiled = await compile(specimen.network);
      return [
        ...(await structureProblems(specimen, compiled)),
        ...bodyProblems(compiled.code, border === 'wrap' ? 1 : 3),
      ];
    },
  };
}

function bodyProblems(code: string, most: number): string[] {
  const operators = bodyOperators(code);
  return [
    ...(operators.length <= most ? [] : [`${operators.length} bodies`]),
    ...(operators.every((count) => count <= MOST_OPERATORS)
      ? []
      : [`${Math.max(...operators)} operators`]),
    ...(innerLoops(code) === 0 ? [] : ['loops in loops']),
  ];
}

/** Life on a torus: proved, with at most two conditions. */
export function lifePoint(rows: number, columns: number): GridPoint {
  const specimen = totalistic({ rows, columns, border: 'wrap' });
  return {
    name: specimen.name,
    check: async () => {
      const compiled = await compile(specimen.network);
      const count = conditions(compiled.code);
      return [
        ...(await structureProblems(specimen, compiled)),
        ...(count <= MOST_CONDITIONS ? [] : [`${count} conditions`]),
      ];
    },
  };
}

/** What a plain structure's module falls short of. */
export async function structureProblems(
  { network, reference }: Specimen,
  { code, weights, verdict, report }: Compiled,
): Promise<string[]> {
  const { lines, weightsInData } = report.code;
  const run = createRunner(await loadModule(code, weights), network);
  const wrong = probesOf(network, SAMPLES).filter((probe) => {
    const scores = run(probe).scores.flat();
    return reference(...probe).some((value, k) => value !== scores[k]);
  });
  return [
    ...(wrong.length === 0 ? [] : [`${wrong.length} mismatches`]),
    ...(verdict.status === 'proved' ? [] : [`${verdict.status} ${verdict.reason ?? ''}`.trim()]),
    ...(weightsInData === 0 ? [] : [`${weightsInData} weights in data`]),
    ...(lines <= MOST_LINES ? [] : [`${lines} lines`]),
    ...(report.unexplainedNeurons.length === 0
      ? []
      : [`${report.unexplainedNeurons.length} unexplained`]),
  ];
}
