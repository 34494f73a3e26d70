/** The operators that can be imported, by name. An operator that is not here is a diagnostic. */
import type { Importer } from '../context.js';
import { functionKey } from '../model.js';
import {
  CELU,
  ELU,
  GELU,
  HARD_SIGMOID,
  HARD_SWISH,
  LEAKY_RELU,
  RELU,
  SELU,
  SIGMOID,
  SIGN,
  SOFTPLUS,
  SOFTSIGN,
  TANH,
  THRESHOLDED_RELU,
} from './activations.js';
import { ADD } from './add.js';
import { ARG_MAX, ARG_MIN } from './arg-extreme.js';
import { BATCH_NORMALIZATION } from './batch-normalization.js';
import { CAST, CAST_LIKE } from './cast.js';
import { CLIP } from './clip.js';
import { EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL } from './comparisons.js';
import { CONCAT } from './concat.js';
import { CONSTANT_OF_SHAPE, RANGE } from './constant-of-shape.js';
import { CONSTANT } from './constant.js';
import { CONV } from './conv.js';
import { DIV } from './div.js';
import { DROPOUT } from './dropout.js';
import { EXPAND, TILE } from './expand.js';
import { FLATTEN } from './flatten.js';
import {
  ABS,
  ACOS,
  ASIN,
  ATAN,
  CEIL,
  COS,
  COSH,
  ERF,
  EXP,
  FLOOR,
  LOG,
  NEG,
  RECIPROCAL,
  ROUND,
  SIN,
  SINH,
  SQRT,
  TAN,
} from './functions.js';
import { GATHER } from './gather.js';
import { GEMM } from './gemm.js';
import { GLOBAL_AVERAGE_POOL, GLOBAL_MAX_POOL } from './global-pool.js';
import { GRU } from './gru.js';
import { IDENTITY } from './identity.js';
import { AND, NOT, OR, XOR } from './logic.js';
import { LSTM } from './lstm.js';
import { MAT_MUL } from './mat-mul.js';
import { MUL } from './mul.js';
import { INSTANCE_NORMALIZATION, LAYER_NORMALIZATION, LRN } from './normalizations.js';
import { P_RELU } from './p-relu.js';
import { PAD } from './pad.js';
import { AVERAGE_POOL, MAX_POOL } from './pools.js';
import { POW } from './pow.js';
import {
  REDUCE_L1,
  REDUCE_L2,
  REDUCE_LOG_SUM,
  REDUCE_LOG_SUM_EXP,
  REDUCE_MAX,
  REDUCE_MEAN,
  REDUCE_MIN,
  REDUCE_SUM,
  REDUCE_SUM_SQUARE,
} from './reductions.js';
import { RESHAPE } from './reshape.js';
import { RNN } from './rnn.js';
import { SCALER } from './scaler.js';
import { SHAPE, SIZE } from './shape.js';
import { SLICE } from './slice.js';
import { LOG_SOFTMAX, SOFTMAX } from './softmax.js';
import { SPLIT } from './split.js';
import { SQUEEZE, UNSQUEEZE } from './squeeze.js';
import { SUB } from './sub.js';
import { TRANSPOSE } from './transpose.js';
import { MAX, MEAN, MIN, SUM } from './variadic.js';
import { WHERE } from './where.js';
import { ZIP_MAP } from './zip-map.js';

const IMPORTERS: readonly Importer[] = [
  ABS,
  ACOS,
  ADD,
  AND,
  ARG_MAX,
  ARG_MIN,
  ASIN,
  ATAN,
  AVERAGE_POOL,
  BATCH_NORMALIZATION,
  CAST,
  CAST_LIKE,
  CEIL,
  CELU,
  CLIP,
  CONCAT,
  CONSTANT,
  CONSTANT_OF_SHAPE,
  CONV,
  COS,
  COSH,
  DIV,
  DROPOUT,
  ELU,
  EQUAL,
  ERF,
  EXP,
  EXPAND,
  FLATTEN,
  FLOOR,
  GATHER,
  GELU,
  GEMM,
  GLOBAL_AVERAGE_POOL,
  GLOBAL_MAX_POOL,
  GREATER,
  GREATER_OR_EQUAL,
  GRU,
  HARD_SIGMOID,
  HARD_SWISH,
  IDENTITY,
  INSTANCE_NORMALIZATION,
  LAYER_NORMALIZATION,
  LEAKY_RELU,
  LESS,
  LESS_OR_EQUAL,
  LOG,
  LOG_SOFTMAX,
  LRN,
  LSTM,
  MAT_MUL,
  MAX,
  MAX_POOL,
  MEAN,
  MIN,
  MUL,
  NEG,
  NOT,
  OR,
  PAD,
  POW,
  P_RELU,
  RANGE,
  RECIPROCAL,
  REDUCE_L1,
  REDUCE_L2,
  REDUCE_LOG_SUM,
  REDUCE_LOG_SUM_EXP,
  REDUCE_MAX,
  REDUCE_MEAN,
  REDUCE_MIN,
  REDUCE_SUM,
  REDUCE_SUM_SQUARE,
  RELU,
  RESHAPE,
  RNN,
  ROUND,
  SCALER,
  SELU,
  SHAPE,
  SIGMOID,
  SIGN,
  SIN,
  SINH,
  SIZE,
  SLICE,
  SOFTMAX,
  SOFTPLUS,
  SOFTSIGN,
  SPLIT,
  SQRT,
  SQUEEZE,
  SUB,
  SUM,
  TAN,
  TANH,
  THRESHOLDED_RELU,
  TILE,
  TRANSPOSE,
  UNSQUEEZE,
  WHERE,
  XOR,
  ZIP_MAP,
];

const BY_KEY: ReadonlyMap<string, Importer> = new Map(
  IMPORTERS.map((importer) => [functionKey(importer.domain ?? '', importer.operator), importer]),
);

/** The importer of an operator of a domain; `undefined` where it has none. */
export function importerOf(operator: string, domain: string): Importer | undefined {
  return BY_KEY.get(functionKey(domain, operator));
}
