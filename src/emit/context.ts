/**
 * What printing any part of a program needs: the name of every symbol, and which arrays are whose. The
 * whole module and single lines of it are printed in the same context, so that they read alike.
 */
import type { Program } from '../ir/program.js';
import { helperFunction } from './helpers.js';
import { resolveNames } from './naming.js';
import type { PrintContext } from './print-expression.js';
import { nameOfCheck } from './shape-check.js';
import type { PrintedFunction } from './shape-check.js';
import { surfaceOf } from './sizes.js';
import { FLOAT32, callsFloat32, sortTables } from './tables.js';
import { cellArrays, foreignArrays, helpersOf } from './walk.js';

/** The context in which a legal, lowered program is printed, and the functions that it calls. */
export function createContext(program: Program): {
  readonly context: PrintContext;
  readonly helpers: readonly PrintedFunction[];
} {
  const model = surfaceOf(program);
  const helpers = helpersOf(program).map((helper) => helperFunction(program, helper));
  if (callsFloat32(sortTables(program).inline)) helpers.push(FLOAT32);
  const checks = model.inputs.flatMap((_, index) => nameOfCheck(model, index) ?? []);
  // Sizes are named like parameters: nothing in the body may hide them.
  const sizes = program.sizes?.symbols.map(({ symbol }) => symbol) ?? [];
  const named = { ...program, parameters: [...program.parameters, ...sizes] };
  const names = resolveNames(named, [...helpers.map(({ name }) => name), ...checks]);
  const context: PrintContext = {
    names,
    isForeign: foreignArrays(program),
    typed: cellArrays(program),
    isFloat32: program.precision === 'float32',
  };
  return { context, helpers };
}
