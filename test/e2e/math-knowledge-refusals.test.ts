/** What is refused of what `deepdistill math` is told beforehand, with the whole text. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeLinearNetwork } from '../helpers/math-inputs.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

/** What is wrong, the words, the text. */
type Case = readonly [string, readonly string[], string];

const USAGE: readonly Case[] = [
  ['units of no form', ['--units', 'a'], 'error CLI_OPTION_VALUE: --units cannot be "a"\n  hint: give NAME=UNIT, NAME=UNIT, such as mass=kg, speed=m/s\n'],
  ['a policy of no kind', ['--dimensions', 'strict'], 'error CLI_OPTION_VALUE: --dimensions cannot be "strict"\n  hint: give one of rule, penalty, off\n'],
  ['a pair of one', ['--forbid', 'a:a'], 'error CLI_OPTION_VALUE: --forbid cannot be "a:a"\n  hint: give NAME,NAME or pairs NAME:NAME of different variables\n'],
  ['a transform without a name', ['--transform', 'a - b'], 'error CLI_OPTION_VALUE: --transform cannot be "a - b"\n  hint: give NAME = FORMULA, such as \'d = x - y\'\n'],
  ['a transform with arguments', ['--transform', 'd(a) = a'], 'error CLI_OPTION_VALUE: --transform cannot be "d(a) = a"\n  hint: give NAME = FORMULA, such as \'d = x - y\'\n'],
  ['an operator without arguments', ['--operator', 'soft = 1'], 'error CLI_OPTION_VALUE: --operator cannot be "soft = 1"\n  hint: give NAME(ARGUMENTS) = FORMULA, such as \'soft(x) = log(1 + exp(x))\'\n'],
  ['an operator of three arguments', ['--operator', 'mix(x, y, z) = x + y + z'], 'error CLI_OPTION_VALUE: --operator cannot be "mix(x, y, z) = x + y + z"\n  hint: give an operator of one or two arguments\n'],
  ['an operator that leaves an argument unread', ['--operator', 'mix(x, y) = x'], 'error CLI_OPTION_VALUE: --operator cannot be "mix(x, y) = x"\n  hint: give a formula that reads y\n'],
  ['a template and a guess', ['--template', 'f(a)', '--guess', 'a'], 'error CLI_OPTIONS_CONFLICT: --template cannot be used with --guess\n  hint: a guess would have to be taken apart: leave one out\n'],
  ['a template and scouts alone', ['--template', 'f(a)', '--mode', 'scouts'], 'error CLI_OPTIONS_CONFLICT: --template cannot be used with --mode scouts\n  hint: scouts find whole formulas: holes are filled by evolution\n'],
  ['an unknown operator beside one of the user’s', ['--operator', 'soft(x) = log(1 + exp(x))', '--operators', '+,sof'], 'error CLI_OPTION_VALUE: --operators cannot be "sof"\n  hint: give operators among + - * / pow min max < <= > >= == neg square cube sqrt cbrt abs sign floor exp log sin cos tan asin acos atan sinh cosh tanh erf cond soft; did you mean soft?\n'],
]; // prettier-ignore

const INPUT: readonly Case[] = [
  ['an unknown unit', ['--units', 'a=metr'], 'error UNIT_UNKNOWN: unknown unit "metr"\n  at --units a\n  hint: did you mean "meter"?\n'],
  ['a unit that is none', ['--units', 'a=m/'], 'error UNIT_SYNTAX: "m/" is no unit\n  at --units a\n  hint: a unit looks like kg*m/s^2, J/(mol K) or 1, without a number before it\n'],
  ['a unit with a zero of its own', ['--units', 'a=degC'], 'error UNIT_OFFSET: degC counts from a zero of its own\n  at --units a\n  hint: sums and products of such numbers mean nothing: convert the column to K\n'],
  ['units of an unknown name', ['--units', 'aa=m'], 'error KNOWLEDGE_UNKNOWN_VARIABLE: --units names "aa", which no formula can read\n  hint: did you mean "a"?\n'],
  ['a rule without units', ['--dimensions', 'rule'], "error DIMENSIONS_WITHOUT_UNITS: --dimensions is given, but no units are\n  hint: give them with --units 'NAME=UNIT, NAME=UNIT', or in the manifest\n"],
  ['units of constants without units', ['--constant-units', 'none'], "error DIMENSIONS_WITHOUT_UNITS: --constant-units is given, but no units are\n  hint: give them with --units 'NAME=UNIT, NAME=UNIT', or in the manifest\n"],
  ['a requirement of an unknown name', ['--require', 'a,bb'], 'error KNOWLEDGE_UNKNOWN_VARIABLE: --require names "bb", which no formula can read\n  hint: did you mean "b"?\n'],
  ['a ban on an unknown name', ['--forbid', 'cc'], 'error KNOWLEDGE_UNKNOWN_VARIABLE: --forbid names "cc", which no formula can read\n  hint: known are: a, b\n'],
  ['a ban on everything', ['--forbid', 'a,b'], 'error KNOWLEDGE_CONTRADICTION: every variable is forbidden\n  hint: leave one that formulas may read\n'],
  ['required and forbidden', ['--forbid', 'a', '--require', 'a'], 'error KNOWLEDGE_CONTRADICTION: "a" is required, but no formula may read it\n  hint: take it out of --require, or out of --forbid or into --features\n'],
  ['a required pair that is forbidden', ['--forbid', 'a:b', '--require', 'a,b'], 'error KNOWLEDGE_CONTRADICTION: "a" and "b" are required, but no formula may read both\n  hint: take one of them out of --require, or the pair out of --forbid\n'],
  ['a guess that is no formula', ['--guess', 'a +'], 'error FORMULA_SYNTAX: expected a number, a name or "(", found the end\n  at --guess, column 4\n  hint: a formula looks like 2.5 * x^2 + cos(x): products are written with *, names that are no words in backticks\n'],
  ['a guess of an unknown name', ['--guess', 'a + aa'], 'error FORMULA_UNKNOWN_NAME: unknown name "aa"\n  at --guess, column 5\n  hint: did you mean "a"?\n'],
  ['a guess of an operator that is not allowed', ['--guess', 'tanh(a)'], 'error GUESS_NOT_ALLOWED: the guess "tanh(a)" uses tanh, which formulas may not\n  hint: name it in --operators, with the others\n'],
  ['a guess that is too complex', ['--guess', 'a + b', '--max-complexity', '2'], 'error GUESS_NOT_ALLOWED: the guess "a + b" has complexity 3, more than 2\n  hint: allow more with --max-complexity\n'],
  ['a guess that is too deep', ['--guess', 'a + b', '--max-depth', '1'], 'error GUESS_NOT_ALLOWED: the guess "a + b" is nested deeper than is allowed\n  hint: see --max-depth and --nesting\n'],
  ['a guess without what is required', ['--guess', 'a', '--require', 'b'], 'error GUESS_NOT_ALLOWED: the guess "a" does not read b, which is required\n  hint: take it out of --require, or into the guess\n'],
  ['a guess of a forbidden pair', ['--guess', 'a * b', '--forbid', 'a:b'], 'error GUESS_NOT_ALLOWED: the guess "a * b" reads both a and b\n  hint: take the pair out of --forbid\n'],
  ['a guess that breaks the rule', ['--guess', 'a + b', '--units', 'a=m, b=s'], 'error GUESS_NOT_ALLOWED: the guess "a + b" is wrong in its dimensions\n  hint: check the units, or let it pass with --dimensions penalty\n'],
  ['a guess without a value', ['--guess', 'log(a - 3)'], 'error GUESS_NOT_ALLOWED: the guess "log(a - 3)" has no value at row 1\n  hint: write it with constants with which it is a number at every row\n'],
  ['a transform of the name of a feature', ['--transform', 'a = b'], 'error KNOWLEDGE_NAME_TAKEN: the name "a" is taken by a feature\n  hint: choose another name\n'],
  ['a transform of the name of a function', ['--transform', 'sin = b'], 'error KNOWLEDGE_NAME_TAKEN: the name "sin" is taken by a function\n  hint: choose another name\n'],
  ['two transforms of one name', ['--transform', 'd = b', '--transform', 'd = a'], 'error KNOWLEDGE_NAME_TAKEN: the name "d" is taken by another transform\n  hint: choose another name\n'],
  ['a transform of itself', ['--transform', 'd = d + a'], 'error KNOWLEDGE_CONTRADICTION: the transform "d" reads itself\n  hint: a transform reads features and the transforms before it\n'],
  ['transforms in a circle', ['--transform', 'd = f + a', '--transform', 'f = d'], 'error KNOWLEDGE_CONTRADICTION: the transform "d" reads "f", which is given after it\n  hint: a transform reads features and the transforms before it\n'],
  ['a transform of an unknown name', ['--transform', 'd = a + bb'], 'error FORMULA_UNKNOWN_NAME: unknown name "bb"\n  at --transform d, column 6\n  hint: did you mean "b"?\n'],
  ['a transform without a value', ['--transform', 'd = log(a - 1)'], 'error TRANSFORM_UNDEFINED: the transform "d" is -Infinity at row 1 of what is searched\n  hint: choose one that is a number wherever the model is asked, or give a domain\n'],
  ['a transform that is wrong in its dimensions', ['--transform', 'd = a - b', '--units', 'a=m, b=s'], "error KNOWLEDGE_CONTRADICTION: the transform \"d\" is wrong in its dimensions: m meets s\n  hint: constants in it are pure numbers; say its unit with --units 'd=UNIT' if it is right\n"],
  ['a template without holes', ['--template', 'a + sin(b)'], 'error TEMPLATE_WITHOUT_HOLES: the template "a + sin(b)" leaves nothing to be found\n  at --template\n  hint: write a hole as a function of a name of its own, such as f(x, y) + g(z)\n'],
  ['a template with a hole of two kinds', ['--template', 'f(a) + f(a, b)'], 'error FORMULA_ARGUMENTS: f takes 1 argument, found 2\n  at --template\n  hint: write f(a)\n'],
  ['a template of an unknown name', ['--template', 'f(aa)'], 'error FORMULA_UNKNOWN_NAME: unknown name "aa"\n  at --template, column 3\n  hint: did you mean "a"?\n'],
  ['a template that is no formula', ['--template', 'f(a'], 'error FORMULA_SYNTAX: expected ")", found the end\n  at --template, column 4\n  hint: a formula looks like 2.5 * x^2 + cos(x): products are written with *, names that are no words in backticks\n'],
  ['an operator of the name of a function', ['--operator', 'exp(x) = x'], 'error KNOWLEDGE_NAME_TAKEN: the name "exp" is taken by a function\n  hint: choose another name\n'],
  ['two operators of one name', ['--operator', 'f(x) = x + 1', '--operator', 'f(x, y) = x + y'], 'error KNOWLEDGE_NAME_TAKEN: the name "f" is taken by another operator\n  hint: choose another name\n'],
  ['an operator of itself', ['--operator', 'soft(x) = soft(x) + 1'], 'error FORMULA_UNKNOWN_FUNCTION: unknown function "soft"\n  at --operator soft, column 2\n  hint: did you mean "sqrt"?\n'],
  ['an operator that reads something else', ['--operator', 'soft(x) = log(y)'], 'error FORMULA_UNKNOWN_NAME: unknown name "y"\n  at --operator soft, column 6\n  hint: known are: x\n'],
]; // prettier-ignore

describe('math refuses of what is known', () => {
  let work: WorkFolder;
  beforeEach(() => {
    work = createWorkFolder();
    writeFileSync(join(work.path, 't.csv'), 'a,b,y\n1,2,3\n2,5,7\n4,1,5\n3,3,6\n');
    writeLinearNetwork(work.path);
  });
  afterEach(() => {
    work.remove();
  });
  const refuses = async (words: readonly string[], text: string, exit: number): Promise<void> => {
    const before = work.snapshot();
    const { code, stdout, stderr } = await work.run(['math', ...words]);
    expect(stderr).toBe(text);
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(work.snapshot()).toEqual(before);
  };
  const TABLE = ['--data', 't.csv', '--target', 'y'];

  it.each(USAGE)('%s', async (_, words, text) => {
    await refuses([...TABLE, ...words], text, 2);
  });

  it.each(INPUT)('%s', async (_, words, text) => {
    await refuses([...TABLE, ...words], text, 3);
  });

  it('units of a manifest that are no units, or too many', async () => {
    const write = (units: unknown): void => {
      const input = { name: 'x', shape: [2], domain: { min: -2, max: 2 }, units };
      const layers = [{ weights: 'hidden.csv' }, { weights: 'scores.csv' }];
      writeFileSync(join(work.path, 'n.json'), JSON.stringify({ input, layers }));
    };
    write(['m', 'sec0nd']);
    await refuses(['n.json'], 'error UNIT_UNKNOWN: unknown unit "sec0nd"\n  at input.units\n  hint: did you mean "second"?\n', 3); // prettier-ignore
    write(['m', 's', 'kg']);
    await refuses(['n.json'], 'error UNITS_COUNT: 3 units for 2 cells\n  at n.json, input.units, row 1, column 70\n  hint: give one unit for all cells, or one for each\n', 3); // prettier-ignore
  });
});
