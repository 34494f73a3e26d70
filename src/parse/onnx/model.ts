/** From the bytes of an ONNX file to its messages: decodes them, and checks versions. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { decodeMessage, MOST_MESSAGES, TooManyMessagesError } from './fields.js';
import { MODEL, NEWEST_IR_VERSION, NEWEST_OPSET } from './schema.js';
import type { GraphMessage, ModelMessage } from './schema.js';
import { MalformedError, TruncatedError } from './wire.js';

export interface OnnxModel {
  readonly graph: GraphMessage;
  /** Version of the default operator set. */
  readonly opset: number;
  /** Functions that the model defines itself, as `functionKey` names them. */
  readonly functions: ReadonlySet<string>;
  /** Free entries of the exporter, such as names of features and classes; the last one of a key. */
  readonly metadata: ReadonlyMap<string, string>;
  /** What is newer than known, for the user. */
  readonly warnings: readonly string[];
}

/** Names of the default operator set's domain. */
export const DEFAULT_DOMAINS: readonly string[] = ['', 'ai.onnx'];

/** The operator set of classical machine learning. */
export const ML_DOMAIN = 'ai.onnx.ml';

/**
 * Decodes the bytes of a model; tensors stay views of them.
 *
 * @throws Diagnostic FILE_EMPTY, ONNX_TRUNCATED, ONNX_MALFORMED, ONNX_TOO_MANY_PARTS, ONNX_NO_GRAPH,
 *   ONNX_NO_OPSET.
 */
export function decodeModel(bytes: Uint8Array, file: string): OnnxModel {
  if (bytes.length === 0) throw diagnose('FILE_EMPTY', { file }, {});
  const { message, unknown } = decodeBytes(bytes, file);
  if (message.graph === undefined) throw diagnose('ONNX_NO_GRAPH', { file }, {});
  const opset = defaultOpset(message, file);
  return {
    graph: message.graph,
    opset,
    functions: new Set(message.functions.map(({ domain, name }) => functionKey(domain, name))),
    metadata: new Map(message.metadata.map(({ key, value }) => [key, value])),
    warnings: warningsOf(message.irVersion, opset, unknown, file),
  };
}

/** The name of an operator or function with that of its domain. */
export function functionKey(domain: string, name: string): string {
  return `${DEFAULT_DOMAINS.includes(domain) ? '' : domain}\0${name}`;
}

function decodeBytes(
  bytes: Uint8Array,
  file: string,
): { readonly message: ModelMessage; readonly unknown: readonly string[] } {
  try {
    return decodeMessage(MODEL, bytes);
  } catch (error) {
    if (error instanceof TruncatedError) {
      throw diagnose('ONNX_TRUNCATED', { file }, { size: bytes.length });
    }
    if (error instanceof MalformedError) {
      const { offset, message: problem } = error;
      throw diagnose('ONNX_MALFORMED', { file }, { offset, problem });
    }
    if (error instanceof TooManyMessagesError) {
      throw diagnose('ONNX_TOO_MANY_PARTS', { file }, { most: MOST_MESSAGES });
    }
    throw error;
  }
}

/** Of several versions of one operator set, nodes mean the highest. */
function defaultOpset({ opsetImport }: ModelMessage, file: string): number {
  const versions = opsetImport
    .filter(({ domain }) => DEFAULT_DOMAINS.includes(domain))
    .map(({ version }) => version);
  if (versions.length === 0) throw diagnose('ONNX_NO_OPSET', { file }, {});
  return versions.reduce((highest, version) => Math.max(highest, version));
}

function warningsOf(
  irVersion: number,
  opset: number,
  unknown: readonly string[],
  file: string,
): string[] {
  const warnings: string[] = [];
  if (irVersion > NEWEST_IR_VERSION) {
    warnings.push(
      `${file}: IR version ${irVersion} is newer than ${NEWEST_IR_VERSION}, the newest known; ` +
        'fields it adds are not seen',
    );
  }
  if (opset > NEWEST_OPSET) {
    warnings.push(
      `${file}: operator set ${opset} is newer than ${NEWEST_OPSET}, the newest known; ` +
        'operators may have changed',
    );
  }
  if (unknown.length > 0) {
    warnings.push(`${file}: fields that are not known were left out: ${unknown.join(', ')}`);
  }
  return warnings;
}
