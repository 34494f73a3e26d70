/**
 * A trained network as PyTorch would store it: one safetensors file with a weight (outputs × inputs) and a
 * bias per layer, in single precision.
 */
import { writeSafetensors } from '../../test/helpers/safetensors-writer.js';
import type { SafeTensor } from '../../test/helpers/safetensors-writer.js';
import type { TrainedLayer } from './weights-csv.js';

/** The bytes of a file that holds each layer under its prefix. */
export function stateDictOf(layers: Readonly<Record<string, TrainedLayer>>): Uint8Array {
  const tensors: Record<string, SafeTensor> = {};
  for (const [prefix, { rows, bias }] of Object.entries(layers)) {
    tensors[`${prefix}.weight`] = {
      shape: [rows.length, rows[0].length],
      data: rows.flatMap((row) => [...row]),
    };
    tensors[`${prefix}.bias`] = { shape: [rows.length], data: bias };
  }
  return writeSafetensors(tensors);
}
