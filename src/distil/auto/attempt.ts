/** What a student made of the layers behind a cut, before it is text: a program of the whole model. */
import type { CellRange } from '../../ir/fidelity.js';
import type { InputTensor } from '../../ir/model-interface.js';
import type { StagedNetwork } from '../../ir/network.js';
import type { Program } from '../../ir/program.js';
import { continueProgram } from '../../infer/index.js';
import { cellNamesOf } from '../blocks/cell-names.js';
import type { Cut } from './cut.js';

export interface Attempt {
  readonly program: Program;
  /** Of the formulas, or the number of leaves. */
  readonly complexity: number;
  readonly explains?: 'decisions';
  /** What `complexity` counts where decisions are explained; absent: leaves. */
  readonly counts?: 'formulas';
  /** Whether it gives the network's scores at all inputs, as far as the student knows. */
  readonly isExact?: boolean;
  readonly ranges?: readonly CellRange[];
}

/** What lies behind a cut as the input of a model of its own: cells that are called by their names. */
export function inputBehind(cut: Required<Cut>): InputTensor {
  const { name, shape } = cut.before.network.outputs[0];
  return { name, shape, features: cellNames(cut), domain: { kind: 'real' } };
}

/** What the cells between are called: as the compiler names them, else by their layer and position. */
export function cellNames({ before }: Required<Cut>): readonly string[] {
  return cellNamesOf(before.network.outputs[0], before.program);
}

/** The program behind a cut joined to that of the layers before. */
export function joinAtCut(network: StagedNetwork, cut: Required<Cut>, behind: Program): Program {
  const { program } = cut.before;
  const joined = continueProgram(program, behind, cellNames(cut));
  return { ...joined, interface: { ...joined.interface, inputs: network.inputs } };
}
