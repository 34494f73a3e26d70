/** A network from an ONNX model. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Network } from '../../ir/network.js';
import type { ModelDescription } from '../description.js';

/** The network of an ONNX file. @throws Diagnostic of the ONNX area. */
export function networkOfOnnx(
  bytes: Uint8Array,
  file: string,
  description: ModelDescription,
  name: string,
): Promise<Network> {
  const values = { offset: 0, problem: `${name} ${description.inputs.length} ${bytes.length}` };
  throw diagnose('ONNX_MALFORMED', { file }, values);
}
