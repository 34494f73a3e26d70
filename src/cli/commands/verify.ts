/**
 * `deepdistill verify`: does a module compute what a model computes, or answer the rows of a table as well as
 * it says? The verdict is the result.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { ModelInterface } from '../../ir/model-interface.js';
import type { Verdict } from '../../ir/verdict.js';
import type { CheckedCertificate } from '../../verify/check-certificate.js';
import type { VerifyOptions } from '../../verify/index.js';
import { flagOption, numberOption, refuse, textOption } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { readCertificate } from '../certificate-files.js';
import { EXIT, exitCodeOf } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { MODEL_OPTIONS } from '../model-options.js';
import { siblingPath } from '../module-files.js';
import { createProgress } from '../progress.js';
import { readText } from '../read-file.js';
import { readModel } from '../read-model.js';
import { testOption, writeTestCase } from '../test-case-file.js';
import { refuseOverwriting } from '../write-files.js';
import { describeCounterexample, describeParts, describeVerdict } from '../verdict-text.js';

const MODULE_ENDING = '.ts';

/** Of the test of a counterexample, where no other is given (contract). */
const DEFAULT_TOLERANCE = 1e-6;

/** Options that mean nothing for the other kind of module. */
const OF_MODELS = [...Object.keys(MODEL_OPTIONS).filter((name) => name !== 'name'), 'tolerance', 'timeout', 'certificate', 'test']; // prettier-ignore
const OF_TABLES = ['target', 'features'];

export const verifyCommand: Command = {
  name: 'verify',
  positionals: '[model..] <module.ts>',
  count: [1, Infinity],
  summary:
    "Proves from a module's text that it computes what the model computes, or finds an input\n" +
    'for which it does not. A module that was fitted to a table is measured again on its rows.\n' +
    'Exits with 0, 1 (refuted) or 4 (undecided).',
  options: {
    json: { kind: 'flag', description: 'the verdict as JSON' },
    timeout: { kind: 'text', value: 'SECONDS', description: 'give up (undecided) after that time' },
    tolerance: { kind: 'text', value: '1e-6', description: 'largest error allowed on an output' },
    certificate: { kind: 'text', value: 'FILE', description: 'a certificate of the module, of which everything is worked out again' }, // prettier-ignore
    test: { kind: 'text', value: 'FILE.ts', description: 'where the module is refuted, the counterexample as a test (node:test)' }, // prettier-ignore
    data: { kind: 'text', value: 'FILE.csv', description: 'in place of a model, the table that the module was fitted to' }, // prettier-ignore
    target: { kind: 'text', value: 'NAME', description: 'the column of the table that it gives' },
    features: { kind: 'text', value: 'A,B', description: 'the columns that it reads (default: all others)' }, // prettier-ignore
    debug: { kind: 'flag', description: 'stack traces for errors' },
    ...MODEL_OPTIONS,
  },
  examples: [
    'compile examples/majority/network.json -o majority.ts --certificate majority.certificate.json',
    'verify examples/majority/network.json majority.ts --certificate majority.certificate.json',
    'verify examples/majority/network.json majority.ts',
    'logic --data examples/species/moths.csv --target species -o moths.ts',
    'verify --data examples/species/moths.csv --target species moths.ts',
  ],
  run: runVerify,
};

async function runVerify(parsed: Arguments, io: CliIo): Promise<number> {
  const seconds = numberOption(parsed, 'timeout', 0);
  const tolerance = numberOption(parsed, 'tolerance', 0);
  const modulePath = parsed.positionals[parsed.positionals.length - 1];
  if (!modulePath.endsWith(MODULE_ENDING)) {
    const { positionals } = parsed;
    throw diagnose('CLI_MODULE_EXPECTED', {}, { found: positionals[positionals.length - 1] });
  }
  const models = parsed.positionals.slice(0, -1);
  if (textOption(parsed, 'data') !== undefined) {
    refuse(parsed, '--data', OF_MODELS, 'the option describes a model, or how it is compared');
    if (models.length > 0) {
      const hint = 'a module is fitted to a table, or made from a model';
      throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--data', second: 'a model', hint });
    }
    const { verifyOnTable } = await import('../verify-table.js');
    return tell(parsed, modulePath, await verifyOnTable(parsed, modulePath, io), io);
  }
  if (models.length === 0) {
    const { name: command, positionals } = verifyCommand;
    throw diagnose('CLI_ARGUMENT_COUNT', {}, { command, positionals, actual: 1 });
  }
  refuse(parsed, 'a model', OF_TABLES, 'the option names columns of a table');
  const certificate = textOption(parsed, 'certificate');
  const test = testOption(parsed);
  if (certificate !== undefined && tolerance !== undefined) {
    const hint = 'leave out --tolerance: the certificate has its own';
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--certificate', second: '--tolerance', hint }); // prettier-ignore
  }
  const { network, files } = await readModel(parsed, models, io);
  if (test !== undefined) refuseOverwriting([...files, modulePath], [test], io.cwd);
  const code = readText(modulePath, io.cwd);
  const sibling = siblingPath(modulePath, code);
  const weights = sibling === undefined ? undefined : readText(sibling, io.cwd);

  const { checkCertificate, verify } = await import('../../verify/index.js');
  const progress = createProgress(io);
  const deadline = seconds === undefined ? Infinity : io.clock() + 1000 * seconds;
  const options: VerifyOptions = {
    explain: true,
    ...(weights === undefined ? {} : { weights }),
    ...(seconds === undefined ? {} : { shouldStop: () => io.clock() >= deadline }),
    onProgress: (done, total) => progress.report('verify', done, total),
  };
  try {
    if (certificate !== undefined) {
      const place = { file: certificate };
      const value = readCertificate(certificate, io);
      const checked = await checkCertificate(value, network, code, options, place);
      progress.end();
      return tellCertificate(parsed, modulePath, checked, io);
    }
    const judged = tolerance === undefined ? options : { ...options, tolerance };
    const verdict = await verify(network, code, judged);
    progress.end();
    if (test !== undefined) {
      await writeTestCase(test, modulePath, network, verdict, tolerance ?? DEFAULT_TOLERANCE, io);
    }
    return tell(parsed, modulePath, verdict, io, network);
  } finally {
    progress.end();
  }
}

/** Prints what of a certificate holds; 1 where anything does not, 4 where there was no time to find out. */
function tellCertificate(
  parsed: Arguments,
  modulePath: string,
  { problems, verdict }: CheckedCertificate,
  io: CliIo,
): number {
  const holds = problems.length === 0;
  if (flagOption(parsed, 'json')) {
    const certificate = { holds, problems };
    io.stdout.write(`${JSON.stringify({ schema: 1, ...verdict, certificate }, undefined, 2)}\n`);
  } else {
    if (verdict !== undefined) tell(parsed, modulePath, verdict, io);
    const words = holds ? 'holds, everything in it was worked out again' : 'does not hold';
    io.stdout.write(`certificate: ${words}\n`);
    for (const problem of problems) io.stdout.write(`  ${problem}\n`);
  }
  if (verdict?.status === 'unknown') return EXIT.undecided;
  return holds ? EXIT.done : EXIT.negative;
}

/** Prints the verdict; the exit code. */
function tell(
  parsed: Arguments,
  modulePath: string,
  verdict: Verdict,
  io: CliIo,
  model?: ModelInterface,
): number {
  const source = textOption(parsed, 'data') === undefined ? 'network' : 'table';
  if (flagOption(parsed, 'json')) {
    io.stdout.write(`${JSON.stringify({ schema: 1, ...verdict }, undefined, 2)}\n`);
  } else {
    io.stdout.write(`${modulePath}: ${describeVerdict(verdict)}\n`);
    for (const part of describeParts(verdict)) io.stdout.write(`  ${part}\n`);
    if (verdict.counterexample !== undefined) {
      io.stdout.write(describeCounterexample(verdict.counterexample, source, model));
    }
  }
  return exitCodeOf(verdict.status);
}
