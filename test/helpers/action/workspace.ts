/**
 * A repository on which the action's own step is run, as a runner does: by bash, with inputs in the
 * environment. In place of the command line there may be a stand-in that answers as it is told and writes
 * down the words that it was given.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { evaluate, readAction } from './read-action.js';

const ROOT = join(import.meta.dirname, '../../..');

/** What the stand-in does for a command. */
export interface Answer {
  readonly code: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The words of every call of the stand-in. */
  readonly calls: readonly (readonly string[])[];
}

export interface Workspace {
  /** The repository. */
  readonly path: string;
  readonly write: (files: Readonly<Record<string, string>>) => void;
  readonly exists: (file: string) => boolean;
  /** Commits all there is; the commit's name. */
  readonly commit: () => string;
  /** Runs the step with these inputs; without answers the built command line works. */
  readonly review: (
    inputs: Readonly<Record<string, string>>,
    answers?: Readonly<Record<string, Answer>>,
  ) => Outcome;
  readonly remove: () => void;
}

/** The stand-in: a program for Node, with its answers beside it. */
const STAND_IN = `
import { appendFileSync, readFileSync } from 'node:fs';
const words = process.argv.slice(2);
appendFileSync(new URL('calls', import.meta.url), JSON.stringify(words) + '\\n');
const answers = JSON.parse(readFileSync(new URL('answers.json', import.meta.url), 'utf8'));
const { code, stdout = '', stderr = '' } = answers[words[0]] ?? { code: 0 };
process.stdout.write(stdout, () => process.stderr.write(stderr, () => process.exit(code)));
`;

export function createWorkspace(): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'deepdistill-action-'));
  const [path, runner] = ['repository', 'runner'].map((name) => join(root, name));
  for (const folder of [path, runner]) mkdirSync(folder);
  const git = (...words: readonly string[]): string => {
    const identity = ['-c', 'user.name=reader', '-c', 'user.email=reader@example.org'];
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...words], {
      cwd: path,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  git('init', '--quiet');
  return {
    path,
    write: (files) => {
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, file)), { recursive: true });
        writeFileSync(join(path, file), text);
      }
    },
    exists: (file) => existsSync(join(path, file)),
    commit: () => {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', 'a change');
      return git('rev-parse', 'HEAD');
    },
    review: (inputs, answers) => review(path, runner, inputs, answers),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function review(
  path: string,
  runner: string,
  inputs: Readonly<Record<string, string>>,
  answers: Readonly<Record<string, Answer>> | undefined,
): Outcome {
  const action = readAction();
  const step = action.runs.steps.find(({ run }) => run?.includes('pull-request') === true);
  if (step?.run === undefined) throw new Error('the action has no step that reviews');
  const defaults = Object.entries(action.inputs).map(([name, input]) => [`inputs.${name}`, input.default ?? '']); // prettier-ignore
  const given = Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value]);
  const values = Object.fromEntries([...defaults, ...given]) as Record<string, string>;
  const env = Object.entries(step.env ?? {}).map(([name, text]) => [name, evaluate(text, values)]);
  const file = (name: string): string => join(runner, name);
  for (const name of ['summary', 'outputs', 'calls']) writeFileSync(file(name), '');
  if (answers !== undefined) {
    writeFileSync(file('stand-in.mjs'), STAND_IN);
    writeFileSync(file('answers.json'), JSON.stringify(answers));
  }
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', step.run], {
    cwd: path,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: runner,
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_OUTPUT: file('outputs'),
      RUNNER_TEMP: runner,
      ...(answers === undefined ? {} : { DEEPDISTILL_CLI: file('stand-in.mjs') }),
      ...(Object.fromEntries(env) as Record<string, string>),
    },
  });
  const calls = readFileSync(file('calls'), 'utf8').trimEnd().split('\n');
  return {
    code: status ?? -1,
    stdout,
    stderr,
    summary: readFileSync(file('summary'), 'utf8'),
    outputs: readOutputs(readFileSync(file('outputs'), 'utf8')),
    calls: calls.filter((line) => line !== '').map((line) => JSON.parse(line) as string[]),
  };
}

/** `name<<end`, lines, `end`, as GitHub reads them. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2\n/gm);
  return Object.fromEntries([...found].map(([, name, , value]) => [name, value]));
}
