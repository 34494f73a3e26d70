/**
 * The benchmark problems as Programs that a person would write, at any size: what `infer` aims at, and
 * what the emitter's tests print.
 */
import {
  accumulate, allocate, array, compare, conditional, constant, element, giveBack, helper, loop,
  math, multiply, negate, num, ref, subtract, symbol, variable,
} from '../../src/ir/program-builders.js'; // prettier-ignore
import { interfaceOf } from '../../src/ir/network.js';
import type { Program } from '../../src/ir/program.js';
import { maxsatNetwork, orientationNetwork } from './networks.js';

/**
 * Orientation of an n × n image: hoisted line sums, one nest of comparisons, then one threshold per
 * training image. Computes what `orientationNetwork(n)` computes.
 */
export function orientationProgram(n: number): Program {
  const image = symbol('image', 'number', [n, n]);
  const [row, column] = [symbol('row'), symbol('column')];
  const rowSums = symbol('rowSums', 'number', [n]);
  const columnSums = symbol('columnSums', 'number', [n]);
  const [i, j] = [symbol('column'), symbol('row')];
  const comparison = symbol('comparison');
  const rowBalances = symbol('rowBalances', 'number', [n]);
  const columnBalances = symbol('columnBalances', 'number', [n]);
  const total = symbol('total');
  const line = symbol('line');
  const score = symbol('score');
  const cell = element(image, ref(row), ref(column));
  const threshold = num(n * (n - 1));
  const own = (balances: typeof rowBalances) => multiply(num(n), element(balances, ref(line)));
  const rest = multiply(num(n - 1), ref(total));
  return {
    interface: interfaceOf(orientationNetwork(n)),
    parameters: [image],
    tables: [],
    body: [
      allocate(columnSums),
      allocate(rowSums),
      loop(row, 0, n, [
        loop(column, 0, n, [
          accumulate(columnSums, [ref(column)], cell),
          accumulate(rowSums, [ref(row)], cell),
        ]),
      ]),
      allocate(columnBalances),
      allocate(rowBalances),
      variable(total, 0),
      loop(i, 0, n, [
        loop(j, 0, n, [
          constant(
            comparison,
            math('sign', subtract(element(columnSums, ref(i)), element(rowSums, ref(j)))),
          ),
          accumulate(columnBalances, [ref(i)], ref(comparison)),
          accumulate(rowBalances, [ref(j)], ref(comparison)),
          accumulate(total, [], ref(comparison)),
        ]),
      ]),
      variable(score, 0),
      loop(line, 0, n, [
        accumulate(
          score,
          [],
          math('sign', subtract(subtract(own(columnBalances), rest), threshold)),
        ),
        accumulate(
          score,
          [],
          negate(math('sign', subtract(subtract(rest, own(rowBalances)), threshold))),
        ),
      ]),
      giveBack(array(multiply(num(0.20565), ref(score)), multiply(num(-0.20565), ref(score)))),
    ],
  };
}

/** The MAXSAT score: one loop over clauses, then softmax. Computes what `maxsatNetwork` computes. */
export function maxsatProgram(literals: number, clauses: number): Program {
  const formula = symbol('formula', 'number', [literals, clauses]);
  const score = symbol('score');
  const [clause, literal] = [symbol('clause'), symbol('literal')];
  const [positive, negative, others] = [symbol('positive'), symbol('negative'), symbol('others')];
  const weight = conditional(
    compare('===', ref(others), num(0)),
    num(9.99999999),
    num(2.297559925),
  );
  return {
    interface: interfaceOf(maxsatNetwork(literals, clauses)),
    parameters: [formula],
    tables: [],
    body: [
      variable(score, 0),
      loop(clause, 0, clauses, [
        constant(positive, element(formula, 0, ref(clause))),
        constant(negative, element(formula, 1, ref(clause))),
        variable(others, 0),
        loop(literal, 2, literals, [
          accumulate(others, [], element(formula, ref(literal), ref(clause))),
        ]),
        accumulate(score, [], multiply(subtract(ref(positive), ref(negative)), weight)),
      ]),
      giveBack(helper('softmax', array(ref(score), negate(ref(score))))),
    ],
  };
}
