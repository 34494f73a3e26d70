/** What changed, one line for each change: of the interface, the inputs, the layers, the code. */
import { escapeMarkdown } from '../escape.js';
import { counted } from '../numbers.js';
import { distinct, isOtherCode, isSameFunction } from './headline.js';
import type { CodeChange, ComparisonReport, LayerChange } from './types.js';
import { code } from './words.js';

/** Layers told by themselves; more are summed up. */
const MOST_LAYERS = 3;

/** All lines, the most telling first; without line ends. */
export function changeLines(report: ComparisonReport): readonly string[] {
  const changes = isOtherCode(report) ? [] : report.changes;
  // Where the scores are the same, the code differs in how it says so.
  const ofCode = report.sizes?.status === undefined || report.sizes.status === 'unknown' ? distinct(changes) : []; // prettier-ignore
  return [
    ...report.interface.map(
      ({ what, old, new: fresh }) =>
        `${capital(what)}: ${escapeMarkdown(old)} → ${escapeMarkdown(fresh)}`,
    ),
    ...inputLines(report),
    ...layerLines(report),
    ...(isSameFunction(report) ? [] : ofCode.map(codeLine)),
  ];
}

function inputLines({ inputs }: ComparisonReport): readonly string[] {
  if (inputs === undefined) return [];
  const { dropped, added } = inputs;
  return [
    ...(dropped === '' ? [] : [`No longer read: ${escapeMarkdown(dropped)}`]),
    ...(added === '' ? [] : [`Now read: ${escapeMarkdown(added)}`]),
  ];
}

function layerLines({ layers, layout }: ComparisonReport): readonly string[] {
  if (layout !== undefined) {
    return layout.old === layout.new ? [] : [`Layers as stored: ${layout.old} → ${layout.new}`];
  }
  const activations = layers.filter(({ activation }) => activation !== undefined);
  const weights = layers.filter(({ changed }) => changed > 0);
  return [
    ...activations.map(
      ({ layer, size, activation }) =>
        `Layer ${layer} (${counted(size, 'neuron')}): activation ${activation?.old ?? ''} → ${activation?.new ?? ''}`,
    ),
    ...weightLines(weights),
  ];
}

function weightLines(layers: readonly LayerChange[]): readonly string[] {
  const isFew = layers.length <= MOST_LAYERS && layers.every(({ neurons }) => neurons.length > 0);
  if (isFew) {
    return layers.flatMap(({ layer, size, neurons }) =>
      neurons.map(({ neuron, how }) => `As stored, layer ${layer}, neuron ${neuron} of ${size}: ${how}`),
    );
  }
  const texts = layers
    .slice(0, MOST_LAYERS)
    .map(({ layer, size, changed }) => `${changed} of ${size} neurons of layer ${layer}`);
  const rest = layers.length - texts.length;
  if (rest > 0) texts.push(`neurons of ${counted(rest, 'further layer')}`);
  return texts.length === 0 ? [] : [`As stored, other weights in ${texts.join(', ')}`];
}

function codeLine(change: CodeChange): string {
  const { kind, what, of, place, old, new: fresh } = change;
  const where = place === 'return' ? 'The result' : code(place);
  if (kind === 'table') return tableLine(change);
  if (kind === 'statement' || (kind !== 'constant' && place === (old ?? fresh))) {
    return old === undefined ? `New: ${code(fresh ?? '')}` : `Gone: ${code(old)}`;
  }
  if (old === undefined) return `${where}: new ${what} ${code(fresh ?? '')}`;
  if (fresh === undefined) return `${where}: without the ${what} ${code(old)}`;
  const isNumber = kind === 'constant' || kind === 'loop' || what === 'threshold';
  const values = isNumber ? `${old} → ${fresh}` : `${code(old)} → ${code(fresh)}`;
  const about = of === '' ? '' : ` of ${code(of)}`;
  return `${where}: ${what === '' ? '' : `${what}${about} `}${values}`;
}

function tableLine({ what, of, place, old, new: fresh }: CodeChange): string {
  if (old === undefined) return `New: the table ${code(place)} (${fresh ?? ''})`;
  if (fresh === undefined) return `Gone: the table ${code(place)} (${old})`;
  if (of === '') return `${code(place)}: ${what} ${old} → ${fresh}`;
  return `${code(place)}: ${what} changed, most ${code(of)}: ${old} → ${fresh}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
