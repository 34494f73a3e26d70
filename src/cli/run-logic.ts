/**
 * Runs `deepdistill logic`: reads what is asked, grows and prunes, writes what was found. Loaded when the
 * command is known to be wanted.
 */
import { diagnose, renderDiagnostic } from '../diagnostics/diagnostic.js';
import { checkPoint, explainInput } from '../distil/explain.js';
import { distilLogic } from '../distil/logic.js';
import type { LogicDistilled } from '../distil/logic.js';
import type { LogicSubject } from '../distil/logic-subject.js';
import { tellFidelity } from '../ir/fidelity.js';
import { renderExplanation, renderLogicMarkdown, renderTreePlot } from '../report/index.js';
import { flagOption, textOption, textOptions } from './arguments.js';
import type { Arguments } from './arguments.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { readExplained, readSelection, STDOUT, tellSettings } from './logic-options.js';
import { readLogicSubject } from './logic-subject.js';
import { wholeOption } from './math-options.js';
import { moduleFileName } from './module-files.js';
import { readPicture, reportKind } from './render-report.js';
import { describeRefusal, describeVerdict } from './verdict-text.js';
import { checkWritable, refuseOverwriting, writeFilesWhole } from './write-files.js';
import type { PendingFile } from './write-files.js';

/** Without `--timeout` the students stop within 120 s (contract), writing the module included. */
const DEFAULT_TIMEOUT = 100;

/** The exit code; what was written is told on stderr. @throws Diagnostic for what the user must know. */
export async function runLogic(parsed: Arguments, io: CliIo): Promise<number> {
  const started = io.clock();
  const reports = textOptions(parsed, 'report');
  reports.forEach(reportKind);
  const picture = readPicture(parsed, 'tree');
  const explained = readExplained(parsed);
  const selection = readSelection(parsed);
  const mostConditions = wholeOption(parsed, 'conditions', 1);
  const { subject, files, labelled } = await readLogicSubject(parsed, io);
  if (explained !== undefined) checkPoint(subject, explained);
  const path = textOption(parsed, 'output') ?? moduleFileName(subject.model.name);
  const written = [path, ...reports, picture ?? STDOUT].filter((file) => file !== STDOUT);
  refuseOverwriting(files, written, io.cwd);
  checkWritable(written, io.cwd);
  for (const note of subject.notes) io.stderr.write(`${renderDiagnostic(note, 'note')}\n`);
  const distilled = await distilLogic(withLimit(subject, parsed, io, started), {
    selection,
    isExact: flagOption(parsed, 'exact'),
    ...(mostConditions === undefined ? {} : { mostConditions }),
    showsSupport: flagOption(parsed, 'support'),
    told: tellSettings(parsed, subject),
    settings: `logic student, seed ${subject.problem.settings.seed}`,
    ...(labelled === undefined ? {} : { labelled }),
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

interface Outputs {
  readonly path: string;
  readonly reports: readonly string[];
  readonly picture: string | undefined;
}

function deliver(
  { path, reports, picture }: Outputs,
  { model }: LogicSubject,
  { code, verdict, report, findings }: LogicDistilled,
  io: CliIo,
): number {
  if (findings.data === 'table' && findings.rules.length === 1) {
    const note = diagnose('LOGIC_NOTHING_LEARNED', {}, { target: findings.target });
    io.stderr.write(`${renderDiagnostic(note, 'note')}\n`);
  }
  for (const { conditions, answer } of findings.rules) {
    io.stderr.write(`${conditions === '' ? 'otherwise' : `if ${conditions}`}: ${answer}\n`);
  }
  io.stderr.write(`${path === STDOUT ? model.name : path}: ${describeVerdict(verdict)}\n`);
  if (findings.labels !== undefined) {
    const { rules, network, rows } = findings.labels;
    const [own, other] = [rules, network].map(({ share }) => tellFidelity(share));
    io.stderr.write(`accuracy ${own} of the rules, ${other} of the network, on ${rows} labels\n`);
  }
  if (verdict.status === 'refuted') {
    io.stderr.write(describeRefusal(verdict, findings.data));
    return EXIT.negative;
  }
  const files = reports.map((file): PendingFile => ({
    path: file,
    text:
      reportKind(file) === 'json'
        ? `${JSON.stringify(report, undefined, 2)}\n`
        : renderLogicMarkdown(model.name, findings, report.verdict),
  }));
  if (picture !== undefined) {
    const { tree, answers, data } = findings;
    const counted = data === 'table' ? 'rows' : 'inputs';
    const text = renderTreePlot({ name: model.name, tree, answers, counted });
    files.push({ path: picture, text });
  }
  if (path === STDOUT) io.stdout.write(code);
  else files.push({ path, text: code });
  writeFilesWhole(files, io.cwd);
  return EXIT.done;
}
