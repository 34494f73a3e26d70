/** Runs emitted text in tests: types stripped by TypeScript, the result imported as a data: URL. */
import ts from 'typescript';
import type { Emitted } from '../../../src/emit/index.js';

type Nested = number | Nested[];

export interface EmittedModule {
  readonly scores: (...inputs: readonly unknown[]) => Nested | Record<string, Nested>;
  readonly predict: (...inputs: readonly unknown[]) => unknown;
  readonly default: EmittedModule['predict'];
  readonly network: Readonly<Record<string, unknown>>;
}

/** Imports a module, its sibling linked in. */
export async function runEmitted({ code, weights }: Emitted): Promise<EmittedModule> {
  const linked =
    weights === undefined ? code : code.replace(/'\.\/[^']*\.weights\.js'/, `'${toUrl(weights)}'`);
  return (await import(/* @vite-ignore */ toUrl(linked))) as EmittedModule;
}

/** All numbers of a result, in order. */
export function flattenResult(result: Nested | Record<string, Nested>): number[] {
  if (typeof result === 'number') return [result];
  return Object.values(result).flatMap(flattenResult);
}

function toUrl(code: string): string {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ES2022 },
  });
  return `data:text/javascript,${encodeURIComponent(outputText)}`;
}
