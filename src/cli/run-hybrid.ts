/**
 * Runs `deepdistill hybrid`: blocks of a network become equations, the module of both is written. Loaded when
 * the command is known to be wanted, since it brings the student along.
 */
import { availableParallelism } from 'node:os';
import { diagnose } from '../diagnostics/diagnostic.js';
import { tellByBlocks } from '../distil/blocks/index.js';
import type { HybridOptions, HybridTold } from '../distil/blocks/index.js';
import { tellFidelity } from '../ir/fidelity.js';
import type { BlockFindings } from '../ir/hybrid.js';
import type { StagedNetwork } from '../ir/network.js';
import { listOption, refuse, textOption, textOptions } from './arguments.js';
import type { Arguments } from './arguments.js';
import { SCHEDULES } from './commands/hybrid.js';
import { deliverModule, STDOUT } from './deliver-module.js';
import { listenForInterrupt } from './interrupt.js';
import type { CliIo } from './io.js';
import { readFidelity } from './logic-options.js';
import { wholeOption } from './math-options.js';
import { moduleFileName } from './module-files.js';
import { createProgress } from './progress.js';
import { readModel } from './read-model.js';
import { reportKind } from './render-report.js';
import { DEFAULT_TIMEOUT, threadsFor } from './run-searches.js';
import { checkWritable, refuseOverwriting } from './write-files.js';

const DEFAULT_FIDELITY = 0.99;

/** What is kept of a block that is pruned, where nobody says. */
const DEFAULT_KEPT = 1;

type Wanted = Pick<HybridOptions, 'fidelity' | 'seed' | 'blocks' | 'exact' | 'complexities' | 'selection' | 'prune' | 'maxEvaluations' | 'workers'>; // prettier-ignore

/** The exit code; the blocks are told on stderr. @throws Diagnostic for what the user must know. */
export async function runHybrid(parsed: Arguments, io: CliIo): Promise<number> {
  const started = io.clock();
  const reports = textOptions(parsed, 'report').map((path) => ({ path, kind: reportKind(path) }));
  const wanted = readWanted(parsed);
  const timeout = wholeOption(parsed, 'timeout', 0);
  const { network, files } = await readModel(parsed, parsed.positionals, io);
  const path = textOption(parsed, 'output') ?? moduleFileName(network.name);
  const written = [path, ...reports.map((report) => report.path)].filter((file) => file !== STDOUT);
  refuseOverwriting(files, written, io.cwd);
  checkWritable(written, io.cwd);
  const told = await tellWithin(network, wanted, timeout, io, started);
  const { report } = told;
  for (const { equations, isReplaced } of report.hybrid?.blocks ?? []) {
    if (!isReplaced) continue;
    for (const { cell, front, selected } of equations) {
      io.stderr.write(`${cell} = ${front[selected].expression}\n`);
    }
  }
  return deliverModule(told, network.name, path, reports, io);
}

/** @throws Diagnostic `CLI_OPTION_VALUE`, `CLI_OPTIONS_CONFLICT`. */
function readWanted(parsed: Arguments): Wanted {
  const blocks = listOption(parsed, 'blocks');
  const exact = listOption(parsed, 'exact');
  const maxEvaluations = wholeOption(parsed, 'max-evaluations', 1);
  const select = textOption(parsed, 'select');
  const schedule = SCHEDULES.find((one) => one === textOption(parsed, 'prune'));
  if (schedule === undefined) {
    refuse(parsed, 'no --prune', ['keep-cells'], 'name a schedule with --prune, such as linear');
  }
  const keep = wholeOption(parsed, 'keep-cells', 1) ?? DEFAULT_KEPT;
  return {
    fidelity: readFidelity(parsed) ?? DEFAULT_FIDELITY,
    seed: wholeOption(parsed, 'seed', 0) ?? 0,
    ...(blocks === undefined ? {} : { blocks }),
    ...(exact === undefined ? {} : { exact }),
    complexities: new Map(textOptions(parsed, 'complexity').map(readComplexity)),
    ...(select === undefined ? {} : { selection: readSelection(select) }),
    ...(schedule === undefined ? {} : { prune: { schedule, keep } }),
    ...(maxEvaluations === undefined ? {} : { maxEvaluations }),
    workers: wholeOption(parsed, 'workers', 1) ?? availableParallelism(),
  };
}

function readComplexity(text: string): readonly [string, number] {
  const found = /^(.+)=([1-9]\d{0,5})$/.exec(text);
  if (found !== null) return [found[1].trim(), Number(found[2])];
  const expected = 'BLOCK=COMPLEXITY, such as hidden+distance=7';
  throw diagnose('CLI_OPTION_VALUE', {}, { option: 'complexity', value: text, expected });
}

/** A complexity is said for each block, with `--complexity`. */
function readSelection(text: string): NonNullable<HybridOptions['selection']> {
  if (text === 'best' || text === 'accuracy' || text === 'simplest') return text;
  const expected = 'best, accuracy or simplest; a complexity is given with --complexity BLOCK=7';
  throw diagnose('CLI_OPTION_VALUE', {}, { option: 'select', value: text, expected });
}

/** Within the time that there is; Ctrl-C keeps the best of the searches so far. */
async function tellWithin(
  network: StagedNetwork,
  wanted: Wanted,
  timeout: number | undefined,
  io: CliIo,
  started: number,
): Promise<HybridTold> {
  const limit = 1000 * (timeout ?? DEFAULT_TIMEOUT);
  const progress = createProgress(io, started);
  const interrupt = listenForInterrupt(() => {
    progress.end();
    io.stderr.write('stopping; the best so far is kept (Ctrl-C again to leave at once)\n');
  });
  try {
    return await tellByBlocks(network, {
      ...wanted,
      createTransport: threadsFor,
      hooksOf: ({ name }) => ({
        onProgress: () => {
          progress.report(`searching a formula for ${name}`, 0, 1);
        },
      }),
      shouldStop: (share) => interrupt.isRequested() || io.clock() - started > share * limit,
      onProgress: progress.report,
      onBlock: (block) => {
        progress.end();
        io.stderr.write(`${describeBlock(block)}\n`);
      },
    });
  } finally {
    interrupt.end();
    progress.end();
  }
}

/** `hidden+distance: cost 25, 16 lines, fidelity 0.99 with this block alone told by equations`. */
function describeBlock({ name, alone, reason = '' }: BlockFindings): string {
  if (alone === undefined) return `${name}: ${reason}`;
  const { cost, lines, weightsInData, fidelity } = alone;
  const inData = weightsInData === 0 ? '' : `, ${weightsInData} numbers in tables`;
  return `${name} by equations: cost ${cost}, ${lines} lines${inData}, fidelity ${tellFidelity(fidelity)}`;
}
