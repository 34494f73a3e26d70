/** Reads the `domain` of an input: a finite set, an interval, the reals, or one of these per cell. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { CellDomain, Domain } from '../../ir/model-interface.js';
import { placeOf, readFields, readItems, readNumber } from './fields.js';
import type { Field } from './fields.js';

/**
 * A list of numbers is a set of values (sorted here, repeats dropped); a list of lists, objects or
 * "real" gives one domain per cell.
 *
 * @throws Diagnostic DOMAIN_INVALID, MANIFEST_UNKNOWN_KEY, MANIFEST_MISSING_KEY or
 *   MANIFEST_WRONG_TYPE.
 */
export function readDomain(field: Field): Domain {
  if (field.node.kind !== 'array') return readCellDomain(field);
  const items = readItems(field, 'a list');
  if (items.length === 0) throw invalid(field, 'the list is empty');
  if (items.every((item) => item.node.kind === 'number')) return readCellDomain(field);
  const number = items.find((item) => item.node.kind === 'number');
  if (number !== undefined) throw invalid(number, 'numbers and domains stand in one list');
  return { kind: 'per-cell', cells: items.map(readCellDomain) };
}

function readCellDomain(field: Field): CellDomain {
  switch (field.node.kind) {
    case 'array': {
      const values = readItems(field, 'a list of numbers').map(readNumber);
      if (values.length === 0) throw invalid(field, 'the list is empty');
      return valueDomain(values);
    }
    case 'object':
      return readInterval(field);
    case 'string':
      if (field.node.value === 'real') return { kind: 'real' };
      throw invalid(field, `"${field.node.value}" is not "real"`);
    default:
      throw invalid(field, 'it is neither a list, an object nor "real"');
  }
}

function readInterval(field: Field): CellDomain {
  const fields = readFields(field, ['min', 'max']);
  const bound = (key: string): number => {
    const value = fields.get(key);
    if (value === undefined) throw diagnose('MANIFEST_MISSING_KEY', placeOf(field), { key });
    return readNumber(value);
  };
  const min = bound('min');
  const max = bound('max');
  if (min > max) throw invalid(field, `min ${min} is greater than max ${max}`);
  return { kind: 'interval', min, max };
}

/** A finite set of values: ascending, without repeats, −0 as 0. */
export function valueDomain(values: readonly number[]): CellDomain {
  const distinct = new Set(values.map((value) => value + 0));
  return { kind: 'values', values: [...distinct].sort((a, b) => a - b) };
}

function invalid(field: Field, problem: string): Diagnostic {
  return diagnose('DOMAIN_INVALID', placeOf(field), { problem });
}
