/**
 * What the Logic student's report says of rules for a column of a table: how right they are on the rows that
 * they were learned from and on those held out, and which classes they take for which.
 */
import { tellFidelity } from '../ir/fidelity.js';
import type { LogicFindings, TableFigures, ToldRule, TreeMember } from '../ir/student.js';
import { percent, withinWords } from './logic-words.js';
import { inlineCode, table } from './markdown-table.js';
import { grouped } from './numbers.js';

/** Larger tables of classes nobody reads. */
const MOST_CLASSES = 12;

/** The heads of the columns that `tableCounts` fills. */
export function tableHeads({ heldOut }: TableFigures, decides: boolean): readonly string[] {
  const right = decides ? ['right'] : [];
  return ['rows', ...right, ...(heldOut === undefined ? [] : ['of them held out', ...right])];
}

/** The rows that a rule answers and, of classes, for how many of them it is right. */
export function tableCounts(
  { support, agreement, heldOut }: Pick<ToldRule, 'support' | 'agreement' | 'heldOut'>,
  decides: boolean,
): readonly string[] {
  const counts = [{ support, agreement }, ...(heldOut === undefined ? [] : [heldOut])];
  return counts.flatMap((one) => [
    grouped(Math.round(one.support)),
    ...(decides ? [one.support > 0 ? percent(one.agreement) : ''] : []),
  ]);
}

/** `Accuracy 0.97 on the 450 rows learned from, 0.95 on the 150 held out (95 % interval 0.9 to 0.97).` */
export function figuresSentence({ learned, heldOut }: TableFigures, decides: boolean): string {
  const what = `${decides ? 'Accuracy' : 'R²'} ${tellFidelity(learned.fidelity)}`;
  if (heldOut === undefined) {
    return `${what} on the rows, all of which were learned from: what to expect of others, cross-validation says.`;
  }
  const apart = `${tellFidelity(heldOut.fidelity)} on the ${grouped(heldOut.rows)} held out`;
  return `${what} on the ${grouped(learned.rows)} rows learned from, ${apart}${withinWords(heldOut.interval)}.`;
}

/** `, 150 of them held out; the size was chosen by cross-validation on the other 450` */
export function divisionWords({ learned, heldOut }: TableFigures): string {
  const chosen = 'the size was chosen by cross-validation';
  if (heldOut === undefined) return `, none held out; ${chosen}`;
  return `, ${grouped(heldOut.rows)} of them held out; ${chosen} on the other ${grouped(learned.rows)}`;
}

/** What each size is worth on rows that a tree of that size has not seen. */
export function renderSizes(
  front: readonly TreeMember[],
  selected: number,
  decides: boolean,
): string {
  const rows = front.map((member, at) => [
    member.leaves,
    tellFidelity(member.trainingFidelity),
    tellFidelity(member.fidelity),
    at === selected ? 'selected' : '',
  ]);
  const what = decides ? 'accuracy' : 'R²';
  const heads = ['leaves', `${what} on the rows learned from`, 'cross-validated', ''];
  return `## Front\n\n${table(heads, '--:|--:|--:|---', rows)}`;
}

/** Which classes are taken for which; empty of numbers and of many classes. */
export function renderConfusion({ table: figures, answers }: LogicFindings): string {
  const { confusion, heldOut } = figures ?? {};
  if (confusion === undefined || answers.length > MOST_CLASSES) return '';
  const rows = confusion.map((counts, own) => [
    inlineCode(answers[own]),
    ...counts.map((count) => (count === 0 ? '' : grouped(count))),
  ]);
  const title = heldOut === undefined ? 'Rows by class' : 'Held-out rows by class';
  const heads = ['table says', ...answers.map((answer) => `rules say ${inlineCode(answer)}`)];
  return `## ${title}\n\n${table(heads, `---${'|--:'.repeat(answers.length)}`, rows)}`;
}
