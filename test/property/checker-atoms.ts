/** The checker's atoms and forms, evaluated at one input by a few lines that share nothing with its tables. */
import { erf, roundHalfEven } from '../../src/ir/stage-values.js';
import type { Context } from '../../src/verify/checker/context.js';
import type { Form } from '../../src/verify/checker/forms.js';

/** The value of a form at given cells; `cells` also keeps the values of atoms once computed. */
export function valueOf(context: Context, form: Form, cells: Map<number, number>): number {
  let sum = form.constant;
  form.atoms.forEach((atom, k) => {
    sum += form.coefficients[k] * atomValue(context, atom, cells);
  });
  return sum;
}

/** NaN where an atom's value is within its own doubt. */
function atomValue(context: Context, number: number, cells: Map<number, number>): number {
  // Values are kept beside the cells: a form reads the same atoms many times.
  const known = cells.get(number);
  if (known !== undefined) return known;
  const value = freshValue(context, number, cells);
  cells.set(number, value);
  return value;
}

function freshValue(context: Context, number: number, cells: Map<number, number>): number {
  const atom = context.atoms[number];
  switch (atom.kind) {
    case 'cell':
      return NaN;
    case 'ge': {
      const value = valueOf(context, { ...atom.linear, constant: 0, slop: 0 }, cells);
      return Number.isNaN(value) ? NaN : value >= atom.threshold ? 1 : 0;
    }
    case 'real': {
      const value = valueOf(context, { ...atom.linear, constant: 0, slop: 0 }, cells);
      if (Number.isNaN(value) || Math.abs(value - atom.threshold) <= atom.doubt + 1e-12) return NaN;
      return value > atom.threshold ? 1 : 0;
    }
    case 'and': {
      const values = atom.literals.map((one) => atomValue(context, one >> 1, cells));
      if (values.some((value) => Number.isNaN(value))) return NaN;
      return values.every((value, k) => value === 1 - (atom.literals[k] & 1)) ? 1 : 0;
    }
    case 'operation': {
      const parts = atom.parts.map((part) => valueOf(context, part, cells));
      switch (atom.name) {
        case 'product':
          return parts[0] * parts[1];
        case 'max':
          return Math.max(...parts);
        case 'relu':
          return Math.max(0, parts[0]);
        case 'modulo':
          return parts[0] % parts[1];
        case 'exp':
          return Math.exp(parts[0]);
        case 'tanh':
        case 'sin':
        case 'cos':
        case 'tan':
        case 'asin':
        case 'acos':
        case 'atan':
        case 'sinh':
        case 'cosh':
        case 'cbrt':
        case 'expm1':
        case 'log':
        case 'log1p':
        case 'sqrt':
          return Math[atom.name](parts[0]);
        case 'quotient':
          return parts[0] / parts[1];
        case 'softmax':
          return 1 / parts.reduce((sum, part) => sum + Math.exp(part), 1);
        case 'power':
          return parts[0] ** parts[1];
        case 'erf':
          return erf(parts[0]);
        case 'floor':
          return Math.floor(parts[0]);
        case 'round':
          return roundHalfEven(parts[0]);
        case 'logSumExp':
          return Math.log(parts.reduce((sum, part) => sum + Math.exp(part), 0));
      }
    }
  }
}
