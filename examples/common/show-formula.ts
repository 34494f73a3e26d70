/**
 * What a student's module says of a network, in figures: its fidelity, and how far every input moves the
 * answers of both, so that an input which the formula leaves out can be seen to matter to neither.
 */
import { cellDomainsOf } from '../../src/ir/fidelity-probes.js';
import { tellFidelity } from '../../src/ir/fidelity.js';
import { domainHull } from '../../src/ir/model-interface.js';
import { interfaceOf } from '../../src/ir/network.js';
import type { Network } from '../../src/ir/network.js';
import type { Answer, LoadedModule } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';

/** Equally spaced values of the input that is moved. */
const STEPS = 201;
const DIGITS = 4;

/** For networks of one output whose inputs are all bounded. */
export function showFormula(
  network: Network,
  module: LoadedModule,
  run: (inputs: readonly ArrayLike<number>[]) => Answer,
): string {
  const model = interfaceOf(network);
  const teacher = createTeacher(network);
  const names = model.inputs[0].features ?? [];
  const hulls = cellDomainsOf(model).map((domain) => domainHull(domain));
  const rows = hulls.map(([min, max], moved) => {
    const points = Array.from({ length: STEPS }, (_, step) =>
      Float64Array.from(hulls, ([least, most], cell) =>
        cell === moved ? min + ((max - min) * step) / (STEPS - 1) : (least + most) / 2,
      ),
    );
    const cells = [
      names[moved],
      min,
      max,
      extentOf(points.map((point) => teacher.forward([point])[0][0])),
      extentOf(points.map((point) => run([point]).scores[0][0])),
    ];
    return `| ${cells.join(' | ')} |\n`;
  });
  const head =
    '| input | from | to | moves the network by | moves the module by |\n|---|--:|--:|--:|--:|\n';
  return `${fidelityWords(module.network)}\n\n${head}${rows.join('')}`;
}

/** From the least to the largest of some values. */
function extentOf(values: readonly number[]): number {
  return Number((Math.max(...values) - Math.min(...values)).toPrecision(DIGITS));
}

function fidelityWords(constant: unknown): string {
  const { fidelity, fidelityOutOfRange } = constant as Readonly<Record<string, number>>;
  return `fidelity ${tellFidelity(fidelity)} in range, ${tellFidelity(fidelityOutOfRange)} out of range`;
}
