/** What a student made of the layers behind a cut, before it is text: a program of the whole model. */
import type { CellRange } from '../../ir/fidelity.js';
import type { InputTensor } from '../../ir/model-interface.js';
import type { StagedNetwork } from '../../ir/network.js';
import type { Program } from '../../ir/program.js';
import { continueProgram, singular } from '../../infer/index.js';
import { toldName } from '../../ir/told.js';
import type { Cut } from './cut.js';

/** Layers are called after files where nothing else names them. */
const FILE_ENDING = /\.\w+$/;

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
  const [{ name, shape }] = before.network.outputs;
  const last = before.program.body.at(-1);
  const cells = last?.kind === 'return' && last.value.kind === 'array' ? last.value.elements : [];
  const word = singular(toldName(name).replace(FILE_ENDING, ''));
  const names = Array.from({ length: shape[0] ?? 1 }, (_, cell) => {
    const value = cells.at(cell);
    return value?.kind === 'symbol' ? value.symbol.hint : `${word} ${cell}`;
  });
  return names.map((own, cell) =>
    names.filter((other) => other === own).length === 1 ? own : `${own} ${cell}`,
  );
}

/** The program behind a cut joined to that of the layers before. */
export function joinAtCut(network: StagedNetwork, cut: Required<Cut>, behind: Program): Program {
  const { program } = cut.before;
  const joined = continueProgram(program, behind, cellNames(cut));
  return { ...joined, interface: { ...joined.interface, inputs: network.inputs } };
}
