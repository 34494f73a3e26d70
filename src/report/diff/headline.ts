/** The first line: whether the meaning changed, and if so what kind of change it is. */
import { escapeMarkdown } from '../escape.js';
import { counted, grouped, listed } from '../numbers.js';
import {
  changeText, gathered, isDomainOther, isOtherCode, isSameAlgorithm, isSameFunction, isOnlyNumbers, isToldInWords,
} from './changes.js'; // prettier-ignore
import type { CodeChangeKind, ComparisonReport } from './types.js';
import { name, percent, short } from './words.js';

/** A property whose both values have so many characters at most is told with them. */
const SHORT_PROPERTY = 30;
/** So many numbers are told as what they are: a model trained anew. */
const MANY = 8;
/** More neurons than this are no change of some neurons. */
const FEW_NEURONS = 3;
/** Kinds of change named in the first line. */
const MOST_PARTS = 3;

const SURE: Readonly<Partial<Record<ComparisonReport['known']['by'], string>>> = {
  weights: 'the same weights',
  proof: 'proved',
  enumeration: 'every input was run',
};

/** One line, in bold up to the kind of the outcome. */
export function headline(report: ComparisonReport): string {
  const { known, sizes } = report;
  if (report.meaning === 'same') return `**No change in meaning** (${SURE[known.by] ?? ''}).`;
  if (report.meaning === 'no difference found') {
    const checked = known.by === 'samples' ? counted(known.checked, 'input') : '';
    return `**No difference found** on ${checked} that were run; this is no proof.`;
  }
  if (sizes !== undefined && isSameAlgorithm(report)) {
    const sure = sizes.status === 'proved' ? 'proved' : `${sizes.status}, not proved`;
    return `**The same algorithm at ${sizes.new} instead of ${sizes.old}** (${sure}).`;
  }
  const parts = kinds(report);
  const rest = parts.length - MOST_PARTS;
  const shown = rest > 0 ? [...parts.slice(0, MOST_PARTS), `${rest} more`] : parts;
  return `**Changed: ${shown.length === 0 ? 'the scores' : listed(shown)}**${flips(report)}.`;
}

function areWords(words: readonly string[]): string {
  return words.length === 1 ? 'is' : 'are';
}

/** What changed, the most telling first; what follows from it is left out. */
function kinds(report: ComparisonReport): readonly string[] {
  const changed = report.interface.filter(({ isName }) => !isName);
  const surface = changed.map(({ what, old, new: fresh }) =>
    changed.length === 1 && old.length + fresh.length <= SHORT_PROPERTY
      ? `${what}, ${escapeMarkdown(old)} → ${escapeMarkdown(fresh)}`
      : what,
  );
  if (isSameFunction(report)) return surface;
  const { inputs, layers, layout } = report;
  const read = [
    ...(inputs === undefined || inputs.dropped.length === 0
      ? []
      : [`${listed(inputs.dropped.map(name))} ${areWords(inputs.dropped)} no longer read`]),
    ...(inputs === undefined || inputs.added.length === 0
      ? []
      : [`${listed(inputs.added.map(name))} ${areWords(inputs.added)} now read`]),
  ];
  const activations = layers.flatMap(({ layer, activation }) =>
    activation === undefined
      ? []
      : [`the activation of layer ${layer}, ${activation.old} → ${activation.new}`],
  );
  const causes = [...surface, ...read, ...activations];
  if (causes.length > 0) return causes;
  const all = gathered(report.changes);
  if (!isOtherCode(report) && all.length === 1 && isToldInWords(all[0])) {
    return [changeText(all[0], true)];
  }
  const neurons = fewNeurons(report);
  if (neurons !== undefined) return [neurons];
  if (isOtherCode(report)) return layout === undefined ? ['most of the code'] : ['other layers and other code']; // prettier-ignore
  return codeKinds(report);
}

/** A few neurons of layers that are otherwise as they were. */
function fewNeurons({ layers, layout }: ComparisonReport): string | undefined {
  if (layout !== undefined || layers.length === 0) return undefined;
  const changed = layers.reduce((sum, layer) => sum + layer.changed, 0);
  if (changed > FEW_NEURONS || layers.some(({ size, changed: own }) => own === size)) {
    return undefined;
  }
  return listed(
    layers.map(({ layer, size, changed: own }) => `${own} of ${size} neurons of layer ${layer}`),
  );
}

function codeKinds(report: ComparisonReport): readonly string[] {
  const counts = new Map<CodeChangeKind, number>();
  const all = gathered(report.changes);
  for (const change of all.filter(isToldInWords)) {
    counts.set(change.kind, (counts.get(change.kind) ?? 0) + 1);
  }
  const parts = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => counted(count, kind));
  const hasTable = report.changes.some(({ kind }) => kind === 'table');
  const isMany = (all.length > MANY || hasTable) && isOnlyNumbers(report.changes);
  if (isMany) return [`the numbers alone, not the code (${listed(parts)})`];
  return all.every(isToldInWords) ? parts : [...parts, parts.length === 0 ? 'the code' : 'other code']; // prettier-ignore
}

function flips(report: ComparisonReport): string {
  const { decisions, scores } = report;
  if (isSameFunction(report)) {
    const which = isDomainOther(report) ? 'on inputs that both take ' : '';
    return `; ${which}the scores are the same${decisions === undefined ? '' : ', what is made of them is not'}`;
  }
  if (scores !== undefined && scores.largest > 0) return `; a score differs by up to ${short(scores.largest)}`; // prettier-ignore
  if (decisions === undefined) return '';
  const { drawn, isAll, border } = decisions;
  if (drawn.flips + border.flips === 0) {
    const { known } = report;
    // The checker found what no draw would.
    if (known.by === 'counterexample' && known.example.oldAnswer !== known.example.newAnswer) {
      return `; a decision flips, but none at ${grouped(drawn.inputs + border.inputs)} inputs drawn`;
    }
    return `; none of ${grouped(drawn.inputs + border.inputs)} inputs run is decided otherwise`;
  }
  const which = isAll ? `of all ${counted(drawn.inputs, 'input')}` : 'of the inputs drawn';
  return `; ${percent(drawn.flips, drawn.inputs)} ${which} are decided otherwise`;
}
