/**
 * What every number of the programs becomes: bounds, extents and indices first, since they say over
 * what the sums run; then, with that knowledge, conditions and factors.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import { num } from '../ir/program-builders.js';
import { dumpExpression } from '../ir/program-dump.js';
import type { Expression, ProgramSymbol } from '../ir/program.js';
import type { Alignment } from './align.js';
import type { AxisId, AxisMap } from './axes.js';
import { compoundTexts, valueAt } from './forms.js';
import type { Form, SizeAxis } from './forms.js';
import {
  explainCondition, explainExtent, explainFactor, explainIndex,
} from './hypotheses.js'; // prettier-ignore
import { findRoles } from './roles.js';
import type { Group, Placed, Role } from './roles.js';
import { findRuns } from './runs.js';
import type { Runs } from './runs.js';
import { commonNumber, solveNumber } from './solve.js';
import { substitute } from './substitute.js';

/** A number that became an expression of sizes. */
export interface Decision {
  readonly values: readonly number[];
  readonly expression: Expression;
  /** The text in which it stands in the leading program. */
  readonly place: string;
  /** Whether several sizes agree on the expression; otherwise it is a hypothesis. */
  readonly confirmed: boolean;
}

export interface Decisions {
  /** What replaces number nodes; those missing stay. */
  readonly replacements: ReadonlyMap<Expression, Expression>;
  readonly decisions: readonly Decision[];
}

/** The axes of the inputs at all sizes, and how sizes are told in words. */
export interface Sizes {
  readonly axes: readonly SizeAxis[];
  /** One text for each program: `12 × 12`. */
  readonly texts: readonly string[];
}

/**
 * Decides on every number; hypotheses leave the `pinned` axes alone.
 *
 * @throws Diagnostic `GENERIC_CONSTANT` for a number that varies in a way no expression gives.
 */
export function decideNumbers(
  alignment: Alignment,
  axes: AxisMap,
  sizes: Sizes,
  pinned: ReadonlySet<AxisId>,
): Decisions {
  return new Decider(alignment, axes, sizes, pinned).decide();
}

/** Roles that say over what loops run; decided first. */
const SHAPES: readonly Role['kind'][] = ['extent', 'index', 'width'];

class Decider {
  private readonly replacements = new Map<Expression, Expression>();
  private readonly decisions: Decision[] = [];
  private readonly known = new Map<Group, Set<string>>();
  /** Whether sums of cells are whole numbers. */
  private readonly integral: boolean;
  private runs: Runs = { axesOf: () => [], termsOf: () => undefined };

  constructor(
    private readonly alignment: Alignment,
    private readonly axes: AxisMap,
    private readonly sizes: Sizes,
    private readonly pinned: ReadonlySet<AxisId>,
  ) {
    this.integral = alignment.program.interface.inputs.every(
      ({ domain }) => domain.kind === 'values' && domain.values.every(Number.isInteger),
    );
  }

  decide(): Decisions {
    const { program, values } = this.alignment;
    const roles = findRoles(program.body, this.axes);
    const placed = (node: Expression): Placed =>
      roles.get(node) ?? { role: { kind: 'value' }, place: dumpExpression(node) };
    const isShape = ({ kind }: Role): boolean => SHAPES.includes(kind);
    for (const [node, own] of values) {
      if (isShape(placed(node).role)) this.decideOne(node, own, placed(node));
    }
    this.runs = findRuns(substitute(program.body, this.replacements), this.sizes.axes);
    for (const [node, own] of values) {
      if (!isShape(placed(node).role)) this.decideOne(node, own, placed(node));
    }
    return { replacements: this.replacements, decisions: this.decisions };
  }

  private decideOne(node: Expression, values: readonly number[], { role, place }: Placed): void {
    const common = commonNumber(values);
    if (common === undefined) {
      this.solve(node, values, role, place);
      return;
    }
    if (common !== values[0]) this.replacements.set(node, num(common));
    const expression = this.explain(common, role);
    if (expression !== undefined) this.accept(node, { values, expression, place, confirmed: false }, role); // prettier-ignore
  }

  private solve(node: Expression, values: readonly number[], role: Role, place: string): void {
    const preferred = this.preferredAxes(role);
    const others = this.sizes.axes.map(({ id }) => id);
    const solution = solveNumber(values, {
      axes: this.sizeAxes([...preferred, ...others]),
      ...(SHAPES.includes(role.kind) ? { own: this.sizeAxes(preferred) } : {}),
      counts: this.countsNear(role),
      known: this.knownNear(role),
      ...(role.kind === 'condition' && role.rounding !== undefined && this.integral
        ? { rounding: role.rounding }
        : {}),
    });
    if (solution === undefined) {
      const texts = values.map((value, k) => `${value} at ${this.sizes.texts[k]}`);
      throw diagnose('GENERIC_CONSTANT', {}, { place, values: texts.join(', ') });
    }
    // As many sizes as fitted constants can always be met; one more decides.
    const confirmed = values.length > solution.fitted;
    this.accept(node, { values, expression: solution.expression, place, confirmed }, role);
  }

  private accept(node: Expression, decision: Decision, role: Role): void {
    this.replacements.set(node, decision.expression);
    this.decisions.push(decision);
    const known = this.knownNear(role);
    for (const text of compoundTexts(decision.expression)) known.add(text);
  }

  /** A number that is the same at all sizes given, as an expression of extents that never varied. */
  private explain(value: number, role: Role): Expression | undefined {
    const frozen = this.sizeAxes(this.preferredAxes(role)).filter(
      ({ id, extents }) =>
        !this.pinned.has(id) && extents[0] > 1 && extents.every((one) => one === extents[0]),
    );
    switch (role.kind) {
      case 'extent':
        return explainExtent(value, frozen);
      case 'index':
        return explainIndex(value, frozen, role.use);
      case 'condition':
        return explainCondition(value, frozen, role.near.length === 0, this.knownNear(role));
      case 'factor':
        return explainFactor(value, role.near, this.runs, frozen);
      case 'width':
      case 'value':
        return undefined;
    }
  }

  /** The axes that a number's surroundings speak of, the most specific first. */
  private preferredAxes(role: Role): readonly AxisId[] {
    switch (role.kind) {
      case 'extent':
      case 'index':
      case 'width':
        return role.axes;
      case 'condition': {
        const order = this.byReach(role.group.symbols);
        const near = new Set(role.near.flatMap((symbol) => this.runs.axesOf(symbol)));
        return [...order.filter((axis) => near.has(axis)), ...order];
      }
      case 'factor':
        return this.byReach(role.near);
      case 'value':
        return [];
    }
  }

  /** A sum over few axes says more about what it is compared with than one over all. */
  private byReach(symbols: readonly ProgramSymbol[]): readonly AxisId[] {
    const reaches = symbols.map((symbol) => this.runs.axesOf(symbol));
    return [...reaches].sort((left, right) => left.length - right.length).flat();
  }

  private sizeAxes(ids: readonly AxisId[]): readonly SizeAxis[] {
    return [...new Set(ids)].map((id) => this.sizes.axes[id]);
  }

  private countsNear(role: Role): readonly Form[] {
    if (role.kind !== 'factor') return [];
    return role.near.flatMap((symbol) => {
      const expression = this.runs.termsOf(symbol);
      if (expression === undefined) return [];
      const values = this.sizes.texts.map((_, k) => valueAt(expression, this.sizes.axes, k));
      return [{ expression, values, cost: 0 }];
    });
  }

  private knownNear(role: Role): Set<string> {
    if (role.kind !== 'condition') return new Set();
    const known = this.known.get(role.group) ?? new Set<string>();
    this.known.set(role.group, known);
    return known;
  }
}
