/**
 * From the paths on the command line to a Network: which files belong to the model, where they may
 * come from, and their bytes. What the bytes mean is the parser's business.
 *
 * Models come from strangers, so a manifest names files in its own folder (or below `--root`) only.
 */
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { Diagnostic, diagnose } from '../diagnostics/diagnostic.js';
import type { Network } from '../ir/network.js';
import type { ParseOptions } from '../parse/index.js';
import { textOption } from './arguments.js';
import type { Arguments } from './arguments.js';
import type { CliIo } from './io.js';
import { CSV_ONLY, readModelOptions } from './model-options.js';
import { isPresent, readBytes } from './read-file.js';

export interface Model {
  readonly network: Network;
  /** Every file that was read, as paths relative to the working directory or absolute. */
  readonly files: readonly string[];
}

/** The files of a model by the names that the parser knows them by, and by their paths. */
interface ModelFiles {
  readonly main?: string;
  /** Name for the parser, path as shown to the user. */
  readonly paths: ReadonlyMap<string, string>;
}

/**
 * Reads and parses the model that `paths` name: one `.onnx`, one manifest `.json`, or CSV files in
 * layer order, described by options. Warnings of the parser go to stderr.
 *
 * @throws Diagnostic of the parser, places told by the paths as given; `MODEL_NOT_FOUND`,
 *   `CLI_OPTIONS_CONFLICT`, `FILE_…`.
 */
export async function readModel(
  parsed: Arguments,
  paths: readonly string[],
  io: CliIo,
): Promise<Model> {
  const options = readModelOptions(parsed);
  const bytes = new Map<string, Uint8Array>();
  const kind = modelKind(paths);
  if (kind === 'manifest') refuseCsvOptions(parsed, paths[0]);
  const { parse, listManifestFiles } = await import('../parse/index.js');
  let files: ModelFiles;
  if (kind === 'csv') {
    files = { paths: new Map(paths.map((path) => [path, path])) };
  } else if (kind === 'onnx') {
    files = onnxFiles(paths[0], io);
  } else {
    const main = basename(paths[0]);
    const manifest = readBytes(paths[0], io.cwd);
    bytes.set(main, manifest);
    const names = await withPlaces(new Map([[main, paths[0]]]), () =>
      listManifestFiles(manifest, main),
    );
    files = manifestFiles(paths[0], names, textOption(parsed, 'root'), io);
  }
  for (const [name, path] of files.paths) {
    if (!bytes.has(name)) bytes.set(name, readBytes(path, io.cwd));
  }
  const parseOptions: ParseOptions =
    files.main === undefined ? options : { ...options, main: files.main };
  const network = await withPlaces(files.paths, () =>
    parse(Object.fromEntries(bytes), parseOptions),
  );
  for (const warning of network.warnings) io.stderr.write(`warning: ${warning}\n`);
  return { network, files: [...files.paths.values()] };
}

function modelKind(paths: readonly string[]): 'csv' | 'onnx' | 'manifest' {
  const endings = paths.map((path) => extname(path).toLowerCase());
  if (endings.length > 0 && endings.every((ending) => ending === '.csv')) return 'csv';
  if (endings.length === 1 && endings[0] === '.onnx') return 'onnx';
  if (endings.length === 1 && endings[0] === '.json') return 'manifest';
  throw diagnose('MODEL_NOT_FOUND', {}, { files: paths });
}

function refuseCsvOptions(parsed: Arguments, manifest: string): void {
  const given = CSV_ONLY.find((name) => parsed.options.has(name));
  if (given === undefined) return;
  const hint = 'say it in the manifest, or name the CSV files instead of the manifest';
  throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: `--${given}`, second: manifest, hint });
}

/** The model, and the manifest beside it where there is one. */
function onnxFiles(path: string, io: CliIo): ModelFiles {
  const main = basename(path);
  const paths = new Map([[main, path]]);
  const manifest = `${path.slice(0, -extname(path).length)}.json`;
  if (isPresent(manifest, io.cwd)) paths.set(basename(manifest), manifest);
  return { main, paths };
}

function manifestFiles(
  path: string,
  names: readonly string[],
  root: string | undefined,
  io: CliIo,
): ModelFiles {
  const folder = dirname(path);
  const allowed = resolve(io.cwd, root ?? folder);
  const main = basename(path);
  const paths = new Map([[main, path]]);
  for (const name of names) {
    const inside = relative(allowed, resolve(io.cwd, folder, name));
    if (inside === '..' || inside.startsWith(`..${sep}`) || resolve(allowed, inside) === inside) {
      throw diagnose('FILE_OUTSIDE_ROOT', { file: name }, { root: root ?? folder });
    }
    // join would take an absolute name for a relative one.
    const shown = resolve(name) === name ? name : join(folder, name);
    paths.set(name, shown);
  }
  return { main, paths };
}

/** Runs `work`; the places of its diagnostics name files by their paths instead of their names. */
async function withPlaces<Result>(
  paths: ReadonlyMap<string, string>,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Diagnostic)) throw error;
    const { code, message, place, hint } = error;
    const path = place.file === undefined ? undefined : paths.get(place.file);
    if (path === undefined || path === place.file) throw error;
    throw new Diagnostic(code, message, { ...place, file: path }, hint);
  }
}
