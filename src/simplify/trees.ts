/**
 * Comparisons that hinges hide. A form with a hinge is the larger (or smaller) of two forms,
 *
 *   rest + c · r(z)  =  max(rest, rest + c · z) for c > 0,  min for c < 0,
 *
 * so it can be opened from its outermost hinge inwards until no hinge is left. That is what it means
 * where a network compares n functions pair by pair: n − 1 hinges or more, opened to n functions. A sum
 * of hinges opens to far more functions than it has hinges, and stays a sum.
 */
import type { Form } from './form.js';
import { combine, nodeForm, termsOf } from './form.js';
import type { Nodes } from './nodes.js';
import { scatter } from './scatter.js';

export interface Comparison {
  readonly kind: 'max' | 'min';
  readonly parts: readonly Form[];
}

/** More parts than this are compared in groups, as the network does. */
const MAX_PARTS = 64;

/** Forms that are opened to count functions: so many for each hinge, and some more. */
const OPENED_PER_HINGE = 8;
const FREE_OPENED = 64;

/** The form as a comparison; `undefined` where a sum reads better. */
export function comparisonOf(form: Form, nodes: Nodes): Comparison | undefined {
  const isOpened = isTree(form, nodes) ? openAny : openSimpler;
  const opened = isOpened(form, nodes);
  if (opened === undefined) return undefined;
  const { kind } = opened;
  const done: Form[] = [];
  const open = [...opened.parts].reverse();
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const inner = done.length + open.length < MAX_PARTS ? isOpened(part, nodes) : undefined;
    if (inner?.kind === kind) open.push(...[...inner.parts].reverse());
    else done.push(part);
  }
  return { kind, parts: withoutBeaten(kind, done, nodes) };
}

interface Opened extends Comparison {
  /** The rectified sum. */
  readonly unit: Form;
}

/** The outermost hinge opened: nothing else holds it. */
function openAny(form: Form, nodes: Nodes): Opened | undefined {
  const last = form.nodes.findLastIndex((node) => nodes.at(node).kind === 'unit');
  if (last < 0) return undefined;
  const unit = nodes.at(form.nodes[last]);
  if (unit.kind !== 'unit') return undefined;
  const weight = form.weights[last];
  const rest = combine(nodes, [form, 1], [nodeForm(form.nodes[last]), -weight]);
  const other = combine(nodes, [rest, 1], [unit.form, weight]);
  return { kind: weight > 0 ? 'max' : 'min', parts: [other, rest], unit: unit.form };
}

/** The outermost hinge opened, where both sides together are shorter than its sum and what is beside it. */
function openSimpler(form: Form, nodes: Nodes): Opened | undefined {
  const opened = openAny(form, nodes);
  if (opened === undefined) return undefined;
  const [other, rest] = opened.parts;
  const before = termsOf(form) - 1 + termsOf(opened.unit);
  return termsOf(rest) + termsOf(other) < before ? opened : undefined;
}

/** Whether the form opens to no more functions than its hinges can compare. */
function isTree(form: Form, nodes: Nodes): boolean {
  const hinges = countHinges(form, nodes);
  if (hinges === 0) return false;
  const functions = new FunctionSet(nodes);
  let budget = OPENED_PER_HINGE * hinges + FREE_OPENED;
  const open = [form];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (--budget < 0) return false;
    if (!nodes.affords(next.nodes.length + 1)) return false;
    const opened = openAny(next, nodes);
    if (opened !== undefined) open.push(...opened.parts);
    else if (functions.add(next) > hinges + 1) return false;
  }
  // A lone rectified sum is a unit, where a number or a multiple of the same cell is beside it.
  return hinges > 1 || functions.size < 2 || (functions.varying > 1 && functions.read.size > 1);
}

/** The hinges that a form depends on. */
function countHinges(form: Form, nodes: Nodes): number {
  const found = new Set<number>();
  const open = [...form.nodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const own = nodes.at(node);
    if (own.kind !== 'unit' || found.has(node)) continue;
    found.add(node);
    open.push(...own.form.nodes);
  }
  return found.size;
}

/** Functions without hinges, equal ones once. */
class FunctionSet {
  size = 0;
  /** Those that are no numbers. */
  varying = 0;
  /** What they read. */
  readonly read = new Set<number>();
  private readonly known = new Map<string, Projected[]>();

  constructor(private readonly nodes: Nodes) {}

  /** The number of functions with this one. */
  add(form: Form): number {
    const key = form.nodes.join();
    const alike = this.known.get(key) ?? [];
    const own = projected(form);
    const isKnown = alike.some(
      (other) =>
        mayBeEqual(own, other, this.nodes.noise) &&
        termsOf(combine(this.nodes, [form, 1], [other.form, -1])) === 0,
    );
    if (isKnown) return this.size;
    alike.push(own);
    this.known.set(key, alike);
    if (form.nodes.length > 0) this.varying++;
    for (const node of form.nodes) this.read.add(node);
    return ++this.size;
  }
}

/** A form, one number that equal forms share up to noise, and the sum of the sizes that noise is relative to. */
interface Projected {
  readonly form: Form;
  readonly place: number;
  readonly size: number;
}

function projected(form: Form): Projected {
  let [place, size] = [form.constant, Math.abs(form.constant)];
  form.nodes.forEach((node, k) => {
    place += form.weights[k] * scatter(node);
    size += Math.abs(form.weights[k]);
  });
  for (const term of form.tail) size += term.size;
  return { form, place, size };
}

/** False for forms that are not equal; most are told apart by one comparison. */
function mayBeEqual(a: Projected, b: Projected, noise: number): boolean {
  // Four times the noise also covers the tails, and what rounding does to the places.
  return Math.abs(a.place - b.place) <= 4 * noise * (a.size + b.size);
}

/** The parts that can decide the comparison somewhere on the domain; of equal ones the first. */
function withoutBeaten(
  kind: Comparison['kind'],
  parts: readonly Form[],
  nodes: Nodes,
): readonly Form[] {
  const sign = kind === 'max' ? 1 : -1;
  const kept = parts.filter((part, k) => {
    return !parts.some((other, index) => {
      if (index === k) return false;
      const lead = combine(nodes, [other, sign], [part, -sign]);
      const { low, high } = nodes.rangeOf(lead);
      const isEqual = termsOf(lead) === 0;
      if (isEqual) return index < k;
      return low >= 0 && !(index > k && high <= 0);
    });
  });
  return kept.length === 0 ? parts.slice(0, 1) : kept;
}
