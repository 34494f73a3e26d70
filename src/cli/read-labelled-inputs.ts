/**
 * Inputs of a model with a column of labels beside them: what the model's decision should be. The header names
 * the columns; those of the inputs are known by their names, or all others stand for them in their order.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import { nearestWord } from '../diagnostics/nearest.js';
import type { LabelledRows } from '../distil/logic-labels.js';
import { decisionsOf } from '../ir/decision.js';
import type { ModelInterface } from '../ir/model-interface.js';
import type { CsvRecord } from '../parse/csv/records.js';
import { featureNames } from '../students/feature-names.js';
import { labelOf } from '../verify/run-module.js';
import { openTable, readNumbers } from './read-table.js';
import type { OpenTable, PlacedColumn } from './read-table.js';

/**
 * @param column the name of the labels' column; labels are class names or decisions as numbers.
 * @throws Diagnostic `TABLE_…`, `DATA_NO_ROWS`, `LABEL_UNKNOWN`, LOGIC_LABELS_WITHOUT_DECISION.
 */
export function readLabelledInputs(
  text: string,
  file: string,
  column: string,
  model: ModelInterface,
): LabelledRows {
  if (model.decision.kind === 'none') throw diagnose('LOGIC_LABELS_WITHOUT_DECISION', {}, {});
  const { rows, target, features } = openInputs(text, file, column, model);
  if (rows.length === 0) throw diagnose('DATA_NO_ROWS', { file }, {});
  return {
    column,
    columns: features.map((feature) => readNumbers(rows, feature, file)),
    labels: readLabels(rows, target, file, model),
  };
}

/** The table with the columns that are the model's inputs, in the order of its cells. */
function openInputs(text: string, file: string, column: string, model: ModelInterface): OpenTable {
  const table = openTable(text, file, { target: column });
  const found = table.features.map(({ name }) => name);
  const names = featureNames(model);
  if (names.every((name) => found.includes(name))) {
    return openTable(text, file, { target: column, features: names });
  }
  if (found.length === names.length) return table;
  const values = { label: column, columns: found.length, names };
  throw diagnose('TABLE_OTHER_INPUTS', { file }, values);
}

/** Positions among the decisions of the model. */
function readLabels(
  rows: readonly CsvRecord[],
  { name, position }: PlacedColumn,
  file: string,
  model: ModelInterface,
): Float64Array {
  const decisions = decisionsOf(model);
  const known = decisions.map((decided) => String(labelOf(model, decided)));
  return Float64Array.from(rows, ({ cells, line }) => {
    const word = cells[position];
    const place = { file, row: line, column: position + 1 };
    if (word === '') throw diagnose('TABLE_EMPTY_CLASS', place, { name });
    const label = known.indexOf(word);
    if (label >= 0) return label;
    // 1.000000e+00 is what numpy writes for class 1.
    const decided = decisions.indexOf(Number(word));
    if (decided >= 0) return decided;
    throw diagnose('LABEL_UNKNOWN', place, { word, nearest: nearestWord(word, known), known });
  });
}
