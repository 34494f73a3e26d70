/** `verify --test`: the counterexample as a test beside the module. */
import { dirname, relative, resolve, sep } from 'node:path';
import { diagnose } from '../diagnostics/diagnostic.js';
import { decide } from '../ir/decision.js';
import type { StagedNetwork } from '../ir/network.js';
import type { Verdict } from '../ir/verdict.js';
import { textOption } from './arguments.js';
import type { Arguments } from './arguments.js';
import type { CliIo } from './io.js';
import { writeFilesWhole } from './write-files.js';

/** The file of `--test`. @throws Diagnostic `CLI_OPTION_VALUE` for another ending than .ts. */
export function testOption(parsed: Arguments): string | undefined {
  const value = textOption(parsed, 'test');
  if (value === undefined || value.endsWith('.ts')) return value;
  throw diagnose('CLI_OPTION_VALUE', {}, { option: 'test', value, expected: 'a file that ends in .ts' }); // prettier-ignore
}

/** Writes the test where there is a counterexample with an input; says on stderr what became of it. */
export async function writeTestCase(
  path: string,
  modulePath: string,
  network: StagedNetwork,
  { counterexample }: Verdict,
  tolerance: number,
  io: CliIo,
): Promise<void> {
  if (counterexample === undefined || counterexample.inputs.length === 0) {
    io.stderr.write(`note: no input was found on which the two part, so ${path} was not written\n`);
    return;
  }
  const { emitTestCase } = await import('../emit/index.js');
  const { labelOf } = await import('../verify/run-module.js');
  const [first] = network.outputs;
  const scores = counterexample.expected.slice(
    0,
    first.shape.reduce((a, b) => a * b, 1),
  );
  const decision = network.decision.kind === 'none' ? {} : { decision: labelOf(network, decide(network.decision, scores)) }; // prettier-ignore
  const text = await emitTestCase(network, counterexample, {
    module: specifier(path, modulePath, io.cwd),
    tolerance,
    ...decision,
  });
  writeFilesWhole([{ path, text }], io.cwd);
  io.stderr.write(`${path}: the counterexample as a test\n`);
}

/** What the test imports the module by: its path from the test, with the ending of the compiled file. */
function specifier(path: string, modulePath: string, cwd: string): string {
  const way = relative(dirname(resolve(cwd, path)), resolve(cwd, modulePath))
    .split(sep)
    .join('/');
  return `${way.startsWith('.') ? '' : './'}${way.replace(/\.ts$/, '.js')}`;
}
