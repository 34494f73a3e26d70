/** Are several networks one problem at several sizes? Decided on what they look like from outside. */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Domain, ModelInterface } from '../ir/model-interface.js';
import { shapesText } from '../ir/words.js';

/** What must be the same at all sizes: a name for the diagnostic, and the value as text. */
const SHARED: readonly (readonly [what: string, of: (model: ModelInterface) => string])[] = [
  ['numbers of inputs', ({ inputs }) => `${inputs.length} inputs`],
  ['numbers of axes', ({ inputs }) => inputs.map(({ shape }) => shape.length).join(' and ')],
  ['axes', ({ inputs }) => inputs.map(({ axes = [] }) => axes.join(' × ')).join(' and ')],
  ['domains', ({ inputs }) => inputs.map(({ domain }) => domainText(domain)).join(' and ')],
  ['outputs', ({ outputs }) => outputs.map(({ name, shape }) => `${name} with ${shape.length} axes`).join(' and ')],
  ['labels', ({ outputs }) => outputs.map(({ labels = [] }) => labels.join(', ')).join(' and ')],
  ['decisions', ({ decision }) => decision.kind === 'threshold' ? `threshold ${decision.threshold}` : decision.kind],
]; // prettier-ignore

/**
 * @throws Diagnostic `GENERIC_INTERFACE` when two models differ in more than sizes and names,
 *   `GENERIC_SAME_SIZE` when they do not differ in sizes.
 */
export function refuseOtherProblems([leading, ...others]: readonly ModelInterface[]): void {
  const seen = new Set([sizeText(leading)]);
  for (const other of others) {
    for (const [what, textOf] of SHARED) {
      const [left, right] = [textOf(leading), textOf(other)];
      if (left !== right) throw diagnose('GENERIC_INTERFACE', {}, { what, left, right });
    }
    const size = sizeText(other);
    if (seen.has(size)) throw diagnose('GENERIC_SAME_SIZE', {}, { size });
    seen.add(size);
  }
}

function sizeText({ inputs }: ModelInterface): string {
  return shapesText(inputs.map(({ shape }) => shape));
}

function domainText(domain: Domain): string {
  switch (domain.kind) {
    case 'values':
      return `{${domain.values.join(', ')}}`;
    case 'interval':
      return `${domain.min}..${domain.max}`;
    case 'real':
      return 'real';
    case 'per-cell':
      return 'one for each cell';
  }
}
