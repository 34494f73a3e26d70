/** What `--generic` made of the sizes: every constant, its expression, and who confirmed it. */
import type { Program } from '../ir/program.js';
import { shapesText } from '../ir/words.js';
import { longTable } from './comment.js';
import { escapeMarkdown } from './escape.js';
import { inlineCode } from './markdown-table.js';
import type { ConstantReport, GenericReport } from './types.js';

/** A constant as the generaliser hands it over. */
export interface ExplainedConstant {
  readonly values: readonly number[];
  readonly expression: string;
  readonly places: readonly string[];
  readonly confirmed: boolean;
}

/** The report's part on sizes; `undefined` for a program of fixed size. */
export function describeGeneric(
  { sizes }: Program,
  constants: readonly ExplainedConstant[],
): GenericReport | undefined {
  if (sizes === undefined) return undefined;
  const texts = sizes.sources.map(({ shapes }) => shapesText(shapes));
  return {
    sizes: texts,
    indistinct: sizes.indistinct.map((group) => group.map(({ hint }) => hint)),
    constants: constants.map(({ values, expression, places, confirmed }) => ({
      values,
      expression,
      places,
      confirmedBy: confirmed ? texts : [],
    })),
  };
}

/** The part as a section of the Markdown report, without line end. */
export function renderGeneric({ sizes, indistinct, constants }: GenericReport): string {
  const rows = constants.map((constant) => [
    constant.values.join(', '),
    inlineCode(constant.expression),
    constant.places.map(inlineCode).join(', '),
    trustText(constant),
  ]);
  const list = longTable(
    'constant',
    ['value', 'expression', 'where', 'confirmed by'],
    '---|---|---|---',
    rows,
  );
  return [
    '## Sizes',
    '',
    `Compiled from ${sizes.join(', ')}. Every constant that depends on the size, with its value at ${sizes.length === 1 ? 'this size' : 'these sizes'}:`,
    '',
    list,
    ...indistinct.flatMap((group) => ['', `${escapeMarkdown(group.join(' and '))} were equal at every size given: which of them stands where follows from the loops, and is a hypothesis.`]),
  ].join('\n'); // prettier-ignore
}

function trustText({ confirmedBy }: ConstantReport): string {
  return confirmedBy.length === 0 ? 'hypothesis' : confirmedBy.join(', ');
}
