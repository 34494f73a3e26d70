/** Variables and arrays are declared where they are first used, not where lowering met them. */
import type { Statement } from '../../ir/program.js';
import { mapBlocks } from '../rewrite.js';
import { accessesOf, isFreeDeclaration } from './effects.js';
import type { Pass } from './pass.js';

/** Moves every `let` and `allocate` with a literal start down to its first use in its block. */
export const declareLate: Pass = {
  name: 'declare-late',
  run: (program) => ({ ...program, body: sink(program.body) }),
};

function sink(block: readonly Statement[]): readonly Statement[] {
  const waiting = block.filter(isFreeDeclaration);
  const placed: Statement[] = [];
  for (const statement of block) {
    if (isFreeDeclaration(statement)) continue;
    const used = new Set(accessesOf([statement]).map((access) => access.symbol));
    for (const declaration of [...waiting]) {
      if (declaration.kind !== 'let' && declaration.kind !== 'allocate') continue;
      if (!used.has(declaration.symbol)) continue;
      placed.push(declaration);
      waiting.splice(waiting.indexOf(declaration), 1);
    }
    placed.push(mapBlocks(statement, sink));
  }
  return [...placed, ...waiting];
}
