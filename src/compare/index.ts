/**
 * Two models compared: both are compiled, what they compute is compared by the checker and by running
 * them, and their programs are laid over each other to say what changed.
 */
import { compile } from '../compile.js';
import type { Compiled } from '../compile.js';
import { sizeOf } from '../ir/model-interface.js';
import type { StagedNetwork } from '../ir/network.js';
import type { ComparisonReport, InputsReport, KnownReport, SideReport } from '../report/index.js';
import { codeDifference } from './code-changes.js';
import { cellWords } from './describe-input.js';
import { commonDomain, sameShapes } from './domains.js';
import { findEquality, isSameNetwork, smallestFrom } from './equality.js';
import type { EqualityOptions, Side } from './equality.js';
import { cellsRead } from './inputs-read.js';
import { interfaceChanges } from './interface-changes.js';
import { layerChanges, layoutWords } from './layer-changes.js';
import { probeBoth } from './probe-both.js';
import type { ProbeResult } from './probe-both.js';
import { SideBySide } from './side-by-side.js';
import { compareSizes } from './sizes.js';

/** What two scores may differ by and be called the same; that of `compile`. */
const TOLERANCE = 1e-6;

export type CompareOptions = EqualityOptions;

/**
 * What changed in meaning from one model to another. Pure and deterministic.
 *
 * @throws Diagnostic of `compile` where a model cannot be compiled.
 */
export async function compareModels(
  old: StagedNetwork,
  fresh: StagedNetwork,
  options: CompareOptions = {},
): Promise<ComparisonReport> {
  const progress = options.onProgress === undefined ? {} : { onProgress: options.onProgress };
  const before: Side = { network: old, compiled: await compile(old, progress) };
  const after: Side = { network: fresh, compiled: await compile(fresh, progress) };
  const { known, probed } = await compareMeaning(before, after, options);
  const changedInterface = interfaceChanges(old, fresh);
  const answersDiffer = changedInterface.some(({ isName }) => !isName);
  const difference = codeDifference(before.compiled.program, after.compiled.program);
  const layers = layerChanges(old, fresh);
  const sizes = canBeSizes(old, fresh) ? await compareSizes(old, fresh) : undefined;
  return {
    schema: 1,
    meaning: meaningOf(known, answersDiffer),
    known,
    old: describeSide(before),
    new: describeSide(after),
    interface: changedInterface,
    layers: layers ?? [],
    ...(layers === undefined ? { layout: { old: layoutWords(old), new: layoutWords(fresh) } } : {}),
    changes: difference.changes,
    code: difference.code,
    sharedCode: difference.shared,
    ...(sameShapes(old, fresh) ? { inputs: compareInputs(before, after) } : {}),
    ...(probed?.decisions === undefined ? {} : { decisions: probed.decisions }),
    ...(probed?.scores === undefined ? {} : { scores: probed.scores }),
    ...(sizes === undefined ? {} : { sizes }),
  };
}

function meaningOf(known: KnownReport, answersDiffer: boolean): ComparisonReport['meaning'] {
  if (answersDiffer) return 'changed';
  switch (known.by) {
    case 'weights':
    case 'proof':
    case 'enumeration':
      return 'same';
    case 'samples':
      return 'no difference found';
    case 'counterexample':
    case 'nothing':
      return 'changed';
  }
}

/** What the checker decides, and what running both shows. */
async function compareMeaning(
  before: Side,
  after: Side,
  options: CompareOptions,
): Promise<{ known: KnownReport; probed?: ProbeResult }> {
  const [old, fresh] = [before.network, after.network];
  const nothing = (reason: string): { known: KnownReport } => ({
    known: { by: 'nothing', reason },
  });
  if (!sameShapes(old, fresh)) return nothing('the inputs have other shapes');
  const model = commonDomain(old, fresh);
  if (model === undefined) return nothing('no input lies in both domains');
  const both = new SideBySide(old, fresh, model, TOLERANCE);
  const comparable =
    old.outputs.length === fresh.outputs.length &&
    old.outputs.every(({ shape }, k) => sizeOf(shape) === sizeOf(fresh.outputs[k].shape));
  if (!comparable && !both.decides) return nothing('the outputs have other shapes');
  const isSame = comparable && isSameNetwork(old, fresh);
  if (isSame && sameDecision(old, fresh)) return { known: { by: 'weights' } };
  // Networks that differ mostly do so at once, and running them is cheaper than proving a text.
  const probed = probeBoth(both, (done, total) => options.onProgress?.('run both', done, total));
  if (isSame) return { known: { by: 'weights' }, probed };
  if (!comparable) return { ...nothing('the outputs have other shapes'), probed };
  if (probed.differing !== undefined)
    return { known: smallestFrom(probed.differing, both), probed };
  const { known, reason } = await findEquality(before, after, both, options);
  if (known === undefined) {
    return { known: { by: 'samples', checked: probed.checked, reason }, probed };
  }
  // Nothing flips where the scores are the same and what is made of them is.
  const isKnown = known.by !== 'counterexample';
  return isKnown && sameDecision(old, fresh) ? { known } : { known, probed };
}

/** Whether equal scores give equal answers. */
function sameDecision(old: StagedNetwork, fresh: StagedNetwork): boolean {
  const labels = ({ decision, outputs }: StagedNetwork): string =>
    JSON.stringify([decision, outputs.map((output) => output.labels)]);
  return labels(old) === labels(fresh);
}

function canBeSizes(old: StagedNetwork, fresh: StagedNetwork): boolean {
  return (
    !sameShapes(old, fresh) &&
    old.inputs.length === fresh.inputs.length &&
    old.inputs.every(({ shape }, k) => shape.length === fresh.inputs[k].shape.length)
  );
}

function compareInputs(before: Side, after: Side): InputsReport {
  const [one, two] = [before, after].map(({ compiled, network }) => cellsRead(compiled.program, network)); // prettier-ignore
  const count = (flags: readonly Uint8Array[]): number =>
    flags.reduce((sum, own) => sum + own.reduce((inner, flag) => inner + flag, 0), 0);
  const only = (
    { network }: Side,
    flags: readonly Uint8Array[],
    others: readonly Uint8Array[],
  ): readonly string[] =>
    network.inputs.flatMap((input, k) => {
      const isOnly = (cell: number): boolean => flags[k][cell] === 1 && others[k][cell] === 0;
      return cellWords(input, [...flags[k].keys()].filter(isOnly));
    });
  return {
    cells: after.network.inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    oldRead: count(one),
    newRead: count(two),
    dropped: only(before, one, two),
    added: only(after, two, one),
  };
}

function describeSide({ network, compiled }: Side): SideReport {
  const { report, verdict }: Compiled = compiled;
  return {
    name: network.name,
    source: network.source,
    parameters: report.model.parameters,
    neurons: report.model.neurons,
    lines: report.code.lines,
    weightsInData: report.code.weightsInData,
    verdict: verdict.status,
    maxError: Number.isFinite(verdict.maxError) ? verdict.maxError : null,
  };
}
