/**
 * The programs whose emitted text is kept as goldens: between them they use every node of the Program
 * level, every kind of input and output, every decision, and names that need care.
 */
import {
  accumulate, add, allocate, and, array, assign, bool, branch, compare, conditional, constant, divide,
  element, giveBack, helper, loop, loopOver, math, multiply, negate, not, num, or, ref, remainder,
  subtract, symbol, variable,
} from '../../../src/ir/program-builders.js'; // prettier-ignore
import type { Decision, InputTensor, OutputTensor } from '../../../src/ir/model-interface.js';
import type { Program } from '../../../src/ir/program.js';
import { createRandom } from '../../../src/numeric/random.js';
import { maxsatProgram, orientationProgram } from '../../helpers/programs.js';

type Surface = {
  readonly inputs: readonly InputTensor[];
  readonly outputs: readonly OutputTensor[];
};

function model(name: string, surface: Surface, decision: Decision = { kind: 'none' }) {
  return { name, source: 'sha256:test', ...surface, decision };
}

/** One step of rule 110 on a ring: logic on named booleans, a remainder, more than eight outputs. */
function rule110(width: number): Program {
  const cells = symbol('cells', 'number', [width]);
  const next = symbol('next', 'number', [width]);
  const i = symbol('i');
  const [left, centre, right] = ['left', 'centre', 'right'].map((hint) => symbol(hint, 'boolean'));
  const alive = (shift: number) =>
    compare('===', element(cells, shift === 0 ? ref(i) : remainder(add(ref(i), num(shift)), num(width))), num(1)); // prettier-ignore
  const rule = conditional(ref(centre), or(not(ref(left)), not(ref(right))), ref(right));
  return {
    interface: model('rule 110', {
      inputs: [{ name: 'cells', shape: [width], domain: { kind: 'values', values: [0, 1] } }],
      outputs: [{ name: 'next', shape: [width] }],
    }),
    parameters: [cells],
    tables: [],
    body: [
      allocate(next, -1),
      loop(i, 0, width, [
        constant(left, alive(width - 1)),
        constant(centre, alive(0)),
        constant(right, alive(1)),
        branch(rule, [assign(next, [ref(i)], '=', num(1))]),
      ]),
      giveBack(ref(next)),
    ],
  };
}

/** A dense layer with a table in the sibling module, one in the text, and an argmax over labels. */
function dense(): Program {
  const random = createRandom(7);
  const pixels = symbol('pixels', 'number', [12]);
  const weights = symbol('hiddenWeights', 'number', [6, 12]);
  const biases = symbol('hiddenBiases', 'number', [6]);
  const mixing = symbol('mixing', 'number', [3, 6]);
  const [hidden, classes] = [symbol('hidden', 'number', [6]), symbol('classes', 'number', [3])];
  const [sum, total] = [symbol('sum'), symbol('sum')];
  const [unit, pixel] = [symbol('unit'), symbol('pixel')];
  const [kind, source] = [symbol('kind'), symbol('unit')];
  const numbers = (size: number) => Float64Array.from({ length: size }, () => random.normal());
  return {
    interface: model(
      'dense',
      {
        inputs: [{ name: 'pixels', shape: [12], domain: { kind: 'interval', min: 0, max: 1 } }],
        outputs: [{ name: 'class', shape: [3], labels: ['cat', 'dog', "it's neither"] }],
      },
      { kind: 'argmax' },
    ),
    parameters: [pixels],
    tables: [
      { symbol: weights, values: numbers(72) },
      { symbol: biases, values: Float64Array.of(0, -0, 1e-7, -1e21, 0.1, 5e-324) },
      { symbol: mixing, values: numbers(18) },
    ],
    body: [
      allocate(hidden, 0, 'Layer 1: no structure explains its weights.'),
      loop(unit, 0, 6, [
        variable(sum, element(biases, ref(unit))),
        loop(pixel, 0, 12, [
          accumulate(sum, [], multiply(element(weights, ref(unit), ref(pixel)), element(pixels, ref(pixel)))), // prettier-ignore
        ]),
        assign(hidden, [ref(unit)], '=', math('max', num(0), ref(sum))),
      ]),
      allocate(classes),
      loop(kind, 0, 3, [
        variable(total, 0),
        loop(source, 0, 6, [
          accumulate(total, [], multiply(element(mixing, ref(kind), ref(source)), element(hidden, ref(source)))), // prettier-ignore
        ]),
        assign(classes, [ref(kind)], '=', ref(total)),
      ]),
      giveBack(helper('softmax', ref(classes))),
    ],
  };
}

/** Layers computed by the helper, of float32 numbers and of others; rows and columns by no means fours. */
function layers(): Program {
  const random = createRandom(5);
  const readings = symbol('readings', 'number', [11]);
  const first = symbol('hidden1Weights', 'number', [7, 11]);
  const firstBiases = symbol('hidden1Biases', 'number', [7]);
  const second = symbol('outputWeights', 'number', [9, 7]);
  const secondBiases = symbol('outputBiases', 'number', [9]);
  const [hidden, i] = [symbol('hidden1', 'number', [7]), symbol('i')];
  const numbers = (size: number) => Float64Array.from({ length: size }, () => random.normal());
  const sums = helper('dense', ref(readings), ref(first), ref(firstBiases));
  return {
    interface: model('layers', {
      inputs: [{ name: 'readings', shape: [11], domain: { kind: 'real' } }],
      outputs: [{ name: 'levels', shape: [9] }],
    }),
    parameters: [readings],
    tables: [
      { symbol: first, values: numbers(77).map(Math.fround) },
      { symbol: firstBiases, values: numbers(7).map(Math.fround) },
      { symbol: second, values: numbers(63) },
      { symbol: secondBiases, values: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9) },
    ],
    body: [
      constant(hidden, sums),
      loop(i, 0, 7, [assign(hidden, [ref(i)], '=', math('tanh', element(hidden, ref(i))))]),
      giveBack(helper('dense', ref(hidden), ref(second), ref(secondBiases))),
    ],
  };
}

/** Three inputs, one a scalar, and three outputs as an object. */
function severalTensors(): Program {
  const grid = symbol('grid', 'number', [2, 3]);
  const offsets = symbol('offsets', 'number', [3]);
  const gain = symbol('gain');
  const row = symbol('row', 'number', [3]);
  const most = symbol('most');
  return {
    interface: model(
      'several',
      {
        inputs: [
          { name: 'grid', shape: [2, 3], domain: { kind: 'real' } },
          {
            name: 'offsets',
            shape: [3],
            features: ['low', 'mid', 'high'],
            domain: { kind: 'real' },
          },
          { name: 'gain', shape: [], domain: { kind: 'interval', min: -1, max: 1 } },
        ],
        outputs: [
          { name: 'level', shape: [2] },
          { name: 'first row', shape: [3] },
          { name: 'whole', shape: [2, 3] },
        ],
      },
      { kind: 'argmin' },
    ),
    parameters: [grid, offsets, gain],
    tables: [],
    body: [
      constant(row, element(grid, 0)),
      constant(most, math('max', ref(row), element(offsets, 2))),
      giveBack(
        array(
          array(helper('sigmoid', multiply(ref(gain), ref(most))), math('tanh', ref(gain))),
          conditional(compare('>', ref(gain), num(0)), ref(row), ref(offsets)),
          ref(grid),
        ),
      ),
    ],
  };
}

/** Three axes in, two axes out, listed positions, chains of conditions, a step. */
function volume(): Program {
  const x = symbol('volume', 'number', [2, 3, 4]);
  const out = symbol('out', 'number', [2, 2]);
  const [i, j, k] = [symbol('i'), symbol('j'), symbol('k')];
  const [value, seen] = [symbol('value'), symbol('seen', 'boolean')];
  return {
    interface: model(
      'volume',
      {
        inputs: [{ name: 'volume', shape: [2, 3, 4], domain: { kind: 'values', values: [-1, 0, 1] } }],
        outputs: [{ name: 'out', shape: [2, 2] }],
      },
      { kind: 'argmax' },
    ),
    parameters: [x],
    tables: [],
    body: [
      allocate(out),
      variable(seen, bool(false)),
      loop(i, 0, 2, [
        loopOver(j, [0, 2], [
          loop(k, 1, 4, [
            constant(value, element(x, ref(i), ref(j), ref(k))),
            branch(
              and(compare('>', ref(value), num(0)), not(ref(seen))),
              [accumulate(out, [ref(i), 0], num(1)), assign(seen, [], '=', bool(true))],
              [branch(compare('<', ref(value), num(0)), [accumulate(out, [ref(i), 1], num(-1))], [assign(out, [0, 0], '=', subtract(element(out, 0, 0), subtract(ref(value), num(0.5))))])],
            ),
          ], { step: 2 }),
        ], 'Row 1 carries nothing.'),
      ]),
      giveBack(ref(out)),
    ],
  }; // prettier-ignore
}

/** A scalar score with a threshold; operators of every precedence. */
function risk(): Program {
  const person = symbol('person', 'number', [4]);
  const [age, income, debt, smoker] = ['age', 'income', 'debt', 'smoker'].map((hint) =>
    symbol(hint),
  );
  const ratio = divide(ref(debt), add(ref(income), num(1)));
  const burden = subtract(ref(age), subtract(ref(income), ref(debt)));
  const flag = or(
    and(compare('>=', ref(age), num(18)), compare('!==', compare('===', ref(smoker), num(1)), compare('<', ref(debt), num(0)))),
    not(or(compare('<=', burden, num(-2.5)), compare('>', ref(age), num(1e21)))),
  ); // prettier-ignore
  return {
    interface: model(
      'risk',
      {
        inputs: [
          { name: 'person', shape: [4], features: ['age', 'income', 'debt', 'smoker'], domain: { kind: 'real' } },
        ],
        outputs: [{ name: 'score', shape: [], labels: ['low', 'high'] }],
      },
      { kind: 'threshold', threshold: 0.25 },
    ),
    parameters: [person],
    tables: [],
    body: [
      ...[age, income, debt, smoker].map((target, index) => constant(target, element(person, index))),
      giveBack(
        conditional(
          flag,
          negate(multiply(add(ratio, burden), math('abs', multiply(num(-2), negate(add(ref(age), num(1))))))),
          multiply(remainder(multiply(ref(age), ref(debt)), num(7)), math('min', ratio, num(1), burden)),
        ),
      ),
    ],
  }; // prettier-ignore
}

/** Hints that are reserved, taken, empty, or equal: names have to give way without hiding others. */
function names(): Program {
  const input = symbol('scores', 'number', [2]);
  const [total, other] = [symbol('Math'), symbol('Math')];
  const [outer, inner] = [symbol('i'), symbol('i')];
  const [again, empty] = [symbol('class'), symbol('')];
  return {
    interface: model(
      'names',
      {
        inputs: [{ name: 'scores', shape: [2], domain: { kind: 'real' } }],
        outputs: [{ name: 'network', shape: [2], labels: ['predict', '2 */ \\ "x"'] }],
      },
      { kind: 'argmax' },
    ),
    parameters: [input],
    tables: [],
    body: [
      variable(total, 0),
      loop(outer, 0, 2, [
        constant(other, element(input, ref(outer))),
        loop(inner, 0, 2, [
          accumulate(total, [], multiply(ref(other), element(input, ref(inner)))),
        ]),
      ]),
      loop(again, 0, 2, [constant(empty, ref(again)), accumulate(total, [], ref(empty))]),
      giveBack(helper('softmax', array(ref(total), math('exp', num(1))))),
    ],
  };
}

/** A sum and its sign: one output, in a vector of one. */
function sign(): Program {
  const values = symbol('values', 'number', [5]);
  const [sum, i] = [symbol('sum'), symbol('i')];
  return {
    interface: model(
      'sign',
      {
        inputs: [{ name: 'values', shape: [5], domain: { kind: 'values', values: [-1, 1] } }],
        outputs: [{ name: 'majority', shape: [1] }],
      },
      { kind: 'sign' },
    ),
    parameters: [values],
    tables: [],
    body: [
      variable(sum, 0),
      loop(i, 0, 5, [accumulate(sum, [], element(values, ref(i)))]),
      giveBack(array(math('sign', ref(sum)))),
    ],
  };
}

/** Name of the sample's folder, and its program. */
export const SAMPLE_PROGRAMS: Readonly<Record<string, () => Program>> = {
  orientation: () => orientationProgram(5),
  maxsat: () => maxsatProgram(6, 4),
  'rule-110': () => rule110(11),
  dense,
  layers,
  several: severalTensors,
  volume,
  risk,
  names,
  sign,
};
