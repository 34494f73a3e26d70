/**
 * A decision tree as a picture: the first question at the left, answers at the right, one below the other;
 * yes goes up, no goes down. One SVG document that needs no other file and follows the reader's light or
 * dark setting; the same tree gives the same bytes.
 */
import type { ToldTree } from '../../ir/student.js';
import { counted, grouped } from '../numbers.js';
import { MONOSPACE, SANS, TEXT_SIZES, themedRules } from './colours.js';
import type { Palette } from './colours.js';
import { escapeText, rectElement, textElement } from './markup.js';

export interface TreePlot {
  /** What is explained, for the heading. */
  readonly name: string;
  readonly tree: ToldTree;
  /** What answers can be, in order; answers beyond the second have the colour of text. */
  readonly answers: readonly string[];
  /** What was counted at answers; inputs by default. */
  readonly counted?: 'inputs' | 'rows';
}

const MARGIN = 24;
const HEADING = 56;
/** Height of an answer, and of the boxes. */
const ROW = 36;
const BOX = 24;
/** Width of a character of the formulas, and room within a box. */
const CHARACTER = 7.3;
const PADDING = 8;
/** Between the columns of questions. */
const GAP = 44;
const LONGEST = 44;

/** A node with its place: the middle of its left side. */
interface Placed {
  readonly node: ToldTree;
  readonly depth: number;
  readonly y: number;
  readonly sides: readonly Placed[];
}

/** The picture of a tree, ended by a newline. */
export function renderTreePlot({
  name,
  tree,
  answers,
  counted: what = 'inputs',
}: TreePlot): string {
  const leaves = countLeaves(tree);
  const root = place(tree, 0, { next: 0 });
  const all = nodesOf(root);
  const lefts = columnsOf(all);
  const right = Math.max(
    ...all.map(({ node, depth }) => lefts[depth] + widthOf(node) + noteWidth(node, what)),
  );
  const width = Math.ceil(right + MARGIN);
  const height = HEADING + leaves * ROW + MARGIN;
  const label = escapeText(`Decision tree for ${name}: ${counted(leaves, 'answer')}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">`,
    `<title>${label}</title>`,
    `<style>\n${treeStyleSheet()}\n</style>`,
    rectElement('page', 0, 0, width, height),
    textElement('heading', MARGIN, MARGIN + TEXT_SIZES.heading - 3, `${name}: ${counted(leaves, 'answer')}`), // prettier-ignore
    ...all.flatMap((one) => edges(one, lefts)),
    ...all.flatMap((one) => box(one, lefts, answers, what)),
    '</svg>\n',
  ].join('\n');
}

function countLeaves(tree: ToldTree): number {
  return tree.kind === 'leaf' ? 1 : countLeaves(tree.yes) + countLeaves(tree.no);
}

/** Answers stand in rows, questions halfway between their sides. */
function place(node: ToldTree, depth: number, rows: { next: number }): Placed {
  if (node.kind === 'leaf') {
    const y = HEADING + ROW * rows.next++ + ROW / 2;
    return { node, depth, y, sides: [] };
  }
  const sides = [place(node.yes, depth + 1, rows), place(node.no, depth + 1, rows)];
  return { node, depth, y: Math.round((sides[0].y + sides[1].y) / 2), sides };
}

function nodesOf(root: Placed): readonly Placed[] {
  return [root, ...root.sides.flatMap(nodesOf)];
}

/** Where the boxes of each depth begin: behind the widest box of the depth before. */
function columnsOf(nodes: readonly Placed[]): readonly number[] {
  const widths: number[] = [];
  for (const { node, depth } of nodes) {
    widths[depth] = Math.max(widths.at(depth) ?? 0, widthOf(node));
  }
  let left = MARGIN;
  return widths.map((width) => {
    const start = left;
    left += Math.ceil(width) + GAP;
    return start;
  });
}

function textOf(node: ToldTree): string {
  const text = node.kind === 'leaf' ? node.answer : node.condition;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function noteOf(node: ToldTree, what: string): string {
  if (node.kind === 'split') return '';
  const { support, agreement } = node;
  return `${grouped(Math.round(support))} ${what}, ${Math.floor(agreement * 1000) / 10} %`;
}

function widthOf(node: ToldTree): number {
  return Math.ceil(textOf(node).length * CHARACTER) + 2 * PADDING;
}

function noteWidth(node: ToldTree, what: string): number {
  const note = noteOf(node, what);
  return note === '' ? 0 : PADDING + Math.ceil(note.length * CHARACTER);
}

/** Elbows to both sides, with their words. */
function edges({ node, depth, y, sides }: Placed, lefts: readonly number[]): readonly string[] {
  const from = lefts[depth] + widthOf(node);
  const bend = lefts[depth + 1] - GAP / 2;
  return sides.flatMap((side, at) => {
    const end = lefts[side.depth];
    const points = `${from},${y} ${bend},${y} ${bend},${side.y} ${end},${side.y}`;
    return [
      `<polyline class="edge" points="${points}"/>`,
      textElement('caption end', end - 3, side.y - 4, at === 0 ? 'yes' : 'no'),
    ];
  });
}

function box(
  { node, depth, y }: Placed,
  lefts: readonly number[],
  answers: readonly string[],
  what: string,
): readonly string[] {
  const left = lefts[depth];
  const width = widthOf(node);
  const kind = node.kind === 'split' ? 'question' : `answer ${classOf(node.answer, answers)}`;
  const text = textElement('formula', left + PADDING, y + 4, textOf(node));
  const frame = `<rect class="${kind}" x="${left}" y="${y - BOX / 2}" width="${width}" height="${BOX}" rx="4"/>`;
  if (node.kind === 'split') return [frame, text];
  return [frame, text, textElement('caption', left + width + PADDING, y + 4, noteOf(node, what))];
}

function classOf(answer: string, answers: readonly string[]): string {
  const at = answers.indexOf(answer);
  return at === 0 ? 'first' : at === 1 ? 'second' : 'other';
}

function treeStyleSheet(): string {
  return [
    `text { font-family: ${SANS} }`,
    `.formula { font-family: ${MONOSPACE}; font-size: ${TEXT_SIZES.formula}px }`,
    `.heading { font-weight: 600; font-size: ${TEXT_SIZES.heading}px }`,
    `.caption { font-size: ${TEXT_SIZES.caption}px } .end { text-anchor: end }`,
    '.edge { fill: none; stroke-width: 1 } .question { stroke-width: 1 }',
    '.answer { stroke-width: 2 }',
    ...themedRules(rules),
  ].join('\n');
}

function rules({ page, text, muted, empty, plus, minus }: Palette): readonly string[] {
  return [
    `.page { fill: ${page} } text { fill: ${text} } .caption { fill: ${muted} }`,
    `.edge { stroke: ${muted} } .question { fill: ${empty}; stroke: ${muted} }`,
    `.answer { fill: ${page}; stroke: ${text} }`,
    `.first { stroke: ${minus} } .second { stroke: ${plus} }`,
  ];
}
