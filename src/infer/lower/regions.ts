/**
 * A region as loops: one for each access that is no single position, with exact bounds where borders,
 * followed axes and missing members allow it, and conditions where they do not.
 *
 *   diagonal d of a 5 × 5 image   →   for (k = max(0, -d); k < min(5, 5 - d); k++) … image[k][k + d]
 */
import type { AxisAccess, Factor } from '../../ir/cluster.js';
import {
  bool,
  compare,
  element,
  loop,
  loopOver,
  math,
  num,
  or,
  ref,
  symbol,
} from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol } from '../../ir/program.js';
import type { IndexLowering, Walk } from './indices.js';
import { indexForm, liftOf, moduloForm } from './indices.js';
import type { Linear } from './linear.js';
import {
  atLeastZero,
  constantForm,
  formExpression,
  notZero,
  plus,
  shifted,
  termForm,
} from './linear.js';
import type { LoopHead } from './loops.js';
import type { MemberSet, PointForm } from './member-set.js';

/** What a region reads from. */
export interface RegionSource {
  readonly extents: readonly number[];
  /** Names for the iterators, one for each axis. */
  readonly hints: readonly string[];
  /** The source's members, where it has holes, and where no formula tells them their table of flags. */
  readonly members?: MemberSet;
  readonly flags?: () => ProgramSymbol;
  /** True when a hole may be read because a 0 stands there: only loop bounds keep away from it. */
  readonly holesAreZero: boolean;
}

export interface RegionPlan {
  /** Outermost first. */
  readonly heads: readonly LoopHead[];
  /** For each axis of the source. */
  readonly positions: readonly Expression[];
  /** Whatever is read only counts where all of these hold. */
  readonly guards: readonly Expression[];
  /** The factors, each with the form of the position on its axis. */
  readonly weights: readonly WeightForm[];
}

export interface WeightForm {
  readonly factor: Factor;
  readonly position: Linear;
  /** The region's only loop counts along the axis up to this (exclusive); absent: it does not. */
  readonly end?: Linear;
}

interface Draft {
  readonly iterator: ProgramSymbol;
  readonly lower: Linear[];
  readonly upper: Linear[];
  readonly step: number;
  readonly list?: readonly number[];
}

/** The loops, positions and conditions of a region whose owner's iterators are `walks`. */
export function planRegion(
  accesses: readonly AxisAccess[],
  factors: readonly Factor[] | undefined,
  source: RegionSource,
  walks: readonly Walk[],
  lowering: IndexLowering,
): RegionPlan {
  return new RegionPlanner(source, walks, lowering).plan(accesses, factors ?? []);
}

class RegionPlanner {
  private readonly drafts: Draft[] = [];
  private readonly positions: Linear[] = [];
  /** The draft that walks an axis position by position, by axis. */
  private readonly draftOf = new Map<number, Draft>();
  private readonly guards: Expression[] = [];

  constructor(
    private readonly source: RegionSource,
    private readonly walks: readonly Walk[],
    private readonly lowering: IndexLowering,
  ) {}

  plan(accesses: readonly AxisAccess[], factors: readonly Factor[]): RegionPlan {
    accesses.forEach((access, axis) => {
      this.positions.push(this.position(access, axis));
    });
    accesses.forEach((access, axis) => {
      this.keepInside(access, axis);
    });
    this.keepToMembers();
    const heads = this.drafts.map((draft) => this.head(draft));
    const weights = factors.map((factor): WeightForm => {
      const draft = this.draftOf.get(factor.axis);
      const position = this.positions[factor.axis];
      if (draft?.step !== 1 || this.drafts.length > 1) return { factor, position };
      const [end, ...others] = this.lowering.facts.deciding('min', draft.upper);
      return { factor, position, ...(others.length > 0 ? {} : { end }) };
    });
    return {
      heads,
      positions: this.positions.map(formExpression),
      guards: this.guards,
      weights,
    };
  }

  /** The position on an axis; loops that it needs are drafted. */
  private position(access: AxisAccess, axis: number): Linear {
    const extent = this.source.extents[axis];
    switch (access.kind) {
      case 'at':
        return this.followed(indexForm(access.index, this.walks, this.lowering), access);
      case 'all': {
        const ranks = this.source.members?.lists.find((list) => list.axis === axis)?.ranks;
        if (ranks !== undefined) return this.listed(axis, ranks);
        return this.counted(axis, [constantForm(0)], [constantForm(extent)], 1);
      }
      case 'list': {
        const inside = access.indices.filter((position) => position >= 0 && position < extent);
        return this.listed(axis, inside);
      }
      case 'range':
        return this.ranged(access, axis);
    }
  }

  private followed(form: Linear, access: AxisAccess): Linear {
    if (!('follow' in access)) return form;
    return plus(form, this.positions[access.follow.axis], access.follow.slope);
  }

  private ranged(access: Extract<AxisAccess, { kind: 'range' }>, axis: number): Linear {
    const { modulus, step } = access;
    const extent = this.source.extents[axis];
    const from = this.followed(indexForm(access.from, this.walks, this.lowering), access);
    const to = this.followed(indexForm(access.to, this.walks, this.lowering), access);
    if (modulus !== undefined) {
      const length = plus(to, from, -1);
      if (length.terms.length === 0 && length.constant > 0 && length.constant <= step) {
        return moduloForm(from, modulus);
      }
      const lift = liftOf(from, modulus);
      const iterator = this.draft(axis, [shifted(from, lift)], [shifted(to, lift)], step);
      return moduloForm(iterator, modulus);
    }
    const upper = [to, constantForm(extent)];
    // A stride that starts beyond the border keeps its phase: the body asks.
    const lower = step === 1 ? [from, constantForm(0)] : [from];
    const position = this.counted(axis, lower, upper, step);
    if (step !== 1 && !this.lowering.facts.isNonNegative(from)) {
      this.guards.push(atLeastZero(position));
    }
    return position;
  }

  private counted(
    axis: number,
    lower: readonly Linear[],
    upper: readonly Linear[],
    step: number,
  ): Linear {
    const position = this.draft(axis, lower, upper, step);
    const draft = this.drafts.at(-1);
    if (draft !== undefined) this.draftOf.set(axis, draft);
    return position;
  }

  private draft(
    axis: number,
    lower: readonly Linear[],
    upper: readonly Linear[],
    step: number,
  ): Linear {
    const iterator = symbol(this.source.hints[axis]);
    this.drafts.push({ iterator, lower: [...lower], upper: [...upper], step });
    this.lowering.facts.assume(iterator, lower, upper);
    return this.iteratorForm(iterator);
  }

  private listed(axis: number, values: readonly number[]): Linear {
    if (values.length === 0) {
      this.guards.push(bool(false));
      return constantForm(0);
    }
    const iterator = symbol(this.source.hints[axis]);
    const [lower, upper] = [
      [constantForm(Math.min(...values))],
      [constantForm(Math.max(...values) + 1)],
    ];
    this.drafts.push({ iterator, lower, upper, step: 1, list: values });
    this.lowering.facts.assume(iterator, lower, upper);
    return this.iteratorForm(iterator);
  }

  private iteratorForm(iterator: ProgramSymbol): Linear {
    const range = this.lowering.facts.rangeOf(iterator) ?? { low: -Infinity, high: Infinity };
    return termForm(ref(iterator), range);
  }

  /** Single positions must lie within the source. */
  private keepInside(access: AxisAccess, axis: number): void {
    if (access.kind !== 'at') return;
    const position = this.positions[axis];
    this.require(position);
    this.require(shifted(plus(constantForm(this.source.extents[axis]), position, -1), -1));
  }

  /** Holes count as 0: bounds and conditions keep to the members. */
  private keepToMembers(): void {
    const { members, holesAreZero, flags } = this.source;
    if (members === undefined) return;
    for (const form of members.atLeastZero) this.require(this.at(form), holesAreZero);
    if (holesAreZero) return;
    for (const forms of members.notZero) {
      this.guards.push(or(...forms.map((form) => notZero(this.at(form)))));
    }
    const walked = members.lists.every(({ axis, ranks }) =>
      this.drafts.some(
        (draft) =>
          draft.list === ranks && this.positions[axis].terms[0]?.expression.kind === 'symbol',
      ),
    );
    if (walked && members.flags === undefined) return;
    if (flags === undefined) throw new Error('the members of a value have no table of flags');
    const cell = element(flags(), ...this.positions.map(formExpression));
    this.guards.push(compare('===', cell, num(1)));
  }

  private at({ coefficients, constant }: PointForm): Linear {
    return coefficients.reduce(
      (form, coefficient, axis) =>
        coefficient === 0 ? form : plus(form, this.positions[axis], coefficient),
      constantForm(constant),
    );
  }

  /** Makes sure that form ≥ 0: by what is known, by the bounds of the innermost loop, or by asking. */
  private require(form: Linear, boundsOnly = false): void {
    const { facts } = this.lowering;
    if (facts.isNonNegative(form)) return;
    const draft = this.drafts.findLast(({ iterator }) => coefficientOf(form, iterator) !== 0);
    const coefficient = draft === undefined ? 0 : coefficientOf(form, draft.iterator);
    if (draft !== undefined && draft.list === undefined && Math.abs(coefficient) === 1) {
      const rest = plus(form, this.iteratorForm(draft.iterator), -coefficient);
      if (coefficient === -1) {
        draft.upper.push(shifted(rest, 1));
        return;
      }
      if (draft.step === 1) {
        draft.lower.push(plus(constantForm(0), rest, -1));
        return;
      }
    }
    if (!boundsOnly) this.guards.push(atLeastZero(form));
  }

  private head(draft: Draft): LoopHead {
    const { iterator, list, lower, upper, step } = draft;
    if (list !== undefined) {
      return { iterator, wrap: (body) => loopOver(iterator, list, body) };
    }
    const { facts } = this.lowering;
    const from = extreme('max', facts.deciding('max', lower));
    const to = extreme('min', facts.deciding('min', upper));
    facts.assume(iterator, lower, upper);
    return { iterator, wrap: (body) => loop(iterator, from, to, body, { step }) };
  }
}

function extreme(kind: 'max' | 'min', bounds: readonly Linear[]): Expression {
  const ordered = [...bounds].sort((a, b) => a.terms.length - b.terms.length);
  const [first, ...rest] = ordered.map(formExpression);
  return rest.length === 0 ? first : math(kind, first, ...rest);
}

function coefficientOf(form: Linear, iterator: ProgramSymbol): number {
  const term = form.terms.find(
    ({ expression }) => expression.kind === 'symbol' && expression.symbol === iterator,
  );
  return term?.coefficient ?? 0;
}
