/** action.yml as the tests read it: its steps, and what its expressions come to. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Action {
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default?: string }>
  >;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** Reads YAML with the library that knip, a tool of ours, brings along. */
export function readYaml(path: string): unknown {
  const ofKnip = createRequire(join(ROOT, 'node_modules/knip/package.json'));
  const yaml = ofKnip('yaml') as { parse: (text: string) => unknown };
  return yaml.parse(readFileSync(join(ROOT, path), 'utf8'));
}

export function readAction(): Action {
  return readYaml('action.yml') as Action;
}

/** `${{ inputs.base || github.event.before }}` with values by their dotted names. */
export function evaluate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    const names = expression.split('||').map((name) => name.trim());
    return names.map((name) => values[name] ?? '').find((value) => value !== '') ?? '';
  });
}
