/** A network from the bytes of an ONNX model: decodes, checks versions, imports the graph. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { DEFAULT_TIE_TOLERANCE } from '../../ir/builders.js';
import type { StagedNetwork } from '../../ir/network.js';
import type { ModelDescription } from '../description.js';
import { buildInterface } from '../interface.js';
import { sourceHash } from '../source-hash.js';
import { decodeMessage, MalformedError, TruncatedError } from './fields.js';
import { importGraph } from './graph.js';
import { MODEL, NEWEST_IR_VERSION, NEWEST_OPSET } from './schema.js';
import type { ModelMessage } from './schema.js';

/**
 * The network of an ONNX file; the description is that of the manifest beside it.
 *
 * @throws Diagnostic of the ONNX area, FILE_EMPTY, and those of `buildInterface`.
 */
export async function networkOfOnnx(
  bytes: Uint8Array,
  file: string,
  description: ModelDescription,
  name: string,
): Promise<StagedNetwork> {
  if (bytes.length === 0) throw diagnose('FILE_EMPTY', { file }, {});
  const model = decodeModel(bytes, file);
  if (model.graph === undefined) throw diagnose('ONNX_NO_GRAPH', { file }, {});
  const opset = defaultOpset(model, file);
  const tieTolerance = description.tieTolerance ?? DEFAULT_TIE_TOLERANCE;
  const imported = importGraph(model.graph, opset, tieTolerance, file);
  const source = await sourceHash([bytes]);
  return {
    ...buildInterface(description, imported.tensors, name, source),
    layers: imported.layers,
    results: imported.results,
    parameters: imported.parameters,
    warnings: [...versionWarnings(model, opset, file), ...imported.warnings],
  };
}

function decodeModel(bytes: Uint8Array, file: string): ModelMessage {
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
    throw error;
  }
}

function defaultOpset(model: ModelMessage, file: string): number {
  const found = model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx');
  if (found === undefined) throw diagnose('ONNX_NO_OPSET', { file }, {});
  return found.version;
}

function versionWarnings(model: ModelMessage, opset: number, file: string): string[] {
  const warnings: string[] = [];
  if (model.irVersion > NEWEST_IR_VERSION) {
    warnings.push(
      `${file}: IR version ${model.irVersion} is newer than ${NEWEST_IR_VERSION}, the newest known; ` +
        'fields it adds are not seen',
    );
  }
  if (opset > NEWEST_OPSET) {
    warnings.push(
      `${file}: operator set ${opset} is newer than ${NEWEST_OPSET}, the newest known; ` +
        'operators may have changed',
    );
  }
  return warnings;
}
