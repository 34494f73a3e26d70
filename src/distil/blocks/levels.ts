/**
 * A block at a chosen complexity. Its cells have a front each; at a complexity each takes its most accurate
 * formula of at most that. Where nothing is chosen it is the least complexity at which the whole is faithful
 * enough, and where none is, every cell takes the formula with the shortest description.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { HybridLevel } from '../../ir/hybrid.js';
import type { StagedNetwork } from '../../ir/network.js';
import { mostAccurateOf } from '../../students/math/front.js';
import { formulaOf } from './equations.js';
import type { Equation } from './equations.js';
import type { Block } from './block.js';
import type { Records } from './record.js';
import { fidelityOfWhole } from './whole.js';
import type { InputAt, Told } from './whole.js';

/** A block with the formulas that were taken for its cells. */
export interface Switched {
  readonly told: Told;
  /** For each cell the position on its front. */
  readonly members: readonly number[];
  /** Of all formulas together. */
  readonly complexity: number;
  readonly selection: string;
}

/** Where nobody chooses. */
export const FAITHFUL = 'faithful';

/** All complexities at which the block can be told, ascending. */
export function complexitiesOf(equations: readonly Equation[]): readonly number[] {
  const simplest = equations.map(({ front }) => Math.min(...front.map(({ complexity }) => complexity))); // prettier-ignore
  const least = Math.max(...simplest);
  const all = equations.flatMap(({ front }) => front.map(({ complexity }) => complexity));
  return [...new Set(all)].filter((complexity) => complexity >= least).sort((a, b) => a - b);
}

function membersAt(equations: readonly Equation[], complexity: number): readonly number[] {
  return equations.map(({ front }) => {
    const allowed = front.filter((one) => one.complexity <= complexity);
    return front.indexOf(allowed[mostAccurateOf(allowed)]);
  });
}

function switched(
  block: Block,
  equations: readonly Equation[],
  members: readonly number[],
  selection: string,
): Switched {
  return {
    told: { block, formulas: equations.map((equation, k) => formulaOf(equation, members[k])) },
    members,
    complexity: equations.reduce((sum, { front }, k) => sum + front[members[k]].complexity, 0),
    selection,
  };
}

/** What the whole is worth at each complexity of the block. */
export function levelsOf(
  network: StagedNetwork,
  inputAt: InputAt,
  block: Block,
  equations: readonly Equation[],
  { inRange, outOfRange }: Records,
): readonly HybridLevel[] {
  return complexitiesOf(equations).map((complexity) => {
    const { told } = switched(block, equations, membersAt(equations, complexity), '');
    const outside = outOfRange && fidelityOfWhole(network, inputAt, [told], outOfRange);
    return {
      complexity,
      fidelity: fidelityOfWhole(network, inputAt, [told], inRange),
      ...(outside === undefined ? {} : { fidelityOutOfRange: outside }),
    };
  });
}

/**
 * The block at the complexity that was asked for, else as said above.
 *
 * @throws Diagnostic HYBRID_COMPLEXITY for a complexity that is on no front.
 */
export function switchBlock(
  block: Block,
  equations: readonly Equation[],
  levels: readonly HybridLevel[],
  wanted: { readonly complexity: number | undefined; readonly fidelity: number; readonly selection: string }, // prettier-ignore
): Switched {
  const { complexity, fidelity, selection } = wanted;
  const at = (level: number, why: string): Switched =>
    switched(block, equations, membersAt(equations, level), `complexity ${level}, ${why}`);
  if (complexity !== undefined) {
    const known = complexitiesOf(equations);
    if (known.includes(complexity)) return at(complexity, 'as asked');
    throw diagnose('HYBRID_COMPLEXITY', {}, { block: block.name, complexity, known });
  }
  const enough =
    selection === FAITHFUL ? levels.find((level) => level.fidelity >= fidelity) : undefined;
  if (enough !== undefined) return at(enough.complexity, 'the least that is faithful enough');
  const best =
    selection === FAITHFUL
      ? 'the best of each front, since no complexity is faithful enough'
      : selection;
  return switched(block, equations, equations.map(({ selected }) => selected), best); // prettier-ignore
}
