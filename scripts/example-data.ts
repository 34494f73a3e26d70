/**
 * The example networks as scripts need them: what makes each one's weights where they are missing, and
 * which modules are written from them into output/, by the compiler or by a student.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLISHED_BITS, writeAdder } from '../examples/adder/build.js';
import { PUBLISHED_DIGITS, writeArgmax } from '../examples/argmax/build.js';
import { RULES, ruleName, writeAutomata } from '../examples/cellular-automata/build.js';
import { PUBLISHED_SIDE, writeLife } from '../examples/life/build.js';
import { PUBLISHED_CLAUSES, PUBLISHED_LITERALS, writeMaxsat } from '../examples/maxsat/build.js';
import { PUBLISHED_SIZE } from '../examples/orientation/images.js';
import { writeOrientation } from '../examples/orientation/train.js';
import { writeController } from '../examples/controller/train.js';
import { writeBraking } from '../examples/hybrid/train.js';
import { kineticEnergy } from '../examples/kinetic-energy/train.js';
import { physics } from '../examples/physics/train.js';
import { RULES as WETZEL_RULES } from '../examples/wetzel/rules.js';
import { writeRule } from '../examples/wetzel/train.js';
import { harderLoan, loan } from '../examples/loan/train.js';
import { risk } from '../examples/risk/train.js';
import { writeSpecies } from '../examples/species/make.js';
import { trainExample } from '../examples/common/train-example.js';
import type { StoredFunction } from '../examples/common/train-example.js';

const ROOT = join(import.meta.dirname, '..');

/** The seed of the committed output. */
const SEED = 1;

/** One committed module. */
export interface ExampleModel {
  /** The model or, with `column`, the table, relative to the project's folder. */
  readonly manifest: string;
  /** The column of a table that the Logic student finds rules for. */
  readonly column?: string;
  /** The module's path below output/, without `.ts`. */
  readonly output: string;
  /** Whether reports are committed beside the module. */
  readonly reports: boolean;
  /** Whether the module is for every size. */
  readonly generic?: boolean;
  /** The Math student's options, where it writes the module; else the compiler does. */
  readonly student?: StudentOptions;
  /** Whether the Logic student writes the module. */
  readonly isLogic?: boolean;
  /** Whether blocks of the model are told by equations, and the rest exactly. */
  readonly isHybrid?: boolean;
  /** Whether the decision is told by formulas from its gradients, and the second model that tells how far they go. */
  readonly boundary?: { readonly second?: string };
  /** The fidelity at which the shortest module will do, where it need not be exact. */
  readonly fidelity?: number;
}

/** How a formula is searched; the search ends by counts, so that it finds the same on every machine. */
export interface StudentOptions {
  readonly maxEvaluations: number;
  /** Significant digits of constants; absent: all. */
  readonly digits?: number;
  /** Whether the front and the residuals are drawn. */
  readonly isDrawn?: boolean;
}

/** Seconds that no machine needs for the students' examples: their time limit must not end a search. */
const NO_LIMIT = 3600;

export interface ExampleData {
  readonly name: string;
  /** Weights in layer order, relative to the project's folder; the last is written last. */
  readonly files: readonly string[];
  readonly make: () => Promise<unknown>;
  /** The example's own model first. */
  readonly models: readonly ExampleModel[];
}

export const EXAMPLE_DATA: readonly ExampleData[] = [
  {
    name: 'orientation',
    files: weightFiles('orientation', 3),
    make: () => writeOrientation(PUBLISHED_SIZE),
    models: [ownModel('orientation'), genericModel('orientation')],
  },
  {
    name: 'maxsat',
    files: weightFiles('maxsat', 3),
    make: () => writeMaxsat(PUBLISHED_LITERALS, PUBLISHED_CLAUSES, SEED),
    models: [ownModel('maxsat'), genericModel('maxsat')],
  },
  {
    name: 'cellular-automata',
    files: weightFiles('cellular-automata', 2),
    make: () => writeAutomata(SEED),
    models: [
      ownModel('cellular-automata'),
      ...RULES.map((rule) => ({
        manifest: `examples/cellular-automata/data/${ruleName(rule)}/network.json`,
        output: `cellular-automata/${ruleName(rule)}`,
        reports: false,
      })),
    ],
  },
  {
    name: 'life',
    files: weightFiles('life', 2),
    make: () => writeLife(PUBLISHED_SIDE, PUBLISHED_SIDE, SEED),
    models: [ownModel('life')],
  },
  {
    name: 'argmax',
    files: weightFiles('argmax', 2),
    make: () => writeArgmax(PUBLISHED_DIGITS, SEED),
    models: [ownModel('argmax')],
  },
  {
    name: 'adder',
    files: weightFiles('adder', 2),
    make: () => writeAdder(PUBLISHED_BITS, SEED),
    models: [ownModel('adder')],
  },
  studentExample(kineticEnergy(SEED), { maxEvaluations: 200_000 }),
  studentExample(physics(SEED), { maxEvaluations: 200_000, digits: 4, isDrawn: true }),
  studentExample(risk(SEED), { maxEvaluations: 530_000 }),
  {
    name: 'loan',
    files: ['loan', 'harder'].map((name) => `examples/loan/${name}.safetensors`),
    make: async () => {
      for (const learned of [loan(SEED), harderLoan(SEED)]) await trainExample(learned);
    },
    models: [
      { ...ownModel('loan'), isLogic: true },
      {
        manifest: 'examples/loan/harder.json',
        output: 'loan.harder',
        reports: true,
        isLogic: true,
      },
    ],
  },
  {
    name: 'controller',
    files: ['examples/controller/controller.safetensors'],
    make: () => writeController(SEED),
    models: [
      { ...ownModel('controller'), fidelity: 0.99 },
      { ...ownModel('controller'), output: 'controller.exact', reports: false },
    ],
  },
  {
    name: 'hybrid',
    files: ['examples/hybrid/braking.safetensors'],
    make: () => writeBraking(SEED),
    models: [
      { ...ownModel('hybrid'), isHybrid: true },
      { ...ownModel('hybrid'), output: 'hybrid.exact', reports: false },
    ],
  },
  {
    name: 'wetzel',
    files: WETZEL_RULES.flatMap(({ name }) =>
      ['', '.second'].map((suffix) => `examples/wetzel/${name}${suffix}.safetensors`),
    ),
    make: async () => {
      for (const rule of WETZEL_RULES) await writeRule(rule, SEED);
    },
    models: WETZEL_RULES.map((rule) => ({
      manifest: `examples/wetzel/${rule.name}.json`,
      output: `wetzel/${rule.name}`,
      reports: true,
      // Where no row lies between the classes, two networks have nothing in common there.
      boundary:
        rule.speaks === undefined ? { second: `examples/wetzel/${rule.name}.second.json` } : {},
    })),
  },
  {
    name: 'species',
    files: ['examples/species/moths.csv'],
    make: () => writeSpecies(SEED),
    models: [
      {
        manifest: 'examples/species/moths.csv',
        column: 'species',
        output: 'species',
        reports: true,
        isLogic: true,
      },
    ],
  },
];

function weightFiles(name: string, layers: number): string[] {
  return Array.from({ length: layers }, (_, layer) => {
    return `examples/${name}/data/${name}_${layer + 1}.csv`;
  });
}

/** A trained network, which is committed, and the formula that the Math student finds for it. */
function studentExample(learned: StoredFunction, student: StudentOptions): ExampleData {
  const { name } = learned;
  return {
    name,
    files: [`examples/${name}/${name}.safetensors`],
    make: () => trainExample(learned),
    models: [{ ...ownModel(name), student }],
  };
}

function ownModel(name: string): ExampleModel {
  return { manifest: `examples/${name}/network.json`, output: name, reports: true };
}

/** The module for every size, compiled from the example's own. */
function genericModel(name: string): ExampleModel {
  return { ...ownModel(name), output: `${name}.generic`, generic: true };
}

/** Makes the weights of every example that has none. */
export async function makeMissingData(): Promise<void> {
  for (const { name, files, make } of EXAMPLE_DATA) {
    if (existsSync(join(ROOT, files[files.length - 1]))) continue;
    console.log(`making the network of ${name}`);
    await make();
  }
}

/** The words of the command line that write a model's module and its reports into a folder. */
export function commandWords(model: ExampleModel, folder: string): readonly string[] {
  const { output, generic, reports, student, isHybrid, boundary, fidelity, isLogic } = model;
  const module = join(folder, output);
  return [
    commandOf(model),
    ...subjectWords(model),
    ...(generic === true ? ['--generic'] : []),
    ...(student === undefined ? [] : studentWords(student, module)),
    ...(fidelity === undefined
      ? []
      : ['--fidelity', String(fidelity), '--timeout', String(NO_LIMIT)]),
    ...(isHybrid === true ? ['--timeout', String(NO_LIMIT)] : []),
    ...(boundary === undefined ? [] : boundaryWords(boundary)),
    ...(isLogic === true ? ['--tree', `${module}.tree.svg`] : []),
    '-o',
    `${module}.ts`,
    ...(reports ? ['md', 'json'].flatMap((kind) => ['--report', `${module}.report.${kind}`]) : []),
  ];
}

function boundaryWords({ second }: NonNullable<ExampleModel['boundary']>): readonly string[] {
  return ['--timeout', String(NO_LIMIT), ...(second === undefined ? [] : ['--second', second])];
}

function commandOf({ isLogic, isHybrid, boundary, student }: ExampleModel): string {
  if (boundary !== undefined) return 'boundary';
  if (isLogic === true) return 'logic';
  if (isHybrid === true) return 'hybrid';
  return student === undefined ? 'compile' : 'math';
}

/** What a module is made from; `verify` takes the same words, less the time limit. */
export function sourceWords({ manifest, column }: ExampleModel): readonly string[] {
  return column === undefined ? [manifest] : ['--data', manifest, '--target', column];
}

/** Only a model is asked, which takes its time. */
function subjectWords(model: ExampleModel): readonly string[] {
  const isAsked = model.isLogic === true && model.column === undefined;
  return [...sourceWords(model), ...(isAsked ? ['--timeout', String(NO_LIMIT)] : [])];
}

function studentWords(
  { maxEvaluations, digits, isDrawn }: StudentOptions,
  module: string,
): readonly string[] {
  return [
    '--max-evaluations',
    String(maxEvaluations),
    '--timeout',
    String(NO_LIMIT),
    ...(digits === undefined ? [] : ['--digits', String(digits)]),
    ...(isDrawn === true
      ? ['--front', `${module}.front.svg`, '--residuals', `${module}.residuals.svg`]
      : []),
  ];
}
