/** What git knows: which files are models, and the tree of the commit that is compared with. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of a listing of files. */
const LONGEST_LISTING = 64 * 1024 * 1024;

/** The commit that a push event names before the first one. */
const NO_COMMIT = /^0+$/;

export interface Base {
  readonly commit: string;
  /** A folder with the files of that commit. */
  readonly folder: string;
  readonly remove: () => void;
}

/**
 * Tracked files that match the patterns, and files that are named as they are, sorted. A name that begins
 * with a hyphen gets `./` before it, so that no program takes it for an option.
 */
export function listModels(patterns: readonly string[], folder: string): readonly string[] {
  if (patterns.length === 0) return [];
  const globs = patterns.map((pattern) =>
    pattern.startsWith(':') ? pattern : `:(glob)${pattern}`,
  );
  const { stdout } = git(['-C', folder, 'ls-files', '-z', '--', ...globs]);
  const named = patterns.filter((path) => isFile(join(folder, path)));
  const files = [...new Set([...stdout.split('\0'), ...named])].filter((path) => path !== '');
  return files.sort().map((path) => (path.startsWith('-') ? `./${path}` : path));
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/**
 * Checks a commit out into a folder of its own, beside the work that is being reviewed; `undefined` where
 * none is named. A commit that is not there, as after a shallow checkout, is fetched.
 *
 * @throws Error where there is no such commit.
 */
export function findBase(revision: string | undefined, folder: string): Base | undefined {
  if (revision === undefined || NO_COMMIT.test(revision)) return undefined;
  const resolve = (name: string): string =>
    git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]).stdout.trim();
  let commit = resolve(revision);
  if (commit === '') {
    git(['fetch', '--no-tags', '--depth=1', '--end-of-options', 'origin', revision]);
    commit = resolve('FETCH_HEAD');
  }
  if (commit === '') {
    throw new Error(`there is no commit ${revision}; check out with fetch-depth: 0`);
  }
  const { status, stderr } = git(['worktree', 'add', '--detach', '--force', folder, commit]);
  if (status !== 0) throw new Error(`the files of ${commit} cannot be checked out: ${stderr}`);
  const remove = (): void => void git(['worktree', 'remove', '--force', folder]);
  return { commit, folder, remove };
}

/** Whether a folder of the work that is reviewed holds other tracked files than in a commit. */
export function differs(commit: string, folder: string): boolean {
  return git(['diff', '--quiet', commit, '--', `:(literal)${folder}`]).status !== 0;
}

function git(words: readonly string[]): { status: number; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('git', [...words], {
    encoding: 'utf8',
    maxBuffer: LONGEST_LISTING,
  });
  return { status: status ?? 1, stdout, stderr };
}
