/** What changed in words, one line for each change: of the interface, the inputs, the layers, the code. */
import { escapeMarkdown } from '../escape.js';
import { counted, listed } from '../numbers.js';
import {
  changeTexts, isOtherCode, isSameAlgorithm, isSameFunction,
} from './changes.js'; // prettier-ignore
import type { ComparisonReport, LayerChange } from './types.js';
import { name } from './words.js';

/** Layers told by themselves; more are summed up. */
const MOST_LAYERS = 3;

/** All lines, the most telling first; without line ends. */
export function changeLines(report: ComparisonReport): readonly string[] {
  const tellsCode = !isOtherCode(report) && !isSameAlgorithm(report) && !isSameFunction(report);
  return [
    ...report.interface.map(
      ({ what, old, new: fresh }) =>
        `${capital(what)}: ${escapeMarkdown(old)} → ${escapeMarkdown(fresh)}`,
    ),
    ...inputLines(report),
    ...(isSameFunction(report) ? [] : layerLines(report)),
    ...(tellsCode ? changeTexts(report.changes).map(capital) : []),
  ];
}

function inputLines({ inputs }: ComparisonReport): readonly string[] {
  if (inputs === undefined) return [];
  const { dropped, added } = inputs;
  return [
    ...(dropped.length === 0 ? [] : [`No longer read: ${dropped.map(name).join(', ')}`]),
    ...(added.length === 0 ? [] : [`Now read: ${added.map(name).join(', ')}`]),
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
      neurons.map(
        ({ neuron, how }) =>
          `As stored, neuron ${neuron} of ${size} in layer ${layer}: ${escapeMarkdown(how)}`,
      ),
    );
  }
  const text = otherWeights(layers);
  return text === '' ? [] : [`As stored, other weights: ${text}`];
}

/** `64 of 64 neurons of layer 1 and 2 of 2 neurons of layer 3`; empty where no weight differs. */
export function otherWeights(layers: readonly LayerChange[]): string {
  const texts = layers
    .filter(({ changed }) => changed > 0)
    .map(
      ({ layer, size, changed }) => `${changed} of ${counted(size, 'neuron')} in layer ${layer}`,
    );
  const shown = texts.slice(0, MOST_LAYERS);
  const rest = texts.length - shown.length;
  return listed(rest > 0 ? [...shown, counted(rest, 'further layer')] : shown);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
