/**
 * Runs `deepdistill logic`: reads what is asked, grows and prunes, writes what was found. Loaded when the
 * command is known to be wanted.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import { explainInput } from '../distil/explain.js';
import { distilLogic } from '../distil/logic.js';
import type { TreeSelection } from '../distil/logic-choose.js';
import type { LogicDistilled } from '../distil/logic.js';
import { logicSubjectOf } from '../distil/logic-subject.js';
import type { LogicSubject } from '../distil/logic-subject.js';
import type { LogicFindings } from '../ir/student.js';
import { renderExplanation, renderLogicMarkdown, renderTreePlot } from '../report/index.js';
import { DEFAULT_LOGIC_SETTINGS } from '../students/logic/problem.js';
import type { LogicSettings } from '../students/logic/problem.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { featureNames } from '../students/feature-names.js';
import { flagOption, listOption, numberOption, textOption, textOptions } from './arguments.js';
import type { Arguments } from './arguments.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { wholeOption } from './math-options.js';
import { readAsking } from './math-subject.js';
import { readTarget } from './math-target.js';
import { moduleFileName } from './module-files.js';
import { readModel } from './read-model.js';
import { reportKind } from './render-report.js';
import { describeCounterexample, describeVerdict } from './verdict-text.js';
import { checkWritable, refuseOverwriting, writeFilesWhole } from './write-files.js';
import type { PendingFile } from './write-files.js';

const STDOUT = '-';

/** Questions asked before a tree grows; a node asks for more. */
const DEFAULT_PROBES = 20_000;

/** All over the domain alike, so that what the rows say is true of it; nodes ask at borders. */
const DEFAULT_PROBING = 'uniform';

/** Without `--timeout` the students stop within 120 s (contract), writing the module included. */
const DEFAULT_TIMEOUT = 100;

/** The exit code; what was written is told on stderr. @throws Diagnostic for what the user must know. */
export async function runLogic(parsed: Arguments, io: CliIo): Promise<number> {
  const started = io.clock();
  const reports = textOptions(parsed, 'report');
  reports.forEach(reportKind);
  const picture = readPicture(parsed);
  const explained = readExplained(parsed);
  const selection = readSelection(parsed);
  const { network, files } = await readModel(parsed, parsed.positionals, io);
  const target = textOption(parsed, 'target');
  const settings = readSettings(parsed, featureNames(network));
  const { asking, data } = readAsking(parsed, network, io);
  const subject = logicSubjectOf(
    network,
    target === undefined ? undefined : readTarget(target, network),
    settings,
    { rows: DEFAULT_PROBES, strategy: DEFAULT_PROBING, ...asking },
  );
  const path = textOption(parsed, 'output') ?? moduleFileName(subject.model.name);
  const written = [path, ...reports, picture ?? STDOUT].filter((file) => file !== STDOUT);
  refuseOverwriting(data === undefined ? files : [...files, data], written, io.cwd);
  checkWritable(written, io.cwd);
  const distilled = await distilLogic(withLimit(subject, parsed, io, started), {
    selection,
    isExact: flagOption(parsed, 'exact'),
    showsSupport: flagOption(parsed, 'support'),
    told: tellSettings(parsed, settings),
    settings: `logic student, seed ${settings.seed}`,
  });
  const code = deliver({ path, reports, picture }, subject, distilled, io);
  if (explained !== undefined && code === EXIT.done) {
    io.stdout.write(renderExplanation(explainInput(subject, distilled.tree, explained)));
  }
  return code;
}

/** The subject whose network is asked no more once the time is up. */
function withLimit(
  subject: LogicSubject,
  parsed: Arguments,
  io: CliIo,
  started: number,
): LogicSubject {
  const limit = 1000 * (wholeOption(parsed, 'timeout', 0) ?? DEFAULT_TIMEOUT);
  const shouldStop = (): boolean => io.clock() - started > limit;
  return { ...subject, problem: { ...subject.problem, shouldStop } };
}

/** The numbers of `--explain`. @throws Diagnostic `CLI_OPTION_VALUE`, `CLI_OPTIONS_CONFLICT`. */
function readExplained(parsed: Arguments): readonly number[] | undefined {
  const words = listOption(parsed, 'explain');
  if (words === undefined) return undefined;
  if (textOption(parsed, 'output') === STDOUT) {
    const hint = 'the explanation goes to stdout: name a file for the module';
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--explain', second: '-o -', hint });
  }
  const numbers = words.map((word) => (word === '' ? NaN : Number(word)));
  if (numbers.every(Number.isFinite)) return numbers;
  const expected = 'numbers separated by commas, one for each feature';
  throw diagnose('CLI_OPTION_VALUE', {}, { option: 'explain', value: words.join(','), expected });
}

function readSelection(parsed: Arguments): TreeSelection {
  for (const name of ['fidelity', 'leaves', 'depth', 'min-support']) {
    if (!flagOption(parsed, 'exact') || textOption(parsed, name) === undefined) continue;
    const hint = 'exact rules are as long as they have to be';
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--exact', second: `--${name}`, hint });
  }
  const least = numberOption(parsed, 'fidelity', 0);
  if (least !== undefined && least > 1) {
    const expected = 'a share between 0 and 1, such as 0.99';
    throw diagnose('CLI_OPTION_VALUE', {}, { option: 'fidelity', value: String(least), expected });
  }
  const most = wholeOption(parsed, 'leaves', 1);
  if (least !== undefined) return { kind: 'fidelity', least };
  return most === undefined ? { kind: 'best' } : { kind: 'leaves', most };
}

/** @throws Diagnostic `CLI_OPTION_VALUE`, `STUDENT_UNKNOWN_FEATURE`. */
function readSettings(parsed: Arguments, names: readonly string[]): LogicSettings {
  const maxDepth = wholeOption(parsed, 'depth', 1);
  const maxLeaves = wholeOption(parsed, 'leaves', 1);
  const minSupport = wholeOption(parsed, 'min-support', 1);
  const minProbes = wholeOption(parsed, 'node-probes', 0);
  const splits = textOption(parsed, 'splits') as LogicSettings['splits'] | undefined;
  const chosen = listOption(parsed, 'features') ?? names;
  return {
    ...DEFAULT_LOGIC_SETTINGS,
    ...(maxDepth === undefined ? {} : { maxDepth }),
    ...(maxLeaves === undefined ? {} : { maxLeaves }),
    ...(minSupport === undefined ? {} : { minSupport }),
    ...(minProbes === undefined ? {} : { minProbes }),
    ...(splits === undefined ? {} : { splits }),
    monotone: readMonotone(listOption(parsed, 'monotone') ?? [], chosen),
    seed: wholeOption(parsed, 'seed', 0) ?? DEFAULT_LOGIC_SETTINGS.seed,
  };
}

function readMonotone(
  words: readonly string[],
  names: readonly string[],
): LogicSettings['monotone'] {
  return Object.fromEntries(
    words.map((text): [number, 1 | -1] => {
      const falls = text.startsWith('-') && !names.includes(text);
      const word = falls ? text.slice(1) : text;
      const feature = names.indexOf(word);
      if (feature >= 0) return [feature, falls ? -1 : 1];
      const values = { word, nearest: nearestWord(word, names), known: names };
      throw diagnose('STUDENT_UNKNOWN_FEATURE', {}, values);
    }),
  );
}

const TOLD_IF_GIVEN = [
  'probes', 'probing', 'range', 'node-probes', 'min-support', 'splits', 'monotone',
]; // prettier-ignore

function tellSettings(parsed: Arguments, settings: LogicSettings): LogicFindings['settings'] {
  return {
    seed: settings.seed,
    leaves: settings.maxLeaves,
    depth: settings.maxDepth,
    ...Object.fromEntries(
      TOLD_IF_GIVEN.flatMap((name) => {
        const given = textOptions(parsed, name);
        return given.length === 0 ? [] : [[name, given.join(', ')]];
      }),
    ),
  };
}

interface Outputs {
  readonly path: string;
  readonly reports: readonly string[];
  readonly picture: string | undefined;
}

function readPicture(parsed: Arguments): string | undefined {
  const picture = textOption(parsed, 'tree');
  if (picture === undefined || picture.endsWith('.svg')) return picture;
  const expected = 'a file that ends in .svg';
  throw diagnose('CLI_OPTION_VALUE', {}, { option: 'tree', value: picture, expected });
}

function deliver(
  { path, reports, picture }: Outputs,
  { model }: LogicSubject,
  { code, verdict, report, findings }: LogicDistilled,
  io: CliIo,
): number {
  for (const { conditions, answer } of findings.rules) {
    io.stderr.write(`${conditions === '' ? 'otherwise' : `if ${conditions}`}: ${answer}\n`);
  }
  io.stderr.write(`${path === STDOUT ? model.name : path}: ${describeVerdict(verdict)}\n`);
  if (verdict.status === 'refuted') {
    if (verdict.counterexample !== undefined) {
      io.stderr.write(describeCounterexample(verdict.counterexample));
    }
    io.stderr.write('nothing was written\n');
    return EXIT.negative;
  }
  const files = reports.map((file): PendingFile => ({
    path: file,
    text:
      reportKind(file) === 'json'
        ? `${JSON.stringify(report, undefined, 2)}\n`
        : renderLogicMarkdown(model.name, findings),
  }));
  if (picture !== undefined) {
    const { tree, answers } = findings;
    files.push({ path: picture, text: renderTreePlot({ name: model.name, tree, answers }) });
  }
  if (path === STDOUT) io.stdout.write(code);
  else files.push({ path, text: code });
  writeFilesWhole(files, io.cwd);
  return EXIT.done;
}
