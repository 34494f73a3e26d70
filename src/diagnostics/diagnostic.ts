/**
 * The one kind of failure that leaves the compiler: a code from the table, a message, a place and a
 * hint. The table (`codes.ts`) is the only source of texts; nothing else writes an error message
 * that a user can see.
 */
import { DIAGNOSTICS } from './codes.js';
import type { DiagnosticCode, DiagnosticValues } from './codes.js';
import { printable, printableValues } from './printable.js';

/** Where something went wrong. Layers and neurons are zero-based here, as in the levels, and printed from 1. */
export interface Place {
  /** Name as the user gave it. */
  readonly file?: string;
  /** Key path in a manifest, such as `layers[1].activation`. */
  readonly key?: string;
  /** Index of a layer. */
  readonly layer?: number;
  /** Index of a neuron within its layer. */
  readonly neuron?: number;
  /** Line of a CSV file, one-based. */
  readonly row?: number;
  /** Cell within the line, one-based. */
  readonly column?: number;
  /** Name or number of an ONNX node. */
  readonly node?: string;
}

/** An error with `code`, `place` and `hint`; `message` is the sentence without place and hint. */
export class Diagnostic extends Error {
  override readonly name = 'Diagnostic';

  constructor(
    readonly code: DiagnosticCode,
    message: string,
    readonly place: Place,
    readonly hint: string,
  ) {
    super(message);
  }
}

/**
 * Makes (does not throw) the diagnostic of `code`, its texts filled with `values`, which may come out of
 * files: they are made printable.
 */
export function diagnose<Code extends DiagnosticCode>(
  code: Code,
  place: Place,
  values: DiagnosticValues<Code>,
): Diagnostic {
  const entry = DIAGNOSTICS[code] as {
    message: (values: DiagnosticValues<Code>) => string;
    hint: (values: DiagnosticValues<Code>) => string;
  };
  const shown = printableValues(values as object) as DiagnosticValues<Code>;
  return new Diagnostic(code, entry.message(shown), place, entry.hint(shown));
}

/** `model.csv, row 3, column 7`; empty for an empty place. */
export function renderPlace(place: Place): string {
  const parts: string[] = [];
  if (place.file !== undefined) parts.push(printable(place.file));
  if (place.key !== undefined) parts.push(printable(place.key));
  if (place.layer !== undefined) parts.push(`layer ${place.layer + 1}`);
  if (place.neuron !== undefined) parts.push(`neuron ${place.neuron + 1}`);
  if (place.node !== undefined) parts.push(`node ${printable(place.node)}`);
  if (place.row !== undefined) parts.push(`row ${place.row}`);
  if (place.column !== undefined) parts.push(`column ${place.column}`);
  return parts.join(', ');
}

/**
 * The diagnostic as the command line prints it:
 *
 *   error CSV_RAGGED_ROW: this row has 3 cells, the first has 4
 *     at weights_1.csv, row 7
 *     hint: every row needs one cell per neuron
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  severity: 'error' | 'note' = 'error',
): string {
  const place = renderPlace(diagnostic.place);
  const lines = [`${severity} ${diagnostic.code}: ${diagnostic.message}`];
  if (place !== '') lines.push(`  at ${place}`);
  lines.push(`  hint: ${diagnostic.hint}`);
  return lines.join('\n');
}
