/**
 * Joins what a description says with what the weights say into the model's interface, and checks that
 * the two fit: numbers of inputs, of cells, of axes, features, domains and labels.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import { sizeOf } from '../ir/model-interface.js';
import type {
  CellDomain,
  Decision,
  Domain,
  InputTensor,
  ModelInterface,
  OutputTensor,
} from '../ir/model-interface.js';
import type { InputDescription, ModelDescription, Placed } from './description.js';

/** A tensor of the model as its weights show it. */
export interface ModelTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** What its cells are, where the model says so; any number unless given. */
  readonly domain?: CellDomain;
  /** The only values that its cells can have: those of an index, both ends included. */
  readonly index?: { readonly low: number; readonly high: number };
}

export interface ModelTensors {
  readonly inputs: readonly ModelTensor[];
  readonly outputs: readonly ModelTensor[];
}

/**
 * The interface of a model under `name`; what the description leaves open follows from the model.
 *
 * @throws Diagnostic INPUT_COUNT, INPUT_SIZE, AXES_COUNT, FEATURES_COUNT, DOMAIN_COUNT, DOMAIN_NO_INDEX,
 *   UNITS_COUNT, LABELS_COUNT or DECISION_NEEDS_ONE_SCORE.
 */
export function buildInterface(
  description: ModelDescription,
  model: ModelTensors,
  name: string,
  source: string,
): ModelInterface {
  const { inputs } = description;
  if (inputs.length > 0 && inputs.length !== model.inputs.length) {
    const counts = { actual: inputs.length, expected: model.inputs.length };
    throw diagnose('INPUT_COUNT', description.place, counts);
  }
  const decision = checkDecision(description.decision, model.outputs[0]);
  return {
    name,
    source,
    inputs: model.inputs.map((tensor, index) =>
      inputs.length === 0
        ? { name: tensor.name, shape: tensor.shape, domain: domainOf(tensor) }
        : joinInput(inputs[index], tensor),
    ),
    outputs: model.outputs.map((tensor, index) =>
      index === 0 ? joinOutput(description, decision, tensor) : tensor,
    ),
    decision,
  };
}

function joinInput(input: InputDescription, tensor: ModelTensor): InputTensor {
  const shape = input.shape?.value ?? tensor.shape;
  const size = sizeOf(tensor.shape);
  if (sizeOf(shape) !== size) {
    const place = input.shape?.place ?? input.place;
    throw diagnose('INPUT_SIZE', place, { shape, model: tensor.shape });
  }
  const { axes, features, domain } = input;
  if (axes !== undefined && axes.value.length !== shape.length) {
    const counts = { actual: axes.value.length, expected: shape.length };
    throw diagnose('AXES_COUNT', axes.place, counts);
  }
  if (features !== undefined && features.value.length !== size) {
    const counts = { actual: features.value.length, expected: size };
    throw diagnose('FEATURES_COUNT', features.place, counts);
  }
  return {
    name: input.name ?? tensor.name,
    shape,
    ...(axes === undefined ? {} : { axes: axes.value }),
    ...(features === undefined ? {} : { features: features.value }),
    domain: domain === undefined ? domainOf(tensor) : checkDomain(domain, tensor),
    ...(input.units === undefined ? {} : { units: unitsOf(input.units, size) }),
  };
}

/** One unit for each of so many cells. */
function unitsOf(
  { value: units, place }: Placed<readonly string[]>,
  size: number,
): readonly string[] {
  if (units.length === 1) return Array.from({ length: size }, () => units[0]);
  if (units.length === size) return units;
  throw diagnose('UNITS_COUNT', place, { actual: units.length, expected: size });
}

/** The domain of an input that no description speaks of. */
function domainOf({ domain, index }: ModelTensor): Domain {
  if (index === undefined) return domain ?? { kind: 'real' };
  const { low, high } = index;
  return { kind: 'values', values: Array.from({ length: high - low + 1 }, (_, k) => low + k) };
}

function checkDomain({ value: domain, place }: Placed<Domain>, tensor: ModelTensor): Domain {
  const size = sizeOf(tensor.shape);
  const cells = domain.kind === 'per-cell' ? domain.cells : [domain];
  if (domain.kind === 'per-cell' && cells.length !== size) {
    throw diagnose('DOMAIN_COUNT', place, { actual: cells.length, expected: size });
  }
  const { index } = tensor;
  if (index === undefined) return domain;
  const isLegal = (value: number): boolean =>
    Number.isInteger(value) && value >= index.low && value <= index.high;
  if (!cells.every((cell) => cell.kind === 'values' && cell.values.every(isLegal))) {
    throw diagnose('DOMAIN_NO_INDEX', place, { input: tensor.name, ...index });
  }
  return domain;
}

function checkDecision(decision: Placed<Decision> | undefined, output: ModelTensor): Decision {
  if (decision === undefined) return { kind: 'none' };
  const { kind } = decision.value;
  const scores = sizeOf(output.shape);
  if ((kind === 'sign' || kind === 'threshold') && scores !== 1) {
    throw diagnose('DECISION_NEEDS_ONE_SCORE', decision.place, { decision: kind, actual: scores });
  }
  return decision.value;
}

function joinOutput(
  description: ModelDescription,
  decision: Decision,
  tensor: ModelTensor,
): OutputTensor {
  const { labels, outputName, outputUnits } = description;
  const named = {
    ...tensor,
    name: outputName ?? tensor.name,
    ...(outputUnits === undefined ? {} : { units: unitsOf(outputUnits, sizeOf(tensor.shape)) }),
  };
  if (labels === undefined) return named;
  const expected = decision.kind === 'threshold' ? 2 : sizeOf(tensor.shape);
  if (labels.value.length !== expected) {
    throw diagnose('LABELS_COUNT', labels.place, { actual: labels.value.length, expected });
  }
  return { ...named, labels: labels.value };
}
