/**
 * Which files a model may make the compiler read. Models come from strangers: what they name has to stand
 * in their own folder (or below `--root`), by its path and by where its symbolic links lead.
 */
import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { diagnose } from '../diagnostics/diagnostic.js';

/**
 * Refuses files that the model in `main` names and that are elsewhere; `root` is the user's word for
 * where they may be.
 *
 * @throws Diagnostic FILE_OUTSIDE_ROOT, FILE_LINK_OUTSIDE.
 */
export function confine(
  main: string,
  files: readonly string[],
  root: string | undefined,
  cwd: string,
): void {
  const shown = root ?? dirname(main);
  const folder = resolve(cwd, shown);
  // Links of the user's own are followed. A store of models keeps what stands in a folder in one place,
  // and links each file there: then the data are where the model is.
  const store = root === undefined ? [dirname(realPath(resolve(cwd, main)))] : [];
  const allowed = [realPath(folder), ...store];
  for (const file of files) {
    const path = resolve(cwd, file);
    if (!isInside(folder, path)) throw diagnose('FILE_OUTSIDE_ROOT', { file }, { root: shown });
    const target = realPath(path);
    if (!allowed.some((place) => isInside(place, target))) {
      throw diagnose('FILE_LINK_OUTSIDE', { file }, { root: shown });
    }
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Where links lead; of a path at which there is nothing, where its folder's links lead. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : resolve(realPath(folder), relative(folder, path));
  }
}
