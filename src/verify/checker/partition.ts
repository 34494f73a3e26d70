/** Forms in parts that depend on different cells: what is said of each holds whatever the others are. */
import { partsOf } from './cones.js';
import type { Context } from './context.js';
import type { Form } from './forms.js';

/** The parts of a form (without its constant) whose cones share no cell. */
export function componentsOf(context: Context, form: Form): Form[] {
  const parent = new Map<number, number>();
  const find = (node: number): number => {
    let root = node;
    for (let up = parent.get(root) ?? root; up !== root; up = parent.get(root) ?? root) root = up;
    for (let at = node; at !== root;) {
      const up = parent.get(at) ?? root;
      parent.set(at, root);
      at = up;
    }
    return root;
  };
  const visit = (root: number) => {
    const stack = [root];
    while (stack.length > 0) {
      const node = stack.pop();
      if (node === undefined) break;
      for (const part of partsOf(context, node)) {
        if (!parent.has(part)) {
          parent.set(part, part);
          stack.push(part);
        }
        parent.set(find(part), find(node));
      }
    }
  };
  for (const atom of form.atoms) {
    if (!parent.has(atom)) parent.set(atom, atom);
    visit(atom);
  }
  const groups = new Map<number, { atoms: number[]; coefficients: number[] }>();
  for (let k = 0; k < form.atoms.length; k++) {
    const root = find(form.atoms[k]);
    let group = groups.get(root);
    if (group === undefined) groups.set(root, (group = { atoms: [], coefficients: [] }));
    group.atoms.push(form.atoms[k]);
    group.coefficients.push(form.coefficients[k]);
  }
  return [...groups.values()].map(({ atoms, coefficients }) => ({
    atoms: Int32Array.from(atoms),
    coefficients: Float64Array.from(coefficients),
    constant: 0,
    slop: 0,
  }));
}
