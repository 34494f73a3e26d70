/**
 * The body of a value at one index point. A formula binds features that are sums or are read twice
 * and puts the others in place; a gate adds up its parts, local sums with equal |coefficient| in one
 * accumulator.
 */
import { isExtreme } from '../../ir/activation-words.js';
import type { Bias } from '../../ir/cluster.js';
import {
  accumulate,
  and,
  array,
  compare,
  conditional,
  constant,
  element,
  multiply,
  negate,
  num,
  ref,
  subtract,
  symbol,
  variable,
} from '../../ir/program-builders.js';
import { sizeOf } from '../../ir/model-interface.js';
import type { Expression, ProgramSymbol, Statement } from '../../ir/program.js';
import type { Affine, AffinePart } from '../affine-expression.js';
import { activate } from '../affine-expression.js';
import { axisNames, camelCase, hintOf, layerHint, sumWord, valueHint } from '../hints.js';
import type { FeatureUse, GateTable, GateTerm, Reference, Value } from '../values.js';
import { extentsOf } from '../values.js';
import { fixedIndex } from '../positions.js';
import { isBorderedCell, isLongTruth } from '../cost.js';
import { countSymbol, isOperand, substituteSymbols } from '../rewrite.js';
import type { Walk } from './indices.js';
import { biasExpression, biasParts } from './bias.js';
import { lowerExtreme } from './extremes.js';
import { fullLoop, nest } from './loops.js';
import { iteratorHints } from './lowering.js';
import type { Lowering } from './lowering.js';

/** The value's expression where its iterators are `walks`; statements it needs go to `out`. */
export function lowerBody(
  lowering: Lowering,
  value: Value,
  walks: readonly Walk[],
  out: Statement[],
): Expression {
  const { formula } = value;
  if (formula === undefined) return lowerGate(lowering, value, walks, out);
  const lowered = formula.features.flatMap((feature) => {
    const uses = countSymbol(formula.expression, feature.symbol);
    if (uses === 0) return [];
    const whole = feature.whole === true ? wholeInput(lowering, feature) : undefined;
    if (whole !== undefined) return [{ feature, uses, value: whole }];
    return [{ feature, uses, value: lowerFeature(lowering, value, feature, walks, out) }];
  });
  // A cell beside a border or around a corner gets a name, and its neighbours get theirs.
  const named = lowered.some(
    ({ feature, value: own }) =>
      isTruth(feature) && feature.parts[0].reference.source.kind === 'input' && isLongTruth(own),
  );
  const replaced = new Map<ProgramSymbol, Expression>();
  for (const { feature, uses, value: own } of lowered) {
    const once = uses === 1 && !(named && isTruth(feature));
    const breaksLine = isBorderedCell(own) && isOperand(formula.expression, feature.symbol);
    if ((once && !breaksLine) || own.kind === 'symbol') {
      replaced.set(feature.symbol, own);
      continue;
    }
    const name = symbol(feature.symbol.hint, feature.symbol.type.scalar);
    out.push(constant(name, own));
    replaced.set(feature.symbol, ref(name));
  }
  return substituteSymbols(formula.expression, replaced);
}

function wholeInput(lowering: Lowering, { parts }: FeatureUse): Expression | undefined {
  const { source } = parts[0].reference;
  return source.kind === 'input' ? ref(lowering.parameters[source.index]) : undefined;
}

function isTruth({ symbol: { type } }: FeatureUse): boolean {
  return type.scalar === 'boolean';
}

function lowerFeature(
  lowering: Lowering,
  owner: Value,
  feature: FeatureUse,
  walks: readonly Walk[],
  out: Statement[],
): Expression {
  const { hint } = feature.symbol;
  const [{ reference: first }, ...rest] = feature.parts;
  const without = rest.map((part) => lowering.reference(part.reference, owner, walks, out));
  let value: Expression;
  if (lowering.isLocalSum(first, owner)) {
    const sum = symbol(hint);
    lowering.sumInto(sum, first, walks, out, without.reduce(subtract, num(0)));
    value = ref(sum);
  } else {
    value = without.reduce(subtract, lowering.reference(first, owner, walks, out));
  }
  if (feature.symbol.type.scalar === 'boolean') value = isTrue(value, feature.truth ?? 1);
  return value;
}

/** Whether a two-valued number has this value; what is 0 beyond a border has it inside only. */
function isTrue(value: Expression, truth: number): Expression {
  const bordered =
    value.kind === 'conditional' &&
    value.otherwise.kind === 'number' &&
    value.otherwise.value === 0 &&
    truth !== 0;
  return bordered
    ? and(value.condition, isTrue(value.then, truth))
    : compare('===', value, num(truth));
}

function lowerGate(
  lowering: Lowering,
  owner: Value,
  walks: readonly Walk[],
  out: Statement[],
): Expression {
  const { gate } = owner;
  if (isExtreme(gate.activation)) return lowerExtreme(lowering, owner, walks, out);
  const parts: AffinePart[] = [];
  for (const group of bySize(
    gate.terms.filter((term) => lowering.isLocalSum(term.reference, owner)),
  )) {
    parts.push(lowerSums(lowering, owner, group, walks, out));
  }
  const balances = lowering.sums.balancesOf(gate.terms, owner);
  for (const group of balances) {
    const coefficient = Math.abs(group[0].coefficient);
    const hint = sumHint(lowering, owner, group, coefficient);
    parts.push({ coefficient, value: lowering.sums.readBalance(group, hint, walks) });
  }
  const shared = new Set(balances.flat());
  const references = gate.terms.map((term) => term.reference);
  const name = (cell: Expression, reference: Reference): Expression => {
    const own = symbol(hintOf(lowering.model, reference, owner.axes, references));
    out.push(constant(own, cell));
    return ref(own);
  };
  for (const term of inOrder(gate.terms)) {
    const { coefficient, reference } = term;
    if (lowering.isLocalSum(reference, owner) || shared.has(term)) continue;
    const value = lowering.reference(reference, owner, walks, out);
    const named = isBorderedCell(value) && !isInlined(lowering, reference);
    parts.push({ coefficient, value: named ? name(value, reference) : value });
  }
  if (gate.tables.length > 0) {
    parts.push({ coefficient: 1, value: lowerTables(lowering, owner, walks, out) });
  }
  // Where there are tables, their accumulator starts from the bias.
  const started = gate.tables.length > 0;
  const shifted = {
    parts,
    integers: !started && gate.terms.every((term) => isInteger(lowering, term.reference)),
    ...(started ? { constant: 0 } : biasParts(lowering, owner, walks)),
  };
  if (gate.ties !== undefined) return finishTied(lowering, owner, gate.ties, shifted, walks, out);
  return finish(owner, shifted, out);
}

/** Whether a value's body, and no cell of an array, stands where the reference is. */
function isInlined({ uses }: Lowering, { source }: Reference): boolean {
  return source.kind === 'value' && uses.isInlined(source.id);
}

/** Sign or step of a sum that counts as 0 up to a bound. */
function finishTied(
  lowering: Lowering,
  owner: Value,
  ties: Float64Array,
  affine: Affine,
  walks: readonly Walk[],
  out: Statement[],
): Expression {
  const { activation } = owner.gate;
  const alike = ties.every((tie) => tie === ties[0]);
  if (activation.kind === 'step' && alike) {
    return activate(activation, { ...affine, constant: affine.constant - ties[0] });
  }
  const bias: Bias = alike ? { kind: 'constant', value: ties[0] } : { kind: 'table', values: ties };
  const tie = biasExpression(lowering, owner, bias, walks, 'Ties');
  let z = activate({ kind: 'identity' }, affine);
  if (z.kind !== 'symbol') {
    const sum = symbol('sum');
    out.push(constant(sum, z));
    z = ref(sum);
  }
  const above = compare('>', z, tie);
  if (activation.kind === 'step') return conditional(above, num(1), num(0));
  const below = compare('<', z, negate(tie));
  return conditional(above, num(1), conditional(below, num(-1), num(0)));
}

/** The activation; `leaky-relu` reads its sum twice, so that gets a name. */
function finish(
  owner: Value,
  affine: Parameters<typeof activate>[1],
  out: Statement[],
): Expression {
  const { activation } = owner.gate;
  if (activation.kind !== 'leaky-relu') return activate(activation, affine);
  const sum = symbol('sum');
  out.push(constant(sum, activate({ kind: 'identity' }, affine)));
  return activate(activation, {
    parts: [{ coefficient: 1, value: ref(sum) }],
    constant: 0,
    integers: false,
  });
}

/** A list of cells in the order of their positions, as a person would write it; others as they are. */
export function inOrder(terms: readonly GateTerm[]): readonly GateTerm[] {
  const keyed = terms.map((term) => {
    const { source, accesses } = term.reference;
    const places = accesses.map((access) =>
      access.kind === 'at' ? (fixedIndex(access.index) ?? NaN) : NaN,
    );
    const owner = source.kind === 'input' ? [0, source.index] : [1, source.id];
    return { term, key: [...owner, ...places] };
  });
  if (keyed.some(({ key }) => key.some(Number.isNaN))) return terms;
  const compare = (a: readonly number[], b: readonly number[]): number => {
    const part = a.findIndex((value, k) => value !== b[k]);
    return part < 0 ? 0 : a[part] - b[part];
  };
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ term }) => term);
}

/** Terms in groups of equal |coefficient|, in the order of their first members. */
function bySize(terms: readonly GateTerm[]): readonly (readonly GateTerm[])[] {
  const groups = new Map<number, GateTerm[]>();
  for (const term of terms) {
    const size = Math.abs(term.coefficient);
    groups.set(size, [...(groups.get(size) ?? []), term]);
  }
  return [...groups.values()];
}

/** One accumulator for sums that enter with ± the same coefficient. */
function lowerSums(
  lowering: Lowering,
  owner: Value,
  group: readonly GateTerm[],
  walks: readonly Walk[],
  out: Statement[],
): AffinePart {
  const [first] = group;
  const coefficient = Math.max(...group.map((term) => term.coefficient));
  const sum = symbol(sumHint(lowering, owner, group, coefficient));
  const size = Math.abs(first.coefficient);
  out.push(variable(sum, 0));
  const rising = coefficient > 0;
  const fresh = group.length === 1;
  for (const term of group) {
    const sign = term.coefficient > 0 === rising ? 1 : -1;
    lowering.accumulateInto(sum, [], sign, term.reference, walks, out, { fresh });
  }
  return { coefficient: rising ? size : -size, value: ref(sum) };
}

function sumHint(
  lowering: Lowering,
  owner: Value,
  group: readonly GateTerm[],
  coefficient: number,
): string {
  const whole = group.length === owner.gate.terms.length && owner.gate.tables.length === 0;
  if (whole && owner.axes.length === 0 && owner.hint !== undefined) {
    const scale = Math.abs(coefficient - 1);
    const bare = scale <= NEAR_ONE && owner.gate.activation.kind === 'identity';
    const label = countedLabel(lowering);
    if (bare) return owner.hint;
    // What enters with a minus speaks against the label.
    if (owner.hint === 'score' && label !== undefined && coefficient > 0) return camelCase(label);
  }
  if (group.length > 1) {
    const rising = group.every((term) => term.coefficient > 0 === coefficient > 0);
    const counted = group.every((term) => sumWord(lowering.model, term.reference) === 'count');
    const subject = SCORE_OF.exec(owner.hint ?? '')?.[1] ?? '';
    return camelCase(subject, rising && counted ? 'count' : 'balance');
  }
  return hintOf(lowering.model, group[0].reference, owner.axes);
}

/** The hint of one of several labelled scores; what is counted for it is counted for its label. */
const SCORE_OF = /^(.+)Score$/;

/** A factor this close to 1 is 1 but for noise, and must not change a name. */
const NEAR_ONE = 1e-6;

/** The class that a large score speaks for: the first of several scores, the second of a lone one. */
function countedLabel(lowering: Lowering): string | undefined {
  const output = lowering.model.interface.outputs.at(0);
  return output?.labels?.at(sizeOf(output.shape) === 1 ? 1 : 0);
}

function isInteger(lowering: Lowering, reference: Reference): boolean {
  const { source } = reference;
  if (source.kind === 'value') return lowering.model.values[source.id].range !== undefined;
  const { domain } = lowering.model.interface.inputs[source.index];
  const cells = domain.kind === 'per-cell' ? domain.cells : [domain];
  return cells.every((cell) => cell.kind === 'values' && cell.values.every(Number.isInteger));
}

/** let sum = bias; sum += weights[point][cell] * source[cell]; for every cell of every table. */
function lowerTables(
  lowering: Lowering,
  owner: Value,
  walks: readonly Walk[],
  out: Statement[],
): Expression {
  const { gate } = owner;
  const sum = symbol('sum');
  out.push(variable(sum, biasExpression(lowering, owner, gate.bias, walks)));
  const lone = gate.tables.filter((table) => extentsOf(lowering.model, table.source).length === 0);
  const gathered = lone.length >= MIN_GATHERED ? lone : [];
  if (gathered.length > 0) lowerGathered(lowering, owner, gathered, sum, walks, out);
  for (const table of gate.tables) {
    if (!gathered.includes(table)) lowerTable(lowering, owner, table, sum, walks, out);
  }
  return ref(sum);
}

/** So many lone sources are put into one array and read through one table. */
const MIN_GATHERED = 3;

/** const units = [a, b, …]; sum += weights[point][unit] * units[unit]; for every unit. */
function lowerGathered(
  lowering: Lowering,
  owner: Value,
  tables: readonly GateTable[],
  sum: ProgramSymbol,
  walks: readonly Walk[],
  out: Statement[],
): void {
  const count = tables.length;
  const units = symbol('units', 'number', [count]);
  const cells = tables.map((table) => lowering.cell(table.source, [], lowering.top));
  lowering.top.push(constant(units, array(...cells)));
  const points = tables[0].weights.length;
  const weights = new Float64Array(points * count);
  tables.forEach((table, unit) => {
    for (let point = 0; point < points; point++)
      weights[point * count + unit] = table.weights[point];
  });
  const extents = owner.axes.map((axis) => axis.extent);
  const name = lowering.addTable(`${valueHint(owner)}Weights`, [...extents, count], weights);
  const head = fullLoop('unit', count, lowering.indexing.facts);
  const places = [...walks.map((walk) => walk.value), ref(head.iterator)];
  const weight = element(name, ...places);
  const added = multiply(weight, element(units, ref(head.iterator)));
  out.push(...nest([head], [accumulate(sum, [], added)]));
}

function lowerTable(
  lowering: Lowering,
  owner: Value,
  table: GateTable,
  sum: ProgramSymbol,
  walks: readonly Walk[],
  out: Statement[],
): void {
  const extents = extentsOf(lowering.model, table.source);
  const hints = iteratorHints(axisNames(lowering.model, table.source));
  const heads = extents.map((extent, axis) =>
    fullLoop(hints[axis], extent, lowering.indexing.facts),
  );
  const positions = heads.map((head) => ref(head.iterator));
  const body: Statement[] = [];
  const cell = lowering.cell(table.source, positions, body);
  const places = [...walks.map((walk) => walk.value), ...positions];
  const weight: Expression =
    places.length === 0
      ? num(table.weights[0])
      : element(
          lowering.addTable(
            `${layerHint(owner)}Weights`,
            lowering.tableExtents(owner, table.source),
            table.weights,
            owner.layerWord,
          ),
          ...places,
        );
  body.push(accumulate(sum, [], multiply(weight, cell)));
  out.push(...nest(heads, body));
}
