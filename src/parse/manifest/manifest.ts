/**
 * Reads the text of a manifest into a `ModelDescription`. Every key of the contract is known here and
 * nothing else is; places point at the value that is wrong.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Decision } from '../../ir/model-interface.js';
import type { Activation } from '../../ir/network.js';
import type {
  InputDescription,
  LayerDescription,
  ModelDescription,
  Placed,
} from '../description.js';
import { isStateDict, resolveBeside } from '../paths.js';
import { checkShape } from '../shape.js';
import { checkTieTolerance } from '../ties.js';
import { activationOf, decisionOf } from '../words.js';
import { readDomain } from './domain.js';
import {
  placeOf,
  readFields,
  readItems,
  readName,
  readNames,
  readNumber,
  wrongType,
} from './fields.js';
import type { Field } from './fields.js';
import { parseJson } from './json.js';

/** Every key that a manifest may have, by where it stands. */
export const MANIFEST_KEYS = {
  top: ['name', 'input', 'layers', 'output', 'tieTolerance', 'weights'],
  input: ['name', 'shape', 'axes', 'features', 'domain', 'units'],
  layer: ['weights', 'activation', 'slope'],
  output: ['name', 'labels', 'decision', 'threshold', 'units'],
} as const;

type Fields = ReadonlyMap<string, Field>;

/**
 * Reads a manifest; weights files are named by the keys under which they stand beside `file`.
 *
 * @throws Diagnostic of the manifest's area, with file, key, row and column.
 */
export function readManifest(text: string, file: string): ModelDescription {
  const root: Field = { node: parseJson(text, file), path: '', file };
  const fields = readFields(root, MANIFEST_KEYS.top);
  const stateDict = optional(fields, 'weights', placed(readStateDictPath));
  const layers = optional(fields, 'layers', (field) =>
    readLayers(field, stateDict === undefined ? readCsvPath : readPrefix),
  );
  if (stateDict !== undefined && layers === undefined) {
    throw diagnose('MANIFEST_MISSING_KEY', { file }, { key: 'layers' });
  }
  const tieTolerance = optional(fields, 'tieTolerance', (field) =>
    checkTieTolerance(readNumber(field), placeOf(field)),
  );
  return {
    place: { file },
    ...present(
      'name',
      optional(fields, 'name', (field) => readName(field, 'a name')),
    ),
    inputs: optional(fields, 'input', readInputs) ?? [],
    ...present('stateDict', stateDict),
    ...present('layers', layers),
    ...optional(fields, 'output', readOutput),
    ...present('tieTolerance', tieTolerance),
  };
}

function readInputs(field: Field): InputDescription[] {
  const inputs = field.node.kind === 'array' ? readItems(field, 'a list of inputs') : [field];
  const names = new Set<string>();
  return inputs.map((item) => {
    const input = readInput(item);
    if (input.name !== undefined && names.has(input.name)) {
      throw diagnose('NAME_DUPLICATE', placeOf(item), { name: input.name });
    }
    if (input.name !== undefined) names.add(input.name);
    return input;
  });
}

function readInput(field: Field): InputDescription {
  const fields = readFields(field, MANIFEST_KEYS.input);
  return {
    place: placeOf(field),
    ...present(
      'name',
      optional(fields, 'name', (name) => readName(name, 'a name')),
    ),
    ...present('shape', optional(fields, 'shape', placed(readShape))),
    ...present('axes', optional(fields, 'axes', placed(readNames))),
    ...present('features', optional(fields, 'features', placed(readNames))),
    ...present('domain', optional(fields, 'domain', placed(readDomain))),
    ...present('units', optional(fields, 'units', placed(readUnits))),
  };
}

function readShape(field: Field): readonly number[] {
  const shape = readItems(field, 'a list of extents').map((item) => {
    const extent = readNumber(item);
    checkShape([Math.min(extent, 1)], placeOf(item));
    return extent;
  });
  checkShape(shape, placeOf(field));
  return shape;
}

/** Texts of units: one for all cells, or a list. What they mean is for the Math student to say. */
function readUnits(field: Field): readonly string[] {
  const items = field.node.kind === 'array' ? readItems(field, 'a list of units') : [field];
  return items.map((item) => readName(item, 'a unit such as kg*m/s^2, or a list of them'));
}

function readLayers(
  field: Field,
  readWeights: (field: Field) => Placed<string>,
): LayerDescription[] {
  const items = readItems(field, 'a list of layers');
  if (items.length === 0) throw diagnose('MANIFEST_MISSING_KEY', placeOf(field), { key: 'layers' });
  return items.map((item) => {
    const fields = readFields(item, MANIFEST_KEYS.layer);
    const weights = fields.get('weights');
    if (weights === undefined) {
      throw diagnose('MANIFEST_MISSING_KEY', placeOf(item), { key: 'weights' });
    }
    return { weights: readWeights(weights), activation: readActivation(fields) };
  });
}

function readStateDictPath(field: Field): string {
  const path = readName(field, 'the path of a state dict');
  if (isStateDict(path)) return resolveBeside(field.file, path);
  throw diagnose('STATE_DICT_ENDING', placeOf(field), { file: path });
}

function readCsvPath(field: Field): Placed<string> {
  const path = readName(field, 'the path of a CSV file');
  if (isStateDict(path)) throw diagnose('MANIFEST_STATE_DICT', placeOf(field), { file: path });
  return { value: resolveBeside(field.file, path), place: placeOf(field) };
}

/** An empty prefix is one, too: that of a layer that was saved by itself. */
function readPrefix(field: Field): Placed<string> {
  if (field.node.kind !== 'string') throw wrongType(field, 'the prefix of a weight and a bias');
  return { value: field.node.value, place: placeOf(field) };
}

function readActivation(fields: Fields): Activation {
  const field = fields.get('activation');
  const slope = fields.get('slope');
  const word = field === undefined ? 'identity' : readName(field, 'the name of an activation');
  const activation = activationOf(
    word,
    field === undefined ? {} : placeOf(field),
    slope === undefined ? undefined : readNumber(slope),
  );
  if (slope !== undefined && activation.kind !== 'leaky-relu') {
    throw diagnose('SLOPE_MISPLACED', placeOf(slope), { activation: word });
  }
  return activation;
}

type OutputDescription = Pick<
  ModelDescription,
  'outputName' | 'labels' | 'decision' | 'outputUnits'
>;

function readOutput(field: Field): OutputDescription {
  const fields = readFields(field, MANIFEST_KEYS.output);
  return {
    ...present(
      'outputName',
      optional(fields, 'name', (name) => readName(name, 'a name')),
    ),
    ...present('labels', optional(fields, 'labels', placed(readNames))),
    ...present('outputUnits', optional(fields, 'units', placed(readUnits))),
    ...present('decision', readDecision(fields)),
  };
}

function readDecision(fields: Fields): Placed<Decision> | undefined {
  const field = fields.get('decision');
  const threshold = fields.get('threshold');
  const word = field === undefined ? 'none' : readName(field, 'the name of a decision');
  const decision = decisionOf(
    word,
    field === undefined ? {} : placeOf(field),
    threshold === undefined ? undefined : readNumber(threshold),
  );
  if (threshold !== undefined && decision.kind !== 'threshold') {
    throw diagnose('THRESHOLD_MISPLACED', placeOf(threshold), { decision: word });
  }
  return field === undefined ? undefined : { value: decision, place: placeOf(field) };
}

function optional<Value>(
  fields: Fields,
  key: string,
  read: (field: Field) => Value,
): Value | undefined {
  const field = fields.get(key);
  return field === undefined ? undefined : read(field);
}

function placed<Value>(read: (field: Field) => Value): (field: Field) => Placed<Value> {
  return (field) => ({ value: read(field), place: placeOf(field) });
}

/** `{ [key]: value }`, or `{}` where the value is absent. */
function present<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [K in Key]?: Value } {
  const result: { [K in Key]?: Value } = {};
  if (value !== undefined) result[key] = value;
  return result;
}
