/**
 * What is mutated: every emitted example with the network that it stands for, and the zoo, compiled. Where
 * a domain is too large to be run through, a smaller sibling of the example comes with it: the same network
 * built at a smaller size, whose compiled text is the example's but for its numbers.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readExample } from '../../examples/common/read-example.js';
import { compile } from '../../src/compile.js';
import { sizeOf } from '../../src/ir/model-interface.js';
import type { Network } from '../../src/ir/network.js';
import { adder } from '../../test/helpers/build/adder.js';
import { elementaryAutomaton } from '../../test/helpers/build/local-rules.js';
import { pairwise } from '../../test/helpers/build/pairs.js';
import { anyAutomaton } from '../../test/helpers/build/several-rules.js';
import { totalistic } from '../../test/helpers/build/totalistic.js';
import { masked } from '../../test/helpers/emitted-text.js';
import { maxsatNetwork, orientationNetwork } from '../../test/helpers/networks.js';
import type { Mutant } from '../../test/helpers/text-mutants.js';
import { allMutantsOf } from '../../test/helpers/text-mutants.js';
import { ZOO } from '../../test/helpers/zoo.js';
import { Evidence } from './evidence.js';
import type { Finding } from './evidence.js';

/** Examples that were fitted to a table: there is no network to compare them with. */
const TABLES = ['species'];

/** How a module is judged: it equals its network, was only run on samples, or is an approximation. */
export type SubjectKind = 'exact' | 'sampled' | 'approximate';

/** Small networks of the same kind as an example, by its name. */
const SIBLINGS: Readonly<Partial<Record<string, () => { network: Network; size: string }>>> = {
  orientation: () => ({ network: orientationNetwork(4), size: '4 × 4' }),
  'orientation.generic': () => ({ network: orientationNetwork(4), size: '4 × 4' }),
  maxsat: () => ({ network: maxsatNetwork(4, 3), size: '4 × 3' }),
  'maxsat.generic': () => ({ network: maxsatNetwork(4, 3), size: '4 × 3' }),
  'cellular-automata': () => ({ network: anyAutomaton(9, 'wrap').network, size: '9 cells' }),
  life: () => {
    const { network } = totalistic({ rows: 4, columns: 4, border: 'wrap', hidden: 'sign' });
    return { network, size: '4 × 4' };
  },
  argmax: () => {
    const { network } = pairwise({
      values: 4,
      pairs: 'some',
      output: 'scores',
      domain: { kind: 'values', values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
      decision: { kind: 'argmax' },
    });
    return { network, size: '4 digits' };
  },
  adder: () => ({
    network: adder({ bits: 4, order: 'lsb', encoding: 'look-ahead' }).network,
    size: '4 bits',
  }),
};

function siblingOf(name: string): { network: Network; size: string } | undefined {
  const rule = /rule-(\d+)$/.exec(name)?.[1];
  if (rule === undefined) return SIBLINGS[name]?.();
  const { network } = elementaryAutomaton({ rule: Number(rule), width: 9, border: 'wrap' });
  return { network, size: '9 cells' };
}

interface Sibling {
  readonly size: string;
  readonly evidence: Evidence;
  /** The sibling's text of a mutant; undefined where it has no such mutant. */
  readonly textOf: (mutant: Mutant) => string | undefined;
}

/** One emitted module with its network, and what its mutants are run on. */
export class Subject {
  private own: Promise<Evidence> | undefined;
  private beside: Promise<Sibling | undefined> | undefined;

  constructor(
    readonly name: string,
    readonly kind: SubjectKind,
    readonly network: Network,
    readonly code: string,
  ) {}

  evidence(): Promise<Evidence> {
    return (this.own ??= Evidence.of(this.network, this.code));
  }

  /** What running says of the same mutant of the sibling; undefined without one. */
  async siblingEvidence(mutant: Mutant): Promise<Finding | undefined> {
    const sibling = await this.sibling();
    const text = sibling?.textOf(mutant);
    return text === undefined ? undefined : sibling?.evidence.examine(text);
  }

  /** What mutants are run on, in words. */
  async describeEvidence(): Promise<string> {
    const own = await this.evidence();
    const size = (await this.sibling())?.size;
    const inputs = own.isWhole
      ? `all ${own.count} inputs`
      : `${own.count} seeded inputs, neighbours at borders among them`;
    return size === undefined ? inputs : `${inputs}, and on every input of the same module at ${size}, mutated in the same place`; // prettier-ignore
  }

  private sibling(): Promise<Sibling | undefined> {
    return (this.beside ??= this.readSibling());
  }

  private async readSibling(): Promise<Sibling | undefined> {
    const made = (await this.evidence()).isWhole ? undefined : siblingOf(this.name);
    if (made === undefined) return undefined;
    const { size } = made;
    const network = calledAs(made.network, this.network);
    const isGeneric = this.name.endsWith('.generic');
    const { code } = await compile(network, { generic: isGeneric });
    if (bare(code) !== bare(this.code)) return undefined;
    const evidence = await Evidence.of(network, code);
    const mutants = new Map(allMutantsOf(code).map((mutant) => [mutant.key, mutant.code]));
    return { size, evidence, textOf: ({ key }) => mutants.get(key) };
  }
}

/** A network whose inputs and outputs are called, and told, as those of another. */
function calledAs(network: Network, other: Network): Network {
  const inputs = network.inputs.map((input, index) => {
    const { name, axes } = other.inputs[index];
    return { ...input, name, ...(axes === undefined ? {} : { axes }) };
  });
  const outputs = network.outputs.map((output, index) => {
    const { name, shape } = other.outputs[index];
    return { ...output, name, shape: shape.length === 1 ? [sizeOf(output.shape)] : output.shape };
  });
  return { ...network, name: other.name, inputs, outputs };
}

/** A text without numbers, braces, spaces and comments: what depends on sizes alone. */
function bare(code: string): string {
  return masked(code).replace(/^.*(name|source): .*$/gm, '').replace(/^(\/\/|\/\*\*| \*).*$/gm, '').replace(/,(?=\s*[)\]])/g, '').replace(/number(,\s*number)+/g, 'numbers').replace(/[\s{}]+/g, ''); // prettier-ignore
}

/** All subjects, without compiling any. */
export function subjectNames(): readonly string[] {
  return [
    ...readdirSync(join(projectFolder(), 'output'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.weights.ts'))
      .map((path) => path.slice(0, -'.ts'.length))
      .filter((name) => !TABLES.includes(name))
      .sort(),
    'majority',
    ...ZOO.map(({ name }) => zooName(name)),
  ];
}

function zooName(name: string): string {
  return `zoo: ${name}`;
}

/** @throws Error for a name that is none of `subjectNames`. */
export async function readSubject(name: string): Promise<Subject> {
  const exhibit = ZOO.find((one) => zooName(one.name) === name);
  if (exhibit !== undefined) return compiled(name, exhibit.network);
  if (name === 'majority') {
    return compiled(name, await readExample(manifestOf('majority')));
  }
  const code = readFileSync(join(projectFolder(), 'output', `${name}.ts`), 'utf8');
  return new Subject(name, kindOf(code), await readExample(manifestOf(name)), code);
}

/** Where the model of a module of output/ stands, in the example of its name. */
function manifestOf(name: string): string {
  const [first, second] = name.split(/[./]/);
  const folder = join(projectFolder(), 'examples', first);
  const places = [`${second}.json`, `data/${second}/network.json`, 'network.json'];
  const found = places.map((place) => join(folder, place)).find((place) => existsSync(place));
  if (found === undefined) throw new Error(`no model of ${name}`);
  return found;
}

/** The project's folder: the nearest one above with a package.json, since scripts are run as a bundle. */
export function projectFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

async function compiled(name: string, network: Network): Promise<Subject> {
  const { code } = await compile(network);
  return new Subject(name, kindOf(code), network, code);
}

function kindOf(code: string): SubjectKind {
  const verdict = /verdict: '(\w+)'/.exec(code)?.[1];
  if (verdict === 'proved' || verdict === 'exhaustive') return 'exact';
  return verdict === 'approximate' ? 'approximate' : 'sampled';
}
