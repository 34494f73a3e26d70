/** The first line: whether the meaning changed, and if so what kind of change it is. */
import { escapeMarkdown } from '../escape.js';
import { counted, grouped, listed } from '../numbers.js';
import type { CodeChange, CodeChangeKind, ComparisonReport } from './types.js';
import { percent } from './words.js';

/** More neurons than this are no change of some neurons. */
const FEW_NEURONS = 3;
/** Modules that share less than this are other code; their differences are not counted. */
const LEAST_SHARED = 0.5;
/** Kinds of change named in the first line. */
const MOST_PARTS = 3;

const KIND_WORDS: Readonly<Record<CodeChangeKind, string>> = {
  constant: 'constant',
  condition: 'condition',
  loop: 'loop',
  term: 'term',
  function: 'function',
  expression: 'expression',
  table: 'table',
  statement: 'statement',
};

/** One line, in bold up to the kind of the outcome. */
export function headline(report: ComparisonReport): string {
  const { known, sizes } = report;
  if (report.meaning === 'same') return `**No change in meaning** (${SURE[known.by] ?? ''}).`;
  if (report.meaning === 'no difference found') {
    const checked = known.by === 'samples' ? counted(known.checked, 'input') : '';
    return `**No difference found** on ${checked} that were run; this is no proof.`;
  }
  if (sizes !== undefined && sizes.status !== 'unknown') {
    const sure = sizes.status === 'proved' ? 'proved' : `${sizes.status}, not proved`;
    return `**The same algorithm at ${sizes.new} instead of ${sizes.old}** (${sure}).`;
  }
  const parts = kinds(report);
  const shown = parts.slice(0, MOST_PARTS);
  const what = shown.length === 0 ? 'the scores' : listed(shown);
  return `**Changed: ${what}**${flips(report)}.`;
}

const SURE: Readonly<Partial<Record<ComparisonReport['known']['by'], string>>> = {
  weights: 'the same weights',
  proof: 'proved',
  enumeration: 'every input was run',
};

/** Whether so much of the code differs that single differences say nothing. */
export function isOtherCode({ sharedCode }: ComparisonReport): boolean {
  return sharedCode < LEAST_SHARED;
}

function kinds(report: ComparisonReport): readonly string[] {
  const parts: string[] = [];
  for (const { what, isName } of report.interface) if (!isName) parts.push(what);
  if (parts.length > 0 && isSameFunction(report)) return parts;
  const { inputs } = report;
  if (inputs !== undefined && inputs.dropped !== '') parts.push(`${escapeMarkdown(inputs.dropped)} no longer read`); // prettier-ignore
  if (inputs !== undefined && inputs.added !== '') parts.push(`${escapeMarkdown(inputs.added)} now read`); // prettier-ignore
  const activations = report.layers.flatMap(({ layer, activation }) =>
    activation === undefined
      ? []
      : [`the activation of layer ${layer} (${activation.old} → ${activation.new})`],
  );
  parts.push(...activations);
  if (parts.length > 0 && (activations.length > 0 || isOtherCode(report))) return parts;
  const neurons = fewNeurons(report);
  if (neurons !== undefined) return [...parts, neurons];
  if (parts.length === 0 || report.layout === undefined) {
    parts.push(...codeKinds(report));
  }
  return parts;
}

/** Whether the scores are the same and only what is said about them changed. */
export function isSameFunction({ known }: ComparisonReport): boolean {
  return known.by === 'weights' || known.by === 'proof' || known.by === 'enumeration';
}

function fewNeurons({ layers, layout }: ComparisonReport): string | undefined {
  if (layout !== undefined || layers.length === 0) return undefined;
  const changed = layers.reduce((sum, layer) => sum + layer.changed, 0);
  const hidden = layers.filter(({ size, changed: own }) => own < size);
  if (changed > FEW_NEURONS || hidden.length < layers.length) return undefined;
  return listed(
    layers.map(({ layer, size, changed: own }) => `${own} of ${size} neurons of layer ${layer}`),
  );
}

function codeKinds(report: ComparisonReport): readonly string[] {
  if (isOtherCode(report)) return ['most of the code'];
  const counts = new Map<CodeChangeKind, number>();
  for (const { kind } of distinct(report.changes)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => counted(count, KIND_WORDS[kind]));
}

/** Every change once, though it stands in several places. */
export function distinct(changes: readonly CodeChange[]): readonly CodeChange[] {
  const seen = new Map(
    changes.map((change) => [JSON.stringify({ ...change, place: '' }), change] as const),
  );
  return [...seen.values()];
}

function flips({ decisions }: ComparisonReport): string {
  if (decisions === undefined) return '';
  const { drawn, isAll, border } = decisions;
  const which = isAll ? `of all ${counted(drawn.inputs, 'input')}` : 'of the inputs drawn';
  if (drawn.flips + border.flips === 0) {
    return `; none of ${grouped(drawn.inputs + border.inputs)} inputs run is decided otherwise`;
  }
  return `; ${percent(drawn.flips, drawn.inputs)} ${which} are decided otherwise`;
}
