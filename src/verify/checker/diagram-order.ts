/**
 * The variables of decision diagrams and their order: that in which the text reads the cells. A loop that
 * carries a state from cell to cell then has a diagram as narrow as its state, and so has the network that
 * computes the same.
 */
import { partsOf } from './cones.js';
import type { Atom, Context } from './context.js';
import { isStronger, isThreshold } from './conjunctions.js';
import type { Form } from './forms.js';

/** The values of a cell; none where its domain is not finite, or the atom is no cell. */
export function valuesOf(context: Context, cell: number): readonly number[] {
  const atom = context.atoms[cell];
  return atom.kind === 'cell' && atom.domain.kind === 'values' ? atom.domain.values : [];
}

/**
 * The variables in order: each a cell of finite domain, or thresholds of one linear part that reads other
 * cells, the weakest first, of which as many hold as the variable says. A threshold that rounding may
 * move stands alone.
 */
export function variableGroups(context: Context): (readonly number[])[] {
  const groups = new Map<string, number[]>();
  const add = (key: string, atom: number) => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [atom]);
    else if (!group.includes(atom)) group.push(atom);
  };
  context.atoms.forEach((atom, number) => {
    if (atom.kind === 'cell') return;
    if (readsUnbounded(context, atom)) {
      add(isThreshold(atom) ? `linear ${atom.linear.id}` : `atom ${number}`, number);
      return;
    }
    for (const part of partsOf(context, number)) {
      if (context.atoms[part].kind === 'cell') add(`atom ${part}`, part);
    }
  });
  context.atoms.forEach((_, number) => {
    if (valuesOf(context, number).length > 0) add(`atom ${number}`, number);
  });
  return [...groups.values()].map((group) =>
    group.sort((a, b) => {
      const [one, other] = [context.atoms[a], context.atoms[b]];
      return isThreshold(one) && isThreshold(other) && isStronger(one, other) ? 1 : -1;
    }),
  );
}

/** A comparison that directly reads a cell without a finite domain. */
function readsUnbounded(context: Context, atom: Atom): boolean {
  if (atom.kind !== 'ge' && atom.kind !== 'real') return false;
  return atom.linear.atoms.some((part) => {
    const read = context.atoms[part];
    return read.kind === 'cell' && read.domain.kind !== 'values';
  });
}

/** The atoms below a form that are no cells, parts before wholes; nothing below a comparison of unbounded cells. */
export function innerOf(context: Context, form: Form): readonly number[] {
  const seen = new Set<number>(form.atoms);
  for (const number of seen) {
    if (readsUnbounded(context, context.atoms[number])) continue;
    for (const part of partsOf(context, number)) seen.add(part);
  }
  return [...seen].filter((number) => context.atoms[number].kind !== 'cell').sort((a, b) => a - b);
}
