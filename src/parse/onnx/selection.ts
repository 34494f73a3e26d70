/**
 * Operators that copy cells: transposition, slices, gathering, padding. Where each cell comes from is
 * said once, as expressions of indices; read off, that is a linear map, which folds into its neighbours
 * and which clustering sees through, and printed it is the body of a stage.
 */
import { sizeOf } from '../../ir/model-interface.js';
import { conditional, num } from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';
import { flatIndex, stageOf } from '../../ir/stage.js';
import type { Operand, Read } from '../../ir/stage.js';
import { createStageRunner } from '../../ir/stage-values.js';
import type { Extent } from './builder.js';
import { checkShape } from '../shape.js';
import { computeValue, recipeOf } from './compute.js';
import type { OperatorContext } from './context.js';
import { staysLinear } from './linearity.js';
import { copyOf, isReadable } from './recipes.js';
import { selectionRows } from './rows.js';
import type { CellBody, ConstantValue, Recipe, TensorValue, Value } from './values.js';

/** Copies of copies are read through up to here: indices of indices grow, and nobody reads them. */
const MOST_COPIES = 3;

/** How the cells of a result follow from those of a value. */
export interface Selection {
  readonly extent: Extent;
  /** The indices of the value's cell that stands at `at`; `tables` reads the index constants. */
  readonly source: (at: readonly Expression[], tables: readonly Read[]) => readonly Expression[];
  /** Constants that `source` reads. */
  readonly tables?: readonly ConstantValue[];
  /** Where there is a cell at all; elsewhere stands `fill`. Everywhere unless given. */
  readonly inside?: (at: readonly Expression[]) => Expression;
  /** 0 unless given. */
  readonly fill?: number;
}

/** The selection of a value's cells. */
export function selectCells(context: OperatorContext, value: Value, selection: Selection): Value {
  const { extent, tables = [] } = selection;
  checkShape(extent.shape, context.place, value.kind === 'constant' ? 0 : 1);
  tables.forEach((table) => context.refuseRounded(table));
  if (value.kind === 'constant') return selectConstant(value, selection);
  const recipe = recipeOfSelection(context, value, selection);
  if (staysLinear(context.layers, [value], sizeOf(extent.shape))) {
    return applySelection(context, value, selection, recipe);
  }
  return recipe?.copies === undefined
    ? computeValue(context, [value, ...tables], extent, bodyOf(selection))
    : { kind: 'tensor', type: value.type, ...extent, form: { kind: 'copy', recipe } };
}

/** How a stage selects; `undefined` where it could not read the value. */
function recipeOfSelection(
  context: OperatorContext,
  value: TensorValue,
  selection: Selection,
): Recipe | undefined {
  if (!isReadable(value)) return undefined;
  const { extent, tables = [], inside } = selection;
  const behind = copyOf(value)?.copies ?? 0;
  const from = behind < MOST_COPIES ? value : context.layers.storeForStage(value);
  const recipe = recipeOf(context, [from, ...tables], extent, bodyOf(selection));
  // What stands under a condition is no mere copy.
  return inside === undefined ? { ...recipe, copies: (behind % MOST_COPIES) + 1 } : recipe;
}

function bodyOf({ source, inside, fill = 0 }: Selection): CellBody {
  return (at, [read, ...indices]) => {
    const cell = read(source(at, indices));
    return inside === undefined ? cell : conditional(inside(at), cell, num(fill));
  };
}

function applySelection(
  context: OperatorContext,
  value: TensorValue,
  selection: Selection,
  recipe: Recipe | undefined,
): Value {
  const { extent, fill = 0 } = selection;
  const cells = cellsOf(value, selection);
  const kept = cells.map((cell) => (cell < 0 ? 0 : 1));
  const rows = selectionRows(
    Uint32Array.from(cells, (cell) => Math.max(cell, 0)),
    kept,
  );
  const bias = cells.map((cell) => (cell < 0 ? fill : 0));
  return context.layers.apply(value, { rows, bias }, extent, context.name, recipe);
}

function selectConstant(constant: ConstantValue, selection: Selection): ConstantValue {
  const { data, batchCells = [] } = constant;
  const cells = cellsOf(constant, selection);
  const extents = [...cells.keys()].filter((index) => batchCells.includes(cells[index]));
  return {
    ...constant,
    shape: selection.extent.shape,
    data: cells.map((cell) => (cell < 0 ? (selection.fill ?? 0) : data[cell])),
    batchCells: extents,
  };
}

/** For each cell of the result the cell that it copies; −1 where there is none. */
export function cellsOf({ shape }: Value, selection: Selection): Float64Array {
  const { extent, source, tables = [], inside } = selection;
  const operands = tables.map((table): Operand => {
    return { kind: 'constant', shape: table.shape, data: table.data, hint: table.name };
  });
  const stage = stageOf({ name: 'cells', shape: extent.shape, operands }, (at, reads) => {
    const cell = flatIndex(source(at, reads), shape);
    return inside === undefined ? cell : conditional(inside(at), cell, num(-1));
  });
  return createStageRunner(stage)([]);
}
