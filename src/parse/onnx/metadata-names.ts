/**
 * Names of features and classes that exporters leave in a model's metadata. No standard says how; what is
 * read are the usual keys, with values that are JSON, literals of Python, or plain lists:
 *
 *   feature_names = ["age", "income"]      names = {0: 'cat', 1: 'dog'}      classes = no, yes
 *
 * They are taken where their number fits; what the manifest says comes first.
 */
import { sizeOf } from '../../ir/model-interface.js';
import type { InputDescription, ModelDescription } from '../description.js';
import type { ModelTensors } from '../interface.js';

/** Keys without their case and separators, the likelier first. */
const FEATURE_KEYS = ['featurenames', 'features', 'inputfeatures', 'columns'];
const CLASS_KEYS = ['classnames', 'classes', 'classlabels', 'labels', 'names'];

/** Longer values hold no names. */
const MOST_CHARACTERS = 1 << 20;

/** The description with the names of the metadata where it has none, and a warning for each that does not fit. */
export function withMetadataNames(
  description: ModelDescription,
  metadata: ReadonlyMap<string, string>,
  { inputs, outputs }: ModelTensors,
  file: string,
): { readonly description: ModelDescription; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const fitting = (keys: readonly string[], count: number): readonly string[] | undefined => {
    const found = namesUnder(metadata, keys);
    if (found === undefined || found.names.length === count) return found?.names;
    warnings.push(`${file}: the metadata ${found.key} has ${found.names.length} names for ${count}, and was left out`); // prettier-ignore
    return undefined;
  };
  const place = { file };
  let described = description;
  const input: InputDescription = described.inputs.at(0) ?? { place };
  if (inputs.length === 1 && input.features === undefined) {
    const value = fitting(FEATURE_KEYS, sizeOf(inputs[0].shape));
    if (value !== undefined) {
      described = { ...described, inputs: [{ ...input, features: { value, place } }] };
    }
  }
  const kind = described.decision?.value.kind;
  if (described.labels === undefined && kind !== 'threshold' && kind !== 'sign') {
    const value = fitting(CLASS_KEYS, sizeOf(outputs[0].shape));
    if (value !== undefined) described = { ...described, labels: { value, place } };
  }
  return { description: described, warnings };
}

function namesUnder(
  metadata: ReadonlyMap<string, string>,
  keys: readonly string[],
): { readonly key: string; readonly names: readonly string[] } | undefined {
  const simple = new Map([...metadata.keys()].map((key) => [key.toLowerCase().replace(/[\s._-]/g, ''), key])); // prettier-ignore
  for (const wanted of keys) {
    const key = simple.get(wanted);
    const names = key === undefined ? undefined : namesIn(metadata.get(key) ?? '');
    if (key !== undefined && names !== undefined) return { key, names };
  }
  return undefined;
}

/** The names that a value lists; `undefined` where it is no list of different names. */
export function namesIn(text: string): readonly string[] | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > MOST_CHARACTERS) return undefined;
  const names = /^[[({]/.test(trimmed)
    ? (namesOf(parsedJson(trimmed)) ?? namesOfLiteral(trimmed))
    : trimmed.split(trimmed.includes('\n') ? '\n' : ',').map((part) => part.trim());
  if (names === undefined || names.length === 0 || names.some((name) => name === '')) {
    return undefined;
  }
  return new Set(names).size === names.length ? names : undefined;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A list of texts, or texts by their positions, or positions by their texts. */
function namesOf(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.every((item) => typeof item === 'string') ? items : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  return byPosition(Object.entries(value));
}

/** Entries of a position and a name, either way round, that fill the positions from 0. */
function byPosition(
  entries: readonly (readonly [string, unknown])[],
): readonly string[] | undefined {
  const names = new Map<number, string>();
  for (const [key, value] of entries) {
    if (typeof value === 'string') names.set(Number(key), value);
    else if (typeof value === 'number') names.set(value, key);
  }
  const list = Array.from({ length: entries.length }, (_, position) => names.get(position));
  return list.every((name) => name !== undefined) ? list : undefined;
}

/** A text or an integer of Python, and what stands before the next one. */
const TOKEN = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\d+))\s*([:,]?)/y;

/** A list, a tuple or a dictionary as Python prints it. */
function namesOfLiteral(text: string): readonly string[] | undefined {
  const inner = text.slice(1, -1);
  const tokens: { readonly text: string; readonly isText: boolean; readonly next: string }[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < inner.length) {
    const match = TOKEN.exec(inner);
    if (match === null) return undefined;
    const [, single, double, digits, next] = match as readonly (string | undefined)[];
    const quoted = single ?? double;
    const own = quoted?.replace(/\\(['"\\])/g, '$1') ?? digits ?? '';
    tokens.push({ text: own, isText: quoted !== undefined, next: next ?? '' });
  }
  if (!text.startsWith('{')) {
    return tokens.every(({ isText }) => isText) ? tokens.map((token) => token.text) : undefined;
  }
  const entries: (readonly [string, unknown])[] = [];
  for (let k = 0; k + 1 < tokens.length; k += 2) {
    const [key, value] = [tokens[k], tokens[k + 1]];
    if (key.next !== ':') return undefined;
    entries.push([key.text, value.isText ? value.text : Number(value.text)]);
  }
  return tokens.length % 2 === 0 ? byPosition(entries) : undefined;
}
