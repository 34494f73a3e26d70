/**
 * `deepdistill compile`: model in, verified module out. A refuted module is never written; whatever is
 * written is written as a whole: module, weights sibling and reports together.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Compiled, Level } from '../../compile.js';
import { flagOption, numberOption, textOption, textOptions } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { makeCertificate } from '../certificate-files.js';
import { compileIntoFolder, isFolder } from '../compile-folder.js';
import {
  compileModel, differencesOf, filesOf, tellOutcome, withParseTime,
} from '../compile-one.js'; // prettier-ignore
import { STDOUT } from '../deliver-module.js';
import { EXIT } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { MODEL_OPTIONS } from '../model-options.js';
import { moduleFileName, siblingPath } from '../module-files.js';
import { readModel, readModels } from '../read-model.js';
import { renderReport, reportKind } from '../render-report.js';
import { refuseOverwriting, writeFilesWhole } from '../write-files.js';
import type { PendingFile } from '../write-files.js';
import { obsoleteSiblings, printModule, writeModule } from '../write-module.js';

const LEVELS: readonly Level[] = ['network', 'clusters', 'program'];

export const compileCommand: Command = {
  name: 'compile',
  positionals: '<model..>',
  count: [1, Infinity],
  summary:
    'Compiles a model (.onnx, a manifest .json, or weights .csv files in layer order) into one\n' +
    'readable TypeScript module, and proves that both compute the same.',
  options: {
    output: { kind: 'text', alias: 'o', value: 'FILE', description: 'the module; - is stdout, FOLDER/ takes a module for each model (default: NAME.ts)' }, // prettier-ignore
    report: { kind: 'text', value: 'FILE', repeatable: true, description: 'a report, .json or .md; may be repeated' }, // prettier-ignore
    certificate: { kind: 'text', value: 'FILE', description: 'what was proved, as JSON that verify can check again' }, // prettier-ignore
    check: {
      kind: 'flag',
      description: 'write nothing; exit 1 if a module would change, or is stale',
    },
    tolerance: {
      kind: 'text',
      value: '1e-6',
      description: 'largest error allowed on an output; 0 prints all digits of constants',
    },
    precision: { kind: 'text', value: 'float64', choices: ['float64', 'float32'], description: 'float32 rounds every result, to the last bit as a float32 network does in order' }, // prettier-ignore
    student: { kind: 'text', value: 'auto', choices: ['auto', 'none', 'math', 'logic'], description: 'who explains what has no structure' }, // prettier-ignore
    fidelity: { kind: 'text', value: '0.99', description: 'with auto or logic: a shorter module will do that keeps so much of the answers' }, // prettier-ignore
    seed: { kind: 'text', value: '0', description: 'seed of the students' },
    timeout: { kind: 'text', value: '112', description: 'seconds after which students stop' },
    generic: {
      kind: 'flag',
      description: 'one module for every input size; several models are sizes of one problem',
    },
    timings: { kind: 'flag', description: 'milliseconds per phase, on stderr and in the report' },
    'debug-dump': { kind: 'text', value: 'LEVEL', repeatable: true, choices: LEVELS, description: 'print a level of representation to stderr' }, // prettier-ignore
    debug: { kind: 'flag', description: 'stack traces for errors' },
    ...MODEL_OPTIONS,
  },
  examples: [
    'compile examples/majority/network.json -o majority.ts --report majority.md',
    'compile examples/majority/network.json examples/controller/network.json -o generated/',
    'compile examples/majority/network.json --generic -o -',
    'compile examples/majority/network.json -o majority.ts --certificate majority.certificate.json',
    'compile examples/controller/network.json --fidelity 0.98 -o controller.ts --report controller.md',
    'compile examples/majority/majority_1.csv --domain 0,1 --activation sign --decision threshold -o -',
  ],
  run: runCompile,
};

async function runCompile(parsed: Arguments, io: CliIo): Promise<number> {
  const student = textOption(parsed, 'student') ?? 'auto';
  if (student === 'math' || student === 'logic') return runStudent(parsed, student, io);
  if (textOption(parsed, 'fidelity') !== undefined) return runAuto(parsed, student, io);
  refuseStudentOptions(parsed, 'no --fidelity', 'without --fidelity no student is asked');
  const reports = textOptions(parsed, 'report').map((path) => ({ path, kind: reportKind(path) }));
  const output = textOption(parsed, 'output');
  const check = flagOption(parsed, 'check');
  if (check && output === STDOUT) {
    const hint = 'name the file to compare with';
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--check', second: '-o -', hint });
  }
  const certificatePath = certificateOption(parsed);
  refuseFloat32Options(parsed);
  if (output !== undefined && output !== STDOUT && isFolder(output, io.cwd)) {
    if (certificatePath !== undefined) {
      const hint = 'a certificate is of one module: name the file with -o';
      throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--certificate', second: `-o ${output}`, hint }); // prettier-ignore
    }
    return compileIntoFolder(parsed, output, reports, io);
  }
  const started = io.clock();
  const models = flagOption(parsed, 'generic')
    ? await readModels(parsed, parsed.positionals, io)
    : [await readModel(parsed, parsed.positionals, io)];
  const [model] = models;
  const parseMilliseconds = io.clock() - started;
  const path = output ?? moduleFileName(model.network.name);
  refuseOverwriting(
    models.flatMap(({ files }) => files),
    [
      ...reports.map((report) => report.path),
      ...[certificatePath ?? []].flat(),
      ...(path === STDOUT ? [] : [path]),
    ],
    io.cwd,
  );

  const compiled = withParseTime(
    await compileModel(parsed, models, started, io),
    parseMilliseconds,
  );
  tellOutcome(parsed, compiled, path === STDOUT ? model.network.name : path, io);
  if (compiled.verdict.status === 'refuted') return EXIT.negative;
  const files: PendingFile[] = [];
  if (certificatePath !== undefined) {
    const networks = models.map(({ network }) => network);
    const tolerance = numberOption(parsed, 'tolerance', 0);
    const text = await makeCertificate(networks, compiled, tolerance, io);
    files.push({ path: certificatePath, text });
  }
  if (check) return reportDifferences(compiled, path, files, io);

  for (const report of reports) {
    files.push({ path: report.path, text: await renderReport(compiled.report, report.kind) });
  }
  if (path === STDOUT) {
    writeFilesWhole(files, io.cwd);
    printModule(compiled, io);
  } else {
    writeModule(compiled, path, files, io);
  }
  return EXIT.done;
}

/** The file of `--certificate`. @throws Diagnostic `CLI_OPTION_VALUE` for another ending than .json. */
function certificateOption(parsed: Arguments): string | undefined {
  const value = textOption(parsed, 'certificate');
  if (value === undefined || value.endsWith('.json')) return value;
  throw diagnose('CLI_OPTION_VALUE', {}, { option: 'certificate', value, expected: 'a file that ends in .json' }); // prettier-ignore
}

/** The shortest module of the fidelity that is asked for, exact or not. */
async function runAuto(parsed: Arguments, student: string, io: CliIo): Promise<number> {
  if (student === 'none') {
    const hint = 'leave out one of them: without a student every module is exact';
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--fidelity', second: '--student none', hint }); // prettier-ignore
  }
  refuseExactOptions(
    parsed,
    '--fidelity',
    'what a student finds is not the model to the last digit',
  );
  return (await import('../run-auto.js')).runAuto(parsed, io);
}

function refuseStudentOptions(parsed: Arguments, second: string, hint: string): void {
  for (const name of ['seed', 'timeout']) {
    if (textOption(parsed, name) === undefined) continue;
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: `--${name}`, second, hint });
  }
}

function refuseExactOptions(parsed: Arguments, second: string, reason: string): void {
  for (const name of [
    'certificate',
    'check',
    'generic',
    'timings',
    'tolerance',
    'precision',
    'debug-dump',
  ]) {
    if (textOptions(parsed, name).length === 0 && !flagOption(parsed, name)) continue;
    const hint = `leave out --${name}: ${reason}`;
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: `--${name}`, second, hint });
  }
}

/** A student explains the whole model, as `deepdistill math` or `deepdistill logic` does by default. */
async function runStudent(
  parsed: Arguments,
  student: 'math' | 'logic',
  io: CliIo,
): Promise<number> {
  const reason = 'what a student finds stands for the model, it is not the model';
  refuseExactOptions(parsed, `--student ${student}`, reason);
  if (student === 'math' && textOption(parsed, 'fidelity') !== undefined) {
    const hint = 'a formula is selected by the front: see deepdistill math --help';
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--fidelity', second: '--student math', hint }); // prettier-ignore
  }
  return student === 'math'
    ? (await import('../run-math.js')).runMath(parsed, io)
    : (await import('../run-logic.js')).runLogic(parsed, io);
}

/** Rounded results leave nothing to a tolerance, and are promised at the sizes of the model only. */
function refuseFloat32Options(parsed: Arguments): void {
  if (textOption(parsed, 'precision') !== 'float32') return;
  const second = '--precision float32';
  if (textOption(parsed, 'tolerance') !== undefined) {
    const hint = 'leave out --tolerance: every bit is the same';
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--tolerance', second, hint });
  }
  if (flagOption(parsed, 'generic')) {
    const hint = 'leave out one of them';
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--generic', second, hint });
  }
}

/** `--check`: says which files differ, are missing or should not be there; writes nothing. */
function reportDifferences(
  compiled: Compiled,
  path: string,
  others: readonly PendingFile[],
  io: CliIo,
): number {
  const files = filesOf(path, compiled);
  // The module's own line comes first.
  const differences = [
    ...differencesOf([...files].reverse(), io.cwd),
    ...differencesOf(others, io.cwd),
  ];
  const sibling = siblingPath(path, compiled.code);
  for (const file of obsoleteSiblings(path, sibling, io)) {
    differences.push(`${file}: should not exist`);
  }
  for (const line of differences) io.stderr.write(`${line}\n`);
  return differences.length === 0 ? EXIT.done : EXIT.negative;
}
