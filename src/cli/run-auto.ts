/**
 * Runs `deepdistill compile --fidelity F`: the ways to tell a model are compared, the cheapest to read that is
 * faithful enough is written. Loaded when it is known to be wanted, since it brings both students along.
 */
import { availableParallelism } from 'node:os';
import { tellShortest } from '../distil/auto/index.js';
import type { ShortestTold } from '../distil/auto/index.js';
import { tellFidelity } from '../ir/fidelity.js';
import type { Way } from '../ir/auto.js';
import type { StagedNetwork } from '../ir/network.js';
import { wayWords } from '../report/index.js';
import { textOption, textOptions } from './arguments.js';
import type { Arguments } from './arguments.js';
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

/** The exit code; the ways are told on stderr. @throws Diagnostic for what the user must know. */
export async function runAuto(parsed: Arguments, io: CliIo): Promise<number> {
  const started = io.clock();
  const reports = textOptions(parsed, 'report').map((path) => ({ path, kind: reportKind(path) }));
  const fidelity = readFidelity(parsed) ?? 1;
  const seed = wholeOption(parsed, 'seed', 0) ?? 0;
  const { network, files } = await readModel(parsed, parsed.positionals, io);
  const path = textOption(parsed, 'output') ?? moduleFileName(network.name);
  const written = [path, ...reports.map((report) => report.path)].filter((file) => file !== STDOUT);
  refuseOverwriting(files, written, io.cwd);
  checkWritable(written, io.cwd);
  const told = await tellWithin(network, { fidelity, seed }, parsed, io, started);
  return deliverModule(told, network.name, path, reports, io);
}

/** Within the time that there is; Ctrl-C takes the best of the ways tried so far. */
async function tellWithin(
  network: StagedNetwork,
  wanted: { readonly fidelity: number; readonly seed: number },
  parsed: Arguments,
  io: CliIo,
  started: number,
): Promise<ShortestTold> {
  const limit = 1000 * (wholeOption(parsed, 'timeout', 0) ?? DEFAULT_TIMEOUT);
  const workers = availableParallelism();
  const progress = createProgress(io, started);
  const interrupt = listenForInterrupt(() => {
    progress.end();
    io.stderr.write('stopping; the best so far is kept (Ctrl-C again to leave at once)\n');
  });
  const shouldStop = (): boolean => interrupt.isRequested() || io.clock() - started > limit;
  try {
    return await tellShortest(network, {
      ...wanted,
      shouldStop,
      createTransport: (cell) => threadsFor(cell, workers),
      hooksOf: ({ name }) => ({
        shouldStop,
        onProgress: () => {
          progress.report(`searching a formula for ${name}`, 0, 1);
        },
      }),
      exact: { onProgress: progress.report, shouldStop },
      onWay: (way) => {
        progress.end();
        io.stderr.write(`${describeWay(way)}\n`);
      },
    });
  } finally {
    interrupt.end();
    progress.end();
  }
}

/** `logic for hidden, output: cost 25, 16 lines, fidelity 0.99`. */
function describeWay(way: Way): string {
  const { module, reason = '' } = way;
  if (module === undefined) return `${wayWords(way)}: ${reason}`;
  const { cost, lines, weightsInData, fidelity } = module;
  const inData = weightsInData === 0 ? '' : `, ${weightsInData} numbers in tables`;
  const kept = way.teller === 'exact' ? '' : `, fidelity ${tellFidelity(fidelity)}`;
  return `${wayWords(way)}: cost ${cost}, ${lines} lines${inData}${kept}`;
}
