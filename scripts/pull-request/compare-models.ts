/** What changed in meaning, model by model: those of the base against those that are reviewed. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { differs, listModels } from './git.js';
import type { Base } from './git.js';
import { runProgram } from './run-program.js';

export interface Comparison {
  readonly model: string;
  /** `same`: no file beside it changed, or the meaning did not; `failed`: it could not be compared. */
  readonly kind: 'same' | 'changed' | 'new' | 'removed' | 'failed';
  /** Markdown of `deepdistill diff`, or what it said on stderr. */
  readonly text: string;
  /** Exit code of `deepdistill diff`; 0 where it was not run. */
  readonly code: number;
}

export interface Subject {
  readonly cli: string;
  readonly base: Base;
  readonly models: readonly string[];
  readonly patterns: readonly string[];
}

/** One comparison for each model of either commit, in the order of their paths. */
export async function compareModels(subject: Subject): Promise<readonly Comparison[]> {
  const { base, models, patterns } = subject;
  const removed = listModels(patterns, base.folder).filter((model) => !models.includes(model));
  const comparisons: Comparison[] = removed.map((model) => ({ model, kind: 'removed', text: '', code: 0 })); // prettier-ignore
  for (const model of models) comparisons.push(await compareModel(model, subject));
  return comparisons.sort((left, right) => (left.model < right.model ? -1 : 1));
}

async function compareModel(model: string, { cli, base }: Subject): Promise<Comparison> {
  const old = join(base.folder, model);
  if (!existsSync(old)) return { model, kind: 'new', text: '', code: 0 };
  // A manifest's files stand in its own folder: where nothing there changed, the model did not.
  if (!differs(base.commit, dirname(model))) return { model, kind: 'same', text: '', code: 0 };
  const { code, stdout, stderr } = await runProgram(cli, ['diff', old, model, '--check']);
  if (code > 1) return { model, kind: 'failed', text: stderr, code };
  return { model, kind: code === 1 ? 'changed' : 'same', text: stdout, code };
}
