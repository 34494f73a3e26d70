/**
 * `deepdistill evaluate`: runs a module on data. Accuracy is measured on labels, fidelity against the
 * model where one is given; one line per data file.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { sizeOf } from '../../ir/model-interface.js';
import type { StagedNetwork } from '../../ir/network.js';
import type { LoadedModule } from '../../verify/run-module.js';
import { flagOption, textOptions, withoutOption } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { declaredShapes, measureAccuracy, measureFidelity, predictRows, subjectOf } from '../measure.js'; // prettier-ignore
import type { Agreement, Fidelity } from '../measure.js';
import { DESCRIBING_OPTIONS } from '../model-options.js';
import { siblingPath } from '../module-files.js';
import { readInputs, readLabels } from '../read-data.js';
import { readText } from '../read-file.js';
import { readModel } from '../read-model.js';

/** What is printed for one data file; part of the `--json` output. */
interface Measurement {
  readonly data: string;
  readonly rows: number;
  readonly accuracy?: Agreement;
  readonly fidelity?: Fidelity;
}

export const evaluateCommand: Command = {
  name: 'evaluate',
  positionals: '<module.ts>',
  count: [1, 1],
  summary:
    'Runs a module on data, one flattened input per row: accuracy on labels (class names or\n' +
    'indices, one per line) and fidelity to a model.',
  options: {
    data: { kind: 'text', value: 'FILE', repeatable: true, description: 'inputs, .csv; may be repeated' }, // prettier-ignore
    labels: { kind: 'text', value: 'FILE', repeatable: true, description: 'labels, one file for each data file' }, // prettier-ignore
    model: { kind: 'text', value: 'MODEL', repeatable: true, description: 'the model to compare with' }, // prettier-ignore
    json: { kind: 'flag', description: 'the figures as JSON' },
    debug: { kind: 'flag', description: 'stack traces for errors' },
    ...DESCRIBING_OPTIONS,
  },
  examples: [
    'compile examples/majority/network.json -o majority.ts',
    'evaluate majority.ts --data examples/majority/inputs.csv --labels examples/majority/labels.csv',
  ],
  run: runEvaluate,
};

async function runEvaluate(parsed: Arguments, io: CliIo): Promise<number> {
  const dataPaths = textOptions(parsed, 'data');
  const labelPaths = textOptions(parsed, 'labels');
  checkPaths(dataPaths, labelPaths);
  const modelPaths = textOptions(parsed, 'model');
  const whole =
    modelPaths.length === 0
      ? undefined
      : (await readModel(withoutOption(parsed, 'labels'), modelPaths, io)).network;
  const modulePath = parsed.positionals[0];
  const module = await loadModuleAt(modulePath, io);
  const network = whole === undefined ? undefined : subjectOf(module, whole);
  const shapes = network?.inputs.map(({ shape }) => shape) ?? declaredShapes(module.network);
  if (shapes === undefined) {
    const reason =
      'its `network` declares no input shape of fixed size; name the model with --model';
    throw diagnose('MODULE_NOT_LOADED', { file: modulePath }, { reason });
  }
  const labels = network?.outputs[0].labels;
  const subject: Subject = { module, network, shapes, labels };
  const measurements = dataPaths.map((data, index) =>
    measure(subject, data, labelPaths.at(index), io),
  );
  if (flagOption(parsed, 'json')) {
    const result = { schema: 1, module: modulePath, files: measurements };
    io.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  } else {
    for (const measurement of measurements) io.stdout.write(`${describe(measurement)}\n`);
  }
  return EXIT.done;
}

function checkPaths(data: readonly string[], labels: readonly string[]): void {
  if (data.length === 0) {
    const expected = 'at least one file of inputs';
    throw diagnose('CLI_OPTION_VALUE', {}, { option: 'data', value: '', expected });
  }
  if (labels.length !== 0 && labels.length !== data.length) {
    const hint = 'give one labels file for each data file, in the same order';
    const [first, second] = [`${labels.length} × --labels`, `${data.length} × --data`];
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first, second, hint });
  }
}

async function loadModuleAt(path: string, io: CliIo): Promise<LoadedModule> {
  const code = readText(path, io.cwd);
  const sibling = siblingPath(path, code);
  const weights = sibling === undefined ? undefined : readText(sibling, io.cwd);
  const { loadModule } = await import('../../verify/run-module.js');
  try {
    return await loadModule(code, weights);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw diagnose('MODULE_NOT_LOADED', { file: path }, { reason });
  }
}

interface Subject {
  readonly module: LoadedModule;
  readonly network: StagedNetwork | undefined;
  readonly shapes: readonly (readonly number[])[];
  readonly labels: readonly string[] | undefined;
}

function measure(
  { module, network, shapes, labels }: Subject,
  data: string,
  labelPath: string | undefined,
  io: CliIo,
): Measurement {
  const width = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  const shown = shapes.map((shape) => (shape.length === 0 ? '1' : shape.join('x'))).join(' + ');
  const table = readInputs(data, { width, shown }, io.cwd);
  const measurement: Measurement = { data, rows: table.rows };
  const accuracy =
    labelPath === undefined
      ? {}
      : {
          accuracy: measureAccuracy(
            predictRows(module, table, data, shapes),
            readLabels(labelPath, { path: data, rows: table.rows }, labels, io.cwd),
            labelPath,
          ),
        };
  const fidelity =
    network === undefined ? {} : { fidelity: measureFidelity(module, network, table, data) };
  return { ...measurement, ...accuracy, ...fidelity };
}

function describe({ data, rows, accuracy, fidelity }: Measurement): string {
  const parts = [rows === 1 ? '1 input' : `${rows} inputs`];
  if (accuracy !== undefined) parts.push(`accuracy ${describeAgreement(accuracy)}`);
  if (fidelity !== undefined) {
    const { explained, maxError } = fidelity;
    const share = explained === undefined ? '' : `, R² ${explained.toFixed(6)}`;
    parts.push(`fidelity ${describeAgreement(fidelity)}${share}, maxError ${maxError}`);
  }
  return `${data}: ${parts.join(', ')}`;
}

function describeAgreement({ equal, of, share }: Agreement): string {
  return `${share.toFixed(4)} (${equal} of ${of})`;
}
