/**
 * The exact parts of a hybrid module, and how parts and equations become one program. A part behind equations
 * is compiled for the values that were seen there and as much again around them; it is exact for those.
 *
 *   [means] exact │ [hidden, distance] equations │ [action] exact   →   one Program
 */
import { compile } from '../../compile.js';
import type { CompileOptions } from '../../compile.js';
import { continueProgram } from '../../infer/index.js';
import type { KeptStatus } from '../../ir/auto.js';
import type { KeptFindings } from '../../ir/hybrid.js';
import type { CellDomain, InputTensor } from '../../ir/model-interface.js';
import { interfaceOf } from '../../ir/network.js';
import type { StagedNetwork } from '../../ir/network.js';
import { symbol } from '../../ir/program-builders.js';
import type { Program, ProgramSymbol } from '../../ir/program.js';
import { hullOf } from '../../numeric/hull.js';
import { formulaToProgram } from '../../students/math/to-program.js';
import { partOf } from './block.js';
import { cellNamesOf } from './cell-names.js';
import { valuesAt } from './record.js';
import type { Records } from './record.js';
import type { InputAt, Told } from './whole.js';

/** How far the domain behind equations reaches beyond what was seen, in widths of that, on each side. */
const MARGIN = 0.5;

/** What stays as it is. */
export interface ExactPart {
  readonly program: Program;
  /** Absent where the checker did not even see it to be equal: it is not exact then. */
  readonly verdict?: KeptStatus;
}

export interface Parts {
  /** Layers `first` … `end` − 1, compiled; each once. @throws Diagnostic as `compile`. */
  readonly exact: (first: number, end: number) => Promise<ExactPart>;
  readonly inputAt: InputAt;
}

const KEPT: readonly KeptStatus[] = ['proved', 'exhaustive', 'sampled'];

export function createParts(
  network: StagedNetwork,
  records: Records,
  options: Pick<CompileOptions, 'shouldStop'>,
): Parts {
  const compiled = new Map<string, Promise<ExactPart>>();
  const inputAt = (kept: number): InputTensor => {
    const layer = network.layers[kept - 1];
    const { name, shape } = layer;
    const features = cellNamesOf(layer, undefined, network);
    return { name, shape, features, domain: { kind: 'per-cell', cells: domainsAt(records, kept) } };
  };
  const compilePart = async (first: number, end: number): Promise<ExactPart> => {
    const part = partOf(network, first, end, first === 0 ? undefined : inputAt(first));
    const { program, verdict } = await compile(part, options);
    const status = KEPT.find((one) => one === verdict.status);
    return { program, ...(status === undefined ? {} : { verdict: status }) };
  };
  return {
    inputAt,
    exact: (first, end) => {
      const key = `${first} ${end}`;
      const known = compiled.get(key) ?? compilePart(first, end);
      compiled.set(key, known);
      return known;
    },
  };
}

/** What is seen at a cut, widened. */
function domainsAt({ training, inRange, outOfRange }: Records, kept: number): CellDomain[] {
  const all = [training, inRange, ...(outOfRange === undefined ? [] : [outOfRange])];
  return valuesAt(training, kept).map((_, cell) => {
    const hulls = all.map((recorded) => hullOf(valuesAt(recorded, kept)[cell].filter(Number.isFinite))); // prettier-ignore
    const min = Math.min(...hulls.map(([least]) => least));
    const max = Math.max(...hulls.map(([, most]) => most));
    const margin = MARGIN * (max - min);
    return { kind: 'interval', min: min - margin, max: max + margin };
  });
}

/** The program of the whole: exact parts and equations one behind the other. */
export async function joinParts(
  network: StagedNetwork,
  parts: Parts,
  told: readonly Told[],
): Promise<Program> {
  const pieces: { readonly at: number; readonly program: Program }[] = [];
  for (const [first, end] of exactSpans(network, told)) {
    pieces.push({ at: first, program: (await parts.exact(first, end)).program });
  }
  for (const { block, formulas } of told) {
    const { first, end } = block;
    const input = first === 0 ? undefined : parts.inputAt(first);
    const model = interfaceOf(partOf(network, first, end, input));
    pieces.push({ at: first, program: formulaToProgram(formulas, model) });
  }
  pieces.sort((a, b) => a.at - b.at);
  // What goes into and out of equations has names, even where it is read once.
  const names = new Set<ProgramSymbol>();
  const whole = pieces.slice(1).reduce((before, { at, program }) => {
    const words = cellNamesOf(network.layers[at - 1], undefined, network).map((word) =>
      symbol(word),
    );
    for (const word of words) names.add(word);
    return continueProgram(before, program, words, names);
  }, pieces[0].program);
  return { ...whole, interface: { ...whole.interface, inputs: network.inputs } };
}

/** What is between blocks, before and behind them. */
export function exactSpans(
  { layers }: StagedNetwork,
  told: readonly Pick<Told, 'block'>[],
): readonly (readonly [first: number, end: number])[] {
  const firsts = [0, ...told.map(({ block }) => block.end)];
  const ends = [...told.map(({ block }) => block.first), layers.length];
  return firsts.map((first, k) => [first, ends[k]] as const).filter(([first, end]) => end > first);
}

/** The exact parts for the report. */
export async function keptOf(
  network: StagedNetwork,
  parts: Parts,
  told: readonly Told[],
): Promise<readonly KeptFindings[]> {
  const kept: KeptFindings[] = [];
  for (const [first, end] of exactSpans(network, told)) {
    const { verdict } = await parts.exact(first, end);
    if (verdict === undefined) continue;
    const layers = network.layers.slice(first, end).map(({ name }) => name);
    const { domain } = first === 0 ? { domain: undefined } : parts.inputAt(first);
    const cells = domain?.kind === 'per-cell' ? domain.cells : [];
    const ranges = cells.map((cell) => (cell.kind === 'interval' ? [cell.min, cell.max] as const : [0, 0] as const)); // prettier-ignore
    kept.push({ layers, verdict, ...(first === 0 ? {} : { ranges }) });
  }
  return kept;
}
