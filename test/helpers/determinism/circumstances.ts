/**
 * Under which circumstances a command may be run, and must write the same bytes: the machine's language,
 * time zone, folders, permissions and terminal, and the versions of Node that are found.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Circumstance {
  readonly name: string;
  /** Added to the environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Words for Node before the program. */
  readonly node?: readonly string[];
  /** Another Node than the one that runs the tests. */
  readonly program?: string;
  /** Further words for searches. */
  readonly search?: readonly string[];
  /** What bash does before the command. */
  readonly before?: string;
  /** Whether the command has a terminal. */
  readonly isTerminal?: boolean;
  /** The folder that the command runs in, below that of the files; paths are then said from there. */
  readonly cwd?: string;
  /** Whether paths are absolute. */
  readonly isAbsolute?: boolean;
  /** Whether searches are run as well. */
  readonly hasSearches?: boolean;
}

/** `Intl`'s default locale as well as the C library's. */
const locale = (name: string): Circumstance => ({
  name: `the locale ${name}`,
  env: { LANG: name, LC_ALL: name, LANGUAGE: undefined },
});

export const CIRCUMSTANCES: readonly Circumstance[] = [
  { name: 'the same circumstances again', hasSearches: true },
  { name: 'another folder, absolute paths', cwd: 'elsewhere/deeper', isAbsolute: true },
  { name: 'another folder, paths with ..', cwd: 'elsewhere', hasSearches: true },
  locale('C'),
  locale('de_DE.UTF-8'),
  { ...locale('tr_TR.UTF-8'), hasSearches: true },
  locale('ar_EG.UTF-8'),
  { name: 'the time zone Pacific/Kiritimati', env: { TZ: 'Pacific/Kiritimati' } },
  { name: 'the time zone America/St_Johns', env: { TZ: 'America/St_Johns' } },
  { name: 'umask 077', before: 'umask 077' },
  { name: 'no HOME, no TMPDIR', env: { HOME: undefined, TMPDIR: undefined } },
  {
    name: 'a HOME that is not there',
    env: { HOME: '/does/not/exist', XDG_CACHE_HOME: '/nor/this' },
  },
  { name: 'NODE_ENV=production', env: { NODE_ENV: 'production' } },
  { name: 'NODE_ENV=development', env: { NODE_ENV: 'development', DEBUG: '*' } },
  { name: 'colours forced', env: { FORCE_COLOR: '3', COLUMNS: '20', TERM: 'xterm-256color' } },
  { name: 'no colours', env: { NO_COLOR: '1', COLUMNS: '400', TERM: 'dumb' } },
  { name: 'one thread for files', env: { UV_THREADPOOL_SIZE: '1' } },
  { name: '64 threads for files', env: { UV_THREADPOOL_SIZE: '64' } },
  { name: 'two threads of the search', search: ['--workers', '2'], hasSearches: true },
  { name: 'no optimising compiler', node: ['--no-opt'] },
  ...(existsSync('/usr/bin/script') ? [{ name: 'a terminal', isTerminal: true }] : []),
];

/** The oldest version that the package runs on. */
const OLDEST = [20, 19] as const;

/** Where installers put versions of Node side by side; GitHub's runners have a folder of them. */
function usualPlaces(): readonly string[] {
  const { HOME = '', NVM_DIR, RUNNER_TOOL_CACHE = '/opt/hostedtoolcache' } = process.env;
  const folders = [
    [NVM_DIR ?? join(HOME, '.nvm'), 'versions/node', 'bin/node'],
    [join(HOME, '.local/share/fnm'), 'node-versions', 'installation/bin/node'],
    ['/usr/local/n', 'versions/node', 'bin/node'],
    [join(HOME, '.volta'), 'tools/image/node', 'bin/node'],
    [RUNNER_TOOL_CACHE, 'node', 'x64/bin/node'],
    [RUNNER_TOOL_CACHE, 'node', 'arm64/bin/node'],
  ];
  return folders.flatMap(([root, versions, program]) => {
    const folder = join(root, versions);
    const names = existsSync(folder) ? readdirSync(folder).sort() : [];
    return names.map((name) => join(folder, name, program));
  });
}

/**
 * Every Node that is found and new enough, one of each version: the one that runs the tests first, those of
 * DEEPDISTILL_NODES (paths, separated as in PATH), those on PATH, those in the usual places.
 */
export function findNodes(): readonly { readonly version: string; readonly program: string }[] {
  const named = (process.env['DEEPDISTILL_NODES'] ?? '').split(delimiter);
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  const programs = [process.execPath, ...named, ...onPath, ...usualPlaces()]
    .filter((path) => path !== '' && existsSync(path))
    .map((path) => realpathSync(path));
  const found = new Map<string, string>();
  for (const program of new Set(programs)) {
    const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    const version = stdout.trim();
    const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
    const isNewEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
    if (isNewEnough && !found.has(version)) found.set(version, program);
  }
  return [...found].map(([version, program]) => ({ version, program }));
}
