/**
 * The options of `parse`, which stand in for a manifest (CSV files with flags on the command line) or
 * overrule single fields of one.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Domain } from '../ir/model-interface.js';
import type { Activation } from '../ir/network.js';
import type { InputDescription, ModelDescription } from './description.js';
import { checkShape } from './shape.js';
import { checkTieTolerance } from './ties.js';
import { activationOf, decisionOf } from './words.js';

export interface ParseOptions {
  /**
   * Key of the manifest or ONNX file among the files. Default: the only `.onnx`; else the only
   * `.json`; else all files are weights CSVs in the order given.
   */
  readonly main?: string;
  /** Shape of the (only) input. */
  readonly shape?: readonly number[];
  /** Domain of the (only) input. */
  readonly domain?: Domain;
  /** One word for each layer, or one for all layers but the last, which is then `identity`. */
  readonly activation?: readonly string[];
  /** A decision's word; for `threshold` the threshold is 0. */
  readonly decision?: string;
  readonly name?: string;
  /** Relative tie tolerance of the contract; default 1e-8. */
  readonly tieTolerance?: number;
  /** One label for each outcome of the decision. */
  readonly labels?: readonly string[];
  /** Told every warning as it arises; they also stand in `Network.warnings`. */
  readonly onWarning?: (warning: string) => void;
  /** Told how many of the nodes of an ONNX model have been read. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * `description` with the fields that the options name put in their place. Activations are left to
 * `activationsOf`, since they need the number of layers.
 *
 * @throws Diagnostic SHAPE_INVALID, SHAPE_TOO_LARGE, DOMAIN_INVALID, DECISION_UNKNOWN,
 *   TIE_TOLERANCE_INVALID, NAME_DUPLICATE, INPUT_COUNT.
 */
export function overrule(description: ModelDescription, options: ParseOptions): ModelDescription {
  const { name, labels, decision, tieTolerance } = options;
  return {
    ...description,
    ...(name === undefined ? {} : { name }),
    inputs: overruleInputs(description, options),
    ...(labels === undefined ? {} : { labels: { value: distinct(labels), place: at('labels') } }),
    ...(decision === undefined
      ? {}
      : { decision: { value: decisionOf(decision, at('decision')), place: at('decision') } }),
    ...(tieTolerance === undefined
      ? {}
      : { tieTolerance: checkTieTolerance(tieTolerance, at('tieTolerance')) }),
  };
}

function overruleInputs(
  description: ModelDescription,
  options: ParseOptions,
): readonly InputDescription[] {
  const { shape, domain } = options;
  const { inputs } = description;
  if (shape === undefined && domain === undefined) return inputs;
  if (inputs.length > 1) {
    const place = at(shape === undefined ? 'domain' : 'shape');
    throw diagnose('INPUT_COUNT', place, { actual: 1, expected: inputs.length });
  }
  if (shape !== undefined) checkShape(shape, at('shape'));
  if (domain !== undefined) checkDomain(domain);
  return [
    {
      ...(inputs.length === 0 ? { place: description.place } : inputs[0]),
      ...(shape === undefined ? {} : { shape: { value: shape, place: at('shape') } }),
      ...(domain === undefined ? {} : { domain: { value: domain, place: at('domain') } }),
    },
  ];
}

/**
 * The activation of each of `layers` layers from the option's words.
 *
 * @throws Diagnostic ACTIVATION_UNKNOWN, ACTIVATION_COUNT.
 */
export function activationsOf(words: readonly string[], layers: number): Activation[] {
  const place = at('activation');
  const known = words.map((word) => activationOf(word, place));
  if (known.length === layers) return known;
  if (known.length !== 1) {
    throw diagnose('ACTIVATION_COUNT', place, { actual: words.length, expected: layers });
  }
  return Array.from({ length: layers }, (_, index) =>
    index === layers - 1 ? { kind: 'identity' } : known[0],
  );
}

/** The place of an option. */
function at(option: keyof ParseOptions): { readonly key: string } {
  return { key: `option ${option}` };
}

function distinct(labels: readonly string[]): readonly string[] {
  const repeated = labels.find((label, index) => labels.indexOf(label) !== index);
  if (repeated !== undefined) throw diagnose('NAME_DUPLICATE', at('labels'), { name: repeated });
  return labels;
}

/** Domains that come as values of the IR were not read by the manifest's reader. */
function checkDomain(domain: Domain): void {
  const cells = domain.kind === 'per-cell' ? domain.cells : [domain];
  for (const cell of cells) {
    const problem =
      cell.kind === 'values'
        ? problemOfValues(cell.values)
        : cell.kind === 'interval' &&
            !(cell.min <= cell.max && Number.isFinite(cell.max - cell.min))
          ? `min ${cell.min} and max ${cell.max} are no finite interval`
          : undefined;
    if (problem !== undefined) throw diagnose('DOMAIN_INVALID', at('domain'), { problem });
  }
}

function problemOfValues(values: readonly number[]): string | undefined {
  if (values.length === 0) return 'the list is empty';
  if (!values.every(Number.isFinite)) return 'a value is not a finite number';
  const ascending = values.every((value, index) => index === 0 || values[index - 1] < value);
  return ascending ? undefined : 'the values are not ascending and distinct';
}
