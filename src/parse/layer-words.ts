/**
 * What a model's author called a layer, where the file tells: from the name of its weights, else from the
 * path of its node. Names that exporters make up say nothing, and give no word.
 *
 *   fc1.weight → fc1    features.0.weight → features0    /classifier/2/Gemm → classifier2
 *   onnx::MatMul_12, 12, 0.weight, Gemm_3, node_linear_1 → none
 */

/** What ends the name of a layer's weights in state dicts and their exports. */
const PARAMETER = /^(.+)[./](?:weight|weights|kernel)(?::\d+)?$/i;

/** What wraps a whole model and is no part of a name. */
const WRAPPERS: ReadonlySet<string> = new Set(['module', '_orig_mod']);

/** The word for a layer whose weights and node are called so; none where both say nothing. */
export function layerWord(parameter: string, node = ''): string | undefined {
  const owner = PARAMETER.exec(parameter)?.at(1);
  if (owner !== undefined && !owner.includes('::')) {
    const word = joined(owner.split(/[./]/));
    if (word !== undefined) return word;
  }
  const path = node.split('/');
  // The last part is the operator's own.
  return path.length < 2 ? undefined : joined(path.slice(0, -1));
}

function joined(parts: readonly string[]): string | undefined {
  const kept = parts.filter((part) => part !== '' && !WRAPPERS.has(part));
  return kept.some((part) => /^\p{L}/u.test(part)) ? kept.join(' ') : undefined;
}
