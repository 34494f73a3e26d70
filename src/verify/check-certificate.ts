/**
 * Is a certificate true? Everything in it is worked out again from the module's text and the stored network,
 * and compared; its examples of ties are run. What comes from elsewhere is only what is asked about.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Place } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import type { Claim } from '../ir/certificate.js';
import type { Node, StagedNetwork } from '../ir/network.js';
import type { Verdict } from '../ir/verdict.js';
import { certify } from './certificate.js';
import type { VerifyOptions } from './index.js';
import { meaningHash, textHash } from './meaning.js';
import { rangesText } from './tie-examples.js';
import { createTrace } from './trace.js';

/** Further differences are counted. */
const MOST_PROBLEMS = 20;
/** `0..27, 30`. */
const RANGES = /^\d+(\.\.\d+)?(, \d+(\.\.\d+)?)*$/;
/** Levels of a certificate: its own nest far less, and deeper ones would end the stack. */
const MOST_LEVELS = 64;
/** Characters of a value that are shown: a hash is whole. */
const SHOWN = 80;

export interface CheckedCertificate {
  /** What does not hold, a sentence each; none when everything does. */
  readonly problems: readonly string[];
  /** What was found about the module now; absent where the certificate is about other texts. */
  readonly verdict?: Verdict;
}

/**
 * Checks a certificate, any JSON value, against a network and a module's text. The tolerance is the
 * certificate's.
 *
 * @throws Diagnostic `CERTIFICATE_SYNTAX` where the value is no certificate; `place` is where it stands.
 */
export async function checkCertificate(
  value: unknown,
  network: StagedNetwork,
  code: string,
  options: Omit<VerifyOptions, 'tolerance'>,
  place: Place = {},
): Promise<CheckedCertificate> {
  const { module, claims } = readCertificate(value, place);
  const foreign = [
    ...sameText('the module', module['text'], code),
    ...sameText('the sibling with the weights', module['weights'], options.weights),
  ];
  if (foreign.length > 0) return { problems: foreign };
  const meaning = meaningHash(network);
  const claim = claims.find((one) => isObject(one['model']) && one['model']['meaning'] === meaning);
  if (claim === undefined) {
    const models = claims.map(({ model }) => (isObject(model) ? shown(model['name']) : '?'));
    return {
      problems: [`it says nothing about this model, but about ${models.join(', ') || 'none'}`],
    };
  }
  const tolerance = claim['tolerance'];
  if (typeof tolerance !== 'number' || !(tolerance >= 0)) {
    throw diagnose('CERTIFICATE_SYNTAX', place, { problem: 'a claim has no tolerance' });
  }
  const { verdict, claim: found } = await certify(network, code, { ...options, tolerance });
  if (found === undefined) {
    return { problems: [`it says ${shown(claim['status'])}, found ${verdict.status}`], verdict };
  }
  const neurons = network.layers.reduce((sum, node) => sum + neuronsOf(node), 0);
  const problems = [...differences(comparable(claim, neurons), comparable(found, neurons), '')];
  problems.push(...falseTies(network, claim));
  const more = problems.length - MOST_PROBLEMS;
  const listed = problems.slice(0, MOST_PROBLEMS);
  return { problems: more > 0 ? [...listed, `and ${more} more`] : listed, verdict };
}

interface Read {
  readonly module: Record<string, unknown>;
  readonly claims: readonly Record<string, unknown>[];
}

function readCertificate(value: unknown, place: Place): Read {
  const refuse = (problem: string) => diagnose('CERTIFICATE_SYNTAX', place, { problem });
  if (isDeep(value)) throw refuse(`it nests deeper than ${MOST_LEVELS} levels`);
  if (!isObject(value)) throw refuse('it is no JSON object');
  if (value['schema'] !== 1) throw refuse(`its schema is ${shown(value['schema'])}, not 1`);
  const { module, claims } = value;
  if (!isObject(module) || typeof module['text'] !== 'string') throw refuse('it names no module');
  if (!Array.isArray(claims) || !claims.every(isObject)) throw refuse('it has no claims');
  return { module, claims };
}

/** Whether lists and objects stand within each other too deeply to be looked at. */
function isDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= MOST_LEVELS; depth++) {
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one as Record<string, unknown>) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameText(what: string, claimed: unknown, text: string | undefined): string[] {
  const own = text === undefined ? undefined : textHash(text);
  if (claimed === own) return [];
  if (own === undefined) return [`${what} is not here`];
  if (claimed === undefined) return [`it does not know ${what}`];
  return [`${what} is another: its hash is ${own}, not ${shown(claimed)}`];
}

/** A claim as JSON has it, without what is compared in other ways: the name, and examples, which are run. */
function comparable(claim: Claim | Record<string, unknown>, neurons: number): unknown {
  const { model, ...rest } = JSON.parse(JSON.stringify(claim)) as Record<string, unknown>;
  const { evidence } = rest;
  if (isObject(model)) rest['model'] = { source: model['source'], meaning: model['meaning'] };
  if (isObject(evidence) && isObject(evidence['ties'])) {
    const { states, neurons: tied, examples, withoutExample } = evidence['ties'];
    const isList = Array.isArray(examples) && Array.isArray(withoutExample);
    const told = toldNeurons([...listOf(examples).flatMap(tiesOf), ...listOf(withoutExample)], neurons); // prettier-ignore
    rest['evidence'] = { ...evidence, ties: { states, neurons: tied, told, isList } };
  }
  return rest;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function tiesOf(example: unknown): readonly unknown[] {
  return isObject(example) ? listOf(example['ties']) : [];
}

/**
 * All neurons that are told of, with an example or without, layer by layer; of a list that tells of more than
 * there are (`most`) only that it does.
 */
function toldNeurons(tied: readonly unknown[], most: number): Readonly<Record<string, string>> {
  const told = new Map<string, Set<number>>();
  let left = most;
  for (const one of tied) {
    if (!isObject(one)) return { all: 'no list of neurons' };
    const key = JSON.stringify([one['layer'], one['inner']]);
    const layer = told.get(key) ?? new Set<number>();
    told.set(key, layer);
    const neurons = one['neurons'];
    if (typeof neurons !== 'string' || !RANGES.test(neurons)) return { all: 'no list of neurons' };
    for (const position of rangesOf(neurons)) {
      if (left-- <= 0) return { all: 'more neurons than there are' };
      layer.add(position);
    }
  }
  const entries = [...told].map(
    ([layer, all]) => [`layer ${layer}`, rangesText([...all])] as const,
  );
  return Object.fromEntries(entries);
}

/** The positions of `0..2, 5`, one by one. */
function* rangesOf(ranges: string): Generator<number> {
  for (const range of ranges.split(', ')) {
    const [from, to = from] = range.split('..').map(Number);
    for (let position = from; position <= to; position++) yield position;
  }
}

/** The neurons of a layer, or of all layers in a scan's body. */
function neuronsOf(node: Node): number {
  if (node.kind !== 'scan') return node.size;
  return node.body.layers.reduce((sum, inner) => sum + neuronsOf(inner), 0);
}

/** Where two JSON values differ, one sentence for each place. */
function* differences(claimed: unknown, found: unknown, path: string): Generator<string> {
  if (Array.isArray(claimed) && Array.isArray(found)) {
    if (claimed.length !== found.length) {
      yield `${path}: ${claimed.length} claimed, ${found.length} found`;
      return;
    }
    for (let k = 0; k < found.length; k++)
      yield* differences(claimed[k], found[k], `${path}[${k}]`);
  } else if (isObject(claimed) && isObject(found)) {
    for (const key of new Set([...Object.keys(found), ...Object.keys(claimed)])) {
      const inner = path === '' ? printable(key, SHOWN) : `${path}.${printable(key, SHOWN)}`;
      yield* differences(own(claimed, key), own(found, key), inner);
    }
  } else if (claimed !== found) {
    yield `${path}: ${shown(claimed)} claimed, ${shown(found)} found`;
  }
}

function own(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : printable(JSON.stringify(value), SHOWN);
}

/** Examples of ties at which some neuron named there is not tied. */
function* falseTies(network: StagedNetwork, claim: Record<string, unknown>): Generator<string> {
  const { evidence } = claim;
  if (!isObject(evidence) || !isObject(evidence['ties'])) return;
  const { examples } = evidence['ties'];
  if (!Array.isArray(examples)) {
    yield 'evidence.ties.examples: a list is expected';
    return;
  }
  const trace = createTrace(network);
  for (const [index, example] of (examples as unknown[]).entries()) {
    const where = `evidence.ties.examples[${index}]`;
    const inputs = isObject(example) ? readInputs(network, example['inputs']) : undefined;
    if (!isObject(example) || inputs === undefined || !Array.isArray(example['ties'])) {
      yield `${where}: no input of this model with its ties`;
      continue;
    }
    const values = trace(inputs);
    for (const tied of example['ties'] as unknown[]) {
      if (!isTied(network, values, tied)) yield `${where}: ${shown(tied)} are not all ties there`;
    }
  }
}

function readInputs(network: StagedNetwork, value: unknown): Float64Array[] | undefined {
  if (!Array.isArray(value) || value.length !== network.inputs.length) return undefined;
  const inputs: Float64Array[] = [];
  for (const [k, cells] of (value as unknown[]).entries()) {
    const size = network.inputs[k].shape.reduce((product, extent) => product * extent, 1);
    if (!Array.isArray(cells) || cells.length !== size) return undefined;
    if (!cells.every((cell): cell is number => typeof cell === 'number')) return undefined;
    inputs.push(Float64Array.from(cells));
  }
  return inputs;
}

/** Whether sign neurons named by position and range are 0, that is, tied. */
function isTied(network: StagedNetwork, values: readonly Float64Array[], tied: unknown): boolean {
  if (!isObject(tied) || typeof tied['layer'] !== 'number') return false;
  const { layer: index, neurons } = tied;
  if (!Number.isInteger(index) || index < 0 || index >= network.layers.length) return false;
  const layer = network.layers[index];
  if (layer.kind !== undefined || layer.activation.kind !== 'sign') return false;
  if (typeof neurons !== 'string' || !/^\d+(\.\.\d+)?(, \d+(\.\.\d+)?)*$/.test(neurons))
    return false;
  return neurons.split(', ').every((range) => {
    const [from, to = from] = range.split('..').map(Number);
    if (from > to || to >= layer.size) return false;
    return values[index].subarray(from, to + 1).every((value) => value === 0);
  });
}
