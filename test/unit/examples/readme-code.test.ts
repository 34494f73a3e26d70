/**
 * Code in the examples' READMEs is code of output/: a fence below `<!-- output/FILE.ts: name, name -->`
 * holds these functions as the file has them. UPDATE_SAMPLES=1 copies them again.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { expect, it } from 'vitest';
import { parseText } from '../../helpers/emitted-text.js';

const ROOT = join(import.meta.dirname, '../../..');
const UPDATE = process.env['UPDATE_SAMPLES'] === '1';
const FENCE = /<!-- (output\/\S+\.ts): ([\w, ]+) -->\n```ts\n([\s\S]*?)```\n/g;

const READMES = readdirSync(join(ROOT, 'examples'), { encoding: 'utf8', recursive: true })
  .filter((path) => path.endsWith('README.md'))
  .map((path) => join('examples', path))
  .sort();

/** The named functions of a file, without their comments. */
function functionsOf(file: string, names: readonly string[]): string {
  const tree = parseText(readFileSync(join(ROOT, file), 'utf8'));
  const found = names.map((name) => {
    const declaration = tree.statements.find(
      (node) => ts.isFunctionDeclaration(node) && node.name?.text === name,
    );
    if (declaration === undefined) throw new Error(`${file} has no function ${name}`);
    return declaration.getText(tree);
  });
  return `${found.join('\n\n')}\n`;
}

it.each(READMES)('%s shows what output/ holds', (path) => {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const fresh = text.replace(FENCE, (_, file: string, names: string) => {
    const code = functionsOf(file, names.split(', '));
    return `<!-- ${file}: ${names} -->\n\`\`\`ts\n${code}\`\`\`\n`;
  });
  if (UPDATE) writeFileSync(join(ROOT, path), fresh);
  else expect(text).toBe(fresh);
});

it('finds fences in the READMEs of the symbolic examples', () => {
  const fences = READMES.flatMap((path) => [
    ...readFileSync(join(ROOT, path), 'utf8').matchAll(FENCE),
  ]);
  expect(fences.length).toBeGreaterThanOrEqual(6);
});
