/** The shape of a component up to renaming of its atoms: equal shapes have equal tables. */
import type { Cone } from './cones.js';
import { formsOf } from './cones.js';
import type { Context } from './context.js';
import type { Form } from './forms.js';

/**
 * A text that is equal for two cones exactly when the one becomes the other by replacing atoms, in
 * order; `form` is what is tabulated over the cone.
 */
export function shapeKey(context: Context, cone: Cone, form: Form): string {
  const names = new Map<number, number>();
  for (const cell of cone.cells) names.set(cell, names.size);
  for (const number of cone.inner) names.set(number, names.size);
  const name = (atom: number) => names.get(atom) ?? -1;
  const write = (one: Form) => {
    let text = `${one.constant}`;
    for (let k = 0; k < one.atoms.length; k++)
      text += `+${one.coefficients[k]}*${name(one.atoms[k])}`;
    return text;
  };
  const parts = cone.cells.map((cell) => {
    const atom = context.atoms[cell];
    return atom.kind === 'cell' && atom.domain.kind === 'values' ? atom.domain.values.join(',') : `cell ${cell}`; // prettier-ignore
  });
  for (const number of cone.inner) {
    const atom = context.atoms[number];
    const forms = formsOf(context, number).map(write).join(';');
    switch (atom.kind) {
      case 'ge':
        parts.push(`${forms}>=${atom.threshold}`);
        break;
      case 'real':
        parts.push(`${forms}${atom.strict ? '>' : '≥'}${atom.threshold}~${atom.doubt}`);
        break;
      case 'and':
        parts.push(`&${atom.literals.map((one) => 2 * name(one >> 1) + (one & 1)).join(',')}`);
        break;
      case 'operation':
        parts.push(`${atom.name}(${forms})`);
        break;
      case 'cell':
        break;
    }
  }
  parts.push(write(form));
  return parts.join('|');
}
