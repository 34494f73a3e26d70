/**
 * The body of `predict`: how scores become the decision. It looks at the first output, flattened; equal
 * scores give the lowest index; a label where the model has labels, else the index.
 */
import { sizeOf } from '../ir/model-interface.js';
import type { ModelInterface } from '../ir/model-interface.js';
import { scoresType } from './interface-types.js';
import type { Names } from './naming.js';
import { numberText, propertyText, stringText } from './numbers.js';

export interface PrintedPredict {
  readonly returnType: string;
  readonly doc: string;
  readonly body: string;
  /** Whether the body reads the module's `labels` constant. */
  readonly usesLabels: boolean;
}

/** Prints `predict` for a model; `call` is the text that computes its scores. */
export function printPredict(model: ModelInterface, call: string, names: Names): PrintedPredict {
  const { decision, outputs } = model;
  const [{ shape, labels, name }] = outputs;
  const first = outputs.length === 1 ? call : `${call}${memberText(name)}`;
  switch (decision.kind) {
    case 'argmax':
    case 'argmin':
      return sizeOf(shape) === 2 && shape.length === 1
        ? printPair(model, first, names)
        : printExtreme(model, first, names);
    case 'sign':
      return plain(
        'number',
        'The sign of the score.',
        `return Math.sign(${firstScore(first, shape)});`,
      );
    case 'threshold': {
      const [zero, one] = classTexts(labels);
      const score = firstScore(first, shape);
      const threshold = numberText(decision.threshold);
      return plain(
        `${zero} | ${one}`,
        `${one === '1' ? 'Class 1' : one} where the score exceeds ${threshold}.`,
        `return ${score} > ${threshold} ? ${one} : ${zero};`,
      );
    }
    case 'none':
      return plain(
        scoresType(model),
        'The scores: the model names no decision.',
        `return ${call};`,
      );
  }
}

/** Two scores, compared by name. */
function printPair(model: ModelInterface, call: string, names: Names): PrintedPredict {
  const [{ labels }] = model.outputs;
  const first = names.local(labels?.[0] ?? 'first');
  const second = names.local(labels?.[1] ?? 'second', [first]);
  const [zero, one] = classTexts(labels);
  const operator = model.decision.kind === 'argmax' ? '>=' : '<=';
  return plain(
    `${zero} | ${one}`,
    describeExtreme(model),
    `const [${first}, ${second}] = ${call};\nreturn ${first} ${operator} ${second} ? ${zero} : ${one};`,
  );
}

function printExtreme(model: ModelInterface, call: string, names: Names): PrintedPredict {
  const [{ shape, labels }] = model.outputs;
  const values = names.local('values');
  const best = model.decision.kind === 'argmax' ? 'Math.max' : 'Math.min';
  const index = `${values}.indexOf(${best}(...${values}))`;
  return {
    returnType: labels === undefined ? 'number' : '(typeof labels)[number]',
    doc: describeExtreme(model),
    body: [
      `const ${values} = ${call}${flattening(shape)};`,
      `return ${labels === undefined ? index : `labels[${index}]`};`,
    ].join('\n'),
    usesLabels: labels !== undefined,
  };
}

/** What turns the first output into a flat array: nothing for a vector. */
function flattening(shape: readonly number[]): string {
  if (shape.length < 2) return '';
  return shape.length === 2 ? '.flat()' : `.flat(${shape.length - 1})`;
}

function describeExtreme({ decision, outputs }: ModelInterface): string {
  const what = outputs[0].labels === undefined ? 'index' : 'label';
  const which = decision.kind === 'argmax' ? 'highest' : 'lowest';
  return `The ${what} of the ${which} score; equal scores give the first.`;
}

function plain(returnType: string, doc: string, body: string): PrintedPredict {
  return { returnType, doc, body, usesLabels: false };
}

/** The two classes of a decision between two: labels, or 0 and 1. */
function classTexts(labels: readonly string[] | undefined): readonly [string, string] {
  return labels !== undefined && labels.length >= 2
    ? [stringText(labels[0]), stringText(labels[1])]
    : ['0', '1'];
}

function firstScore(call: string, shape: readonly number[]): string {
  return call + '[0]'.repeat(shape.length);
}

function memberText(name: string): string {
  const property = propertyText(name);
  return property === name ? `.${name}` : `[${property}]`;
}
