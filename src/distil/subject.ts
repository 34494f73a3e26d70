/**
 * What the Math student explains: the outputs of a network, one of its neurons, or a column of a table.
 * Each comes down to one problem for every number that the module gives back.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Diagnostic, Place } from '../diagnostics/diagnostic.js';
import type { CellRange } from '../ir/fidelity.js';
import { cellDomainsOf } from '../ir/fidelity-probes.js';
import { sizeOf } from '../ir/model-interface.js';
import type { CellDomain, ModelInterface } from '../ir/model-interface.js';
import { interfaceOf } from '../ir/network.js';
import type { StagedNetwork } from '../ir/network.js';
import { hullOf } from '../numeric/hull.js';
import { declareTarget, describeTarget, networkOfTarget } from '../ir/target.js';
import type { DeclaredTarget, Target } from '../ir/target.js';
import { checkData } from '../students/check-data.js';
import { interrogate } from '../students/interrogate.js';
import type { InterrogationOptions } from '../students/interrogate.js';
import type { Formula } from '../students/math/formula.js';
import type { Dataset, Problem, Settings } from '../students/math/problem.js';
import type { Definition } from '../students/math/to-program.js';
import { createAsk, createDecisionAsk } from './create-ask.js';
import { judgedRows } from './judged-rows.js';
import type { JudgedRows } from './judged-rows.js';
import type { AskedNetwork } from './create-ask.js';

/** One number to be explained. */
export interface Cell extends JudgedRows {
  readonly name: string;
  readonly problem: Problem;
  readonly teacher?: AskedNetwork;
  /** For each variable of the problem its position among the input cells of the module; −1 of a transform. */
  readonly inputs: readonly number[];
  /** What a formula is worth on the rows `inRange`, where that is not the share it explains of their target. */
  readonly worthOf?: (formula: Formula) => number;
  /**
   * What each variable of the problem is, over the input cells of the module and, as the variables that
   * follow those, the transforms before; absent where all are cells.
   */
  readonly meanings?: readonly Formula[];
}

/** Variables that are computed from the input cells of the module. */
export interface Transforms {
  /** The variable that stands for the first: those before are the input cells. */
  readonly first: number;
  /** Each over the input cells and the ones before it. */
  readonly definitions: readonly Definition[];
}

export interface Subject {
  readonly kind: 'network' | 'table';
  /** Of the module. */
  readonly model: ModelInterface;
  readonly network?: StagedNetwork;
  readonly declared?: DeclaredTarget;
  /** One for each cell of the module's outputs. */
  readonly cells: readonly Cell[];
  /** What counts as in range, one for each input cell; absent where the domain says it. */
  readonly ranges?: readonly CellRange[];
  readonly transforms?: Transforms;
  /** The cells over the features, as they were asked, where those searched are over other variables. */
  readonly asked?: readonly Cell[];
  /** Of a table whose cells do not read all of its columns as they are: its rows. */
  readonly rows?: Dataset;
  /** Of a table: the line of a row in its file, from 1. */
  readonly lineOf?: (row: number) => number;
  readonly notes: readonly Diagnostic[];
}

/** More outputs than this are not explained at once. */
export const MOST_OUTPUTS = 16;

export type Asking = Omit<InterrogationOptions, 'seed'>;

/**
 * The subject of a network: all its outputs, or the target alone.
 *
 * @throws Diagnostic STUDENT_TOO_MANY_OUTPUTS, and those of the interrogation.
 */
export function subjectOfNetwork(
  network: StagedNetwork,
  target: Target | undefined,
  settings: Settings,
  asking: Asking = {},
): Subject {
  const targets = target === undefined ? targetsOf(network) : [target];
  const model = interfaceOf(target === undefined ? network : networkOfTarget(network, target));
  const cells = targets.map((one) => cellOf(network, one, model, settings, asking));
  const [{ inputs, problem }] = cells;
  const ranges = rangesOf(model, inputs, problem.domains);
  return {
    kind: 'network',
    model,
    network,
    ...(target === undefined ? {} : { declared: declareTarget(network, target) }),
    cells,
    ...(ranges === undefined ? {} : { ranges }),
    notes: notesOn(cells, settings),
  };
}

/** What is to be said of features is said once: every output has them. */
function notesOn(cells: readonly Cell[], { loss }: Settings): readonly Diagnostic[] {
  const isOfTarget = ({ code }: Diagnostic): boolean => code === 'STUDENT_CONSTANT_TARGET';
  const onTargets = cells.flatMap(({ name, problem }) =>
    checkData(problem.data, loss, cells.length === 1 ? {} : { key: name }).filter(isOfTarget),
  );
  const onFeatures = checkData(cells[0].problem.data, loss).filter((note) => !isOfTarget(note));
  return [...onTargets, ...onFeatures];
}

export function tooManyOutputs(outputs: number): Diagnostic {
  return diagnose('STUDENT_TOO_MANY_OUTPUTS', {}, { outputs, limit: MOST_OUTPUTS });
}

function targetsOf({ outputs }: StagedNetwork): readonly Target[] {
  const count = outputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (count > MOST_OUTPUTS) throw tooManyOutputs(count);
  return outputs.flatMap(({ shape }, output) =>
    Array.from({ length: sizeOf(shape) }, (_, cell): Target => ({ kind: 'output', output, cell })),
  );
}

function cellOf(
  network: StagedNetwork,
  target: Target,
  model: ModelInterface,
  settings: Settings,
  asking: Asking,
): Cell {
  const asked = createAsk({ network, target });
  const decide = createDecisionAsk(network);
  const found = interrogate(network, asked, {
    ...asking,
    seed: settings.seed,
    ...(decide === undefined ? {} : { decide }),
  });
  const { features, rest } = found;
  const isWhole = features.length === rest.length;
  const { names } = found.training;
  const ranges = rangesOf(model, features, found.domains);
  const judged = { model, ask: asked, inputs: features, names, ranges, seed: settings.seed };
  return {
    name: describeTarget(network, target),
    problem: { data: found.training, settings, domains: found.domains, ask: found.ask },
    teacher: { network, target, ...(isWhole ? {} : { varying: { features, rest } }) },
    inputs: features,
    ...judgedRows(judged),
  };
}

/** Ranges for all cells where the domain leaves one open or where not all of them vary. */
export function rangesOf(
  model: ModelInterface,
  inputs: readonly number[],
  domains: readonly CellDomain[],
): readonly CellRange[] | undefined {
  const declared = cellDomainsOf(model);
  if (declared.every(({ kind }) => kind !== 'real')) return undefined;
  return declared.map((domain, cell): CellRange => {
    const position = inputs.indexOf(cell);
    return rangeOf(position < 0 ? domain : domains[position]);
  });
}

/** From the least to the greatest value of a domain; 0 for the real line, where a cell is at rest. */
export function rangeOf(domain: CellDomain): CellRange {
  switch (domain.kind) {
    case 'values':
      return [domain.values[0], domain.values[domain.values.length - 1]];
    case 'interval':
      return [domain.min, domain.max];
    case 'real':
      return [0, 0];
  }
}

export interface TableSubject {
  /** Of the module; an identifier's words. */
  readonly name: string;
  readonly target: string;
  readonly data: Dataset;
  /** `sha256:` of the file. */
  readonly source: string;
  readonly place: Place;
  readonly lineOf: (row: number) => number;
}

/** The subject of a table: the module reads the features, in their order, and gives the target. */
export function subjectOfTable(table: TableSubject, settings: Settings): Subject {
  const { data, name, target, source, place, lineOf } = table;
  const notes = checkData(data, settings.loss, place, lineOf);
  const domains = data.columns.map((): CellDomain => ({ kind: 'real' }));
  return {
    kind: 'table',
    model: {
      name,
      source,
      inputs: [
        {
          name: 'row',
          shape: [data.names.length],
          features: data.names,
          domain: { kind: 'real' },
        },
      ],
      outputs: [{ name: target, shape: [1] }],
      decision: { kind: 'none' },
    },
    cells: [
      {
        name: target,
        problem: { data, settings, domains },
        inputs: data.columns.map((_, position) => position),
        inRange: data,
      },
    ],
    ranges: data.columns.map(hullOf),
    lineOf,
    notes,
  };
}
