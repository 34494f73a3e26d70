/** The operators that can be imported, by name. An operator that is not here is a diagnostic. */
import type { Importer } from '../context.js';
import { LEAKY_RELU, RELU, SIGMOID, SIGN, TANH } from './activations.js';
import { ADD } from './add.js';
import { CONSTANT } from './constant.js';
import { FLATTEN } from './flatten.js';
import { GEMM } from './gemm.js';
import { IDENTITY } from './identity.js';
import { MAT_MUL } from './mat-mul.js';
import { MUL } from './mul.js';
import { RESHAPE } from './reshape.js';
import { SOFTMAX } from './softmax.js';
import { SUB } from './sub.js';

const IMPORTERS: readonly Importer[] = [
  ADD,
  CONSTANT,
  FLATTEN,
  GEMM,
  IDENTITY,
  LEAKY_RELU,
  MAT_MUL,
  MUL,
  RELU,
  RESHAPE,
  SIGMOID,
  SIGN,
  SOFTMAX,
  SUB,
  TANH,
];

export const OPERATORS: ReadonlyMap<string, Importer> = new Map(
  IMPORTERS.map((importer) => [importer.operator, importer]),
);
