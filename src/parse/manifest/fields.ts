/**
 * Typed access to the fields of a manifest: every reader knows the key path and place of its value, so
 * that a wrong type or an unknown key is reported where it stands.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Diagnostic, Place } from '../../diagnostics/diagnostic.js';
import { nearestWord } from '../../diagnostics/nearest.js';
import type { JsonNode } from './json.js';

/** A value of the manifest with its key path, such as `layers[1].activation`; '' for the whole. */
export interface Field {
  readonly node: JsonNode;
  readonly path: string;
  readonly file: string;
}

/** The place of a field for diagnostics. */
export function placeOf(field: Field): Place {
  const { row, column } = field.node;
  return { file: field.file, ...(field.path === '' ? {} : { key: field.path }), row, column };
}

/** The diagnostic of a value of the wrong type; `expected` is a phrase such as `a list of names`. */
export function wrongType(field: Field, expected: string): Diagnostic {
  return diagnose('MANIFEST_WRONG_TYPE', placeOf(field), {
    expected,
    actual: describeNode(field.node),
  });
}

/**
 * The fields of an object by key.
 *
 * @throws Diagnostic MANIFEST_WRONG_TYPE, or MANIFEST_UNKNOWN_KEY naming the nearest of `known`.
 */
export function readFields(field: Field, known: readonly string[]): ReadonlyMap<string, Field> {
  if (field.node.kind !== 'object') throw wrongType(field, 'an object');
  const fields = new Map<string, Field>();
  for (const [key, node] of field.node.entries) {
    const path = field.path === '' ? key : `${field.path}.${key}`;
    const child = { node, path, file: field.file };
    if (!known.includes(key)) {
      const nearest = nearestWord(key, known);
      throw diagnose('MANIFEST_UNKNOWN_KEY', placeOf(child), { word: key, nearest, known });
    }
    fields.set(key, child);
  }
  return fields;
}

/** The items of a list. @throws Diagnostic MANIFEST_WRONG_TYPE, with the phrase `expected`. */
export function readItems(field: Field, expected: string): readonly Field[] {
  if (field.node.kind !== 'array') throw wrongType(field, expected);
  return field.node.items.map((node, index) => ({
    node,
    path: `${field.path}[${index}]`,
    file: field.file,
  }));
}

/** A string that is not empty. @throws Diagnostic MANIFEST_WRONG_TYPE, with the phrase `expected`. */
export function readName(field: Field, expected: string): string {
  if (field.node.kind !== 'string' || field.node.value.trim() === '') {
    throw wrongType(field, expected);
  }
  return field.node.value;
}

/** A finite number. @throws Diagnostic MANIFEST_WRONG_TYPE. */
export function readNumber(field: Field): number {
  if (field.node.kind !== 'number' || !Number.isFinite(field.node.value)) {
    throw wrongType(field, 'a finite number');
  }
  return field.node.value;
}

/** A list of names, distinct. @throws Diagnostic MANIFEST_WRONG_TYPE or NAME_DUPLICATE. */
export function readNames(field: Field): readonly string[] {
  const names = new Set<string>();
  for (const item of readItems(field, 'a list of names')) {
    const name = readName(item, 'a name');
    if (names.has(name)) throw diagnose('NAME_DUPLICATE', placeOf(item), { name });
    names.add(name);
  }
  return [...names];
}

/** What a value is, for messages: `a string`, `the number 3`, `an empty list`. */
export function describeNode(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return 'an object';
    case 'array':
      return node.items.length === 0 ? 'an empty list' : 'a list';
    case 'string':
      return node.value.trim() === '' ? 'an empty string' : 'a string';
    case 'number':
      return Number.isFinite(node.value) ? `the number ${node.value}` : 'a number out of range';
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
  }
}
