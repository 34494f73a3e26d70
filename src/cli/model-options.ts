/**
 * The options that describe a model on the command line. With CSV files they stand in for a manifest;
 * beside a manifest they overrule it. Words are checked by the parser, which knows what is legal.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Domain } from '../ir/model-interface.js';
import type { ParseOptions } from '../parse/index.js';
import { listOption, numberOption, textOption } from './arguments.js';
import type { Arguments } from './arguments.js';
import type { Option } from './command.js';

export const DESCRIBING_OPTIONS = {
  name: { kind: 'text', value: 'NAME', description: 'name of the model' },
  shape: { kind: 'text', value: '28x28', description: 'extents of the input' },
  domain: {
    kind: 'text',
    value: '0,1',
    description: 'values an input can take, min..max, or real',
  },
  activation: {
    kind: 'text',
    value: 'sign,identity',
    description: 'one per layer; a single one stands for all layers but the last',
  },
  decision: {
    kind: 'text',
    value: 'argmax',
    description: 'argmax, argmin, sign, threshold or none',
  },
  'tie-tolerance': {
    kind: 'text',
    value: '1e-8',
    description: 'relative size below which a pre-activation is 0',
  },
  root: {
    kind: 'text',
    value: 'DIR',
    description: "folder that a manifest's files may come from (default: the manifest's)",
  },
} as const satisfies Readonly<Record<string, Option>>;

/** All of them; a command whose `--labels` is something else takes those above. */
export const MODEL_OPTIONS = {
  ...DESCRIBING_OPTIONS,
  labels: { kind: 'text', value: 'A,B', description: 'names of the outputs' },
} as const satisfies Readonly<Record<string, Option>>;

/** `--domain 0..1`: an interval. */
const INTERVAL = /^(.+?)\.\.(.+)$/;

/** The parser's options from the command line's. @throws Diagnostic `CLI_OPTION_VALUE`. */
export function readModelOptions(parsed: Arguments): ParseOptions {
  const name = textOption(parsed, 'name');
  const shape = textOption(parsed, 'shape');
  const domain = textOption(parsed, 'domain');
  const activation = listOption(parsed, 'activation');
  const decision = textOption(parsed, 'decision');
  const labels = listOption(parsed, 'labels');
  const tieTolerance = numberOption(parsed, 'tie-tolerance', 0);
  return {
    ...(name === undefined ? {} : { name }),
    ...(shape === undefined ? {} : { shape: readShape(shape) }),
    ...(domain === undefined ? {} : { domain: readDomain(domain) }),
    ...(activation === undefined ? {} : { activation: [...activation] }),
    ...(decision === undefined ? {} : { decision }),
    ...(labels === undefined ? {} : { labels: [...labels] }),
    ...(tieTolerance === undefined ? {} : { tieTolerance }),
  };
}

function readShape(text: string): number[] {
  const extents = text.split(/[x,]/).map((part) => (/^\d+$/.test(part) ? Number(part) : 0));
  if (extents.every((extent) => extent > 0)) return extents;
  throw wrongValue('shape', text, 'positive extents joined by x, such as 28x28');
}

function readDomain(text: string): Domain {
  if (text === 'real') return { kind: 'real' };
  const interval = INTERVAL.exec(text);
  const parts = interval === null ? text.split(',') : interval.slice(1);
  const numbers = parts.map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (!numbers.every(Number.isFinite) || (interval !== null && numbers[0] > numbers[1])) {
    throw wrongValue('domain', text, 'values such as 0,1, an interval such as -1..1, or real');
  }
  if (interval !== null) return { kind: 'interval', min: numbers[0], max: numbers[1] };
  return { kind: 'values', values: [...new Set(numbers)].sort((left, right) => left - right) };
}

function wrongValue(option: string, value: string, expected: string): Error {
  return diagnose('CLI_OPTION_VALUE', {}, { option, value, expected });
}
