/**
 * A plain CART (Breiman, Friedman, Olshen and Stone 1984), to compare with: Gini's impurity, thresholds half
 * way between neighbouring values, the node that gains most split first, minimal cost-complexity pruning by
 * errors. Nothing of it is shared with the student.
 */

/** Leaves that it grows to before it is pruned: its errors on the rows hardly fall any more. */
const GROWN_LEAVES = 1024;

interface Node {
  readonly prediction: number;
  /** Rows of other classes. */
  readonly errors: number;
  sides?: {
    readonly feature: number;
    readonly threshold: number;
    readonly below: Node;
    readonly above: Node;
  };
}

interface OpenNode {
  readonly node: Node;
  readonly orders: readonly Uint32Array[];
  readonly split: { readonly gain: number; readonly feature: number; readonly place: number };
}

export interface PlainTree {
  readonly predict: (columns: readonly Float64Array[]) => Float64Array;
}

/**
 * The trees of at most so many leaves that a CART may offer: grown until it has them, grown on until leaves of
 * one split that say the same, counted once, are more, and grown large and pruned.
 */
export function growPlainTrees(
  columns: readonly Float64Array[],
  target: Float64Array,
  most: number,
): readonly PlainTree[] {
  const classes = 1 + target.reduce((top, value) => Math.max(top, value), 0);
  let grown: Node | undefined;
  let told: Node | undefined;
  const root = grow(columns, target, classes, (tree, leaves) => {
    if (leaves <= most) grown = copyOf(tree);
    const short = withoutEqual(tree);
    if (leavesOf(short) <= most) told = short;
  });
  const pruned = prune(root).find((tree) => leavesOf(tree) <= most);
  return [grown, told, pruned].flatMap((tree) => (tree === undefined ? [] : [planted(tree)]));
}

function planted(root: Node): PlainTree {
  return {
    predict: (columns) =>
      Float64Array.from(columns[0], (_, row) => {
        let at = root;
        while (at.sides !== undefined) {
          const { feature, threshold, below, above } = at.sides;
          at = columns[feature][row] > threshold ? above : below;
        }
        return at.prediction;
      }),
  };
}

function grow(
  columns: readonly Float64Array[],
  target: Float64Array,
  classes: number,
  onSize: (root: Node, leaves: number) => void,
): Node {
  const marks = new Uint8Array(target.length);
  const open: OpenNode[] = [];
  const addNode = (orders: readonly Uint32Array[]): Node => {
    const counts = new Float64Array(classes);
    for (const row of orders[0]) counts[target[row]]++;
    const most = Math.max(...counts);
    const node: Node = { prediction: counts.indexOf(most), errors: orders[0].length - most };
    const split = findSplit(columns, target, orders, counts);
    if (split !== undefined) open.push({ node, orders, split });
    return node;
  };
  const rows = Uint32Array.from(target, (_, row) => row);
  const root = addNode(
    columns.map((column) => rows.slice().sort((left, right) => column[left] - column[right])),
  );
  for (let leaves = 1; leaves < GROWN_LEAVES && open.length > 0; leaves++) {
    onSize(root, leaves);
    const next = open.reduce((best, one) => (one.split.gain > best.split.gain ? one : best));
    open.splice(open.indexOf(next), 1);
    const { orders, split } = next;
    const { feature, place } = split;
    const [order, column] = [orders[feature], columns[feature]];
    const threshold = (column[order[place - 1]] + column[order[place]]) / 2;
    order.forEach((row, at) => (marks[row] = at >= place ? 1 : 0));
    const [below, above] = [0, 1].map((side) =>
      addNode(orders.map((one) => one.filter((row) => marks[row] === side))),
    );
    next.node.sides = { feature, threshold, below, above };
  }
  return root;
}

function findSplit(
  columns: readonly Float64Array[],
  target: Float64Array,
  orders: readonly Uint32Array[],
  counts: Float64Array,
): OpenNode['split'] | undefined {
  const total = orders[0].length;
  const squares = (of: Float64Array): number => of.reduce((sum, count) => sum + count * count, 0);
  const base = squares(counts) / total;
  let best: OpenNode['split'] | undefined;
  orders.forEach((order, feature) => {
    const column = columns[feature];
    const below = new Float64Array(counts.length);
    const above = counts.slice();
    let [lower, upper] = [0, squares(counts)];
    for (let place = 1; place < total; place++) {
      const row = order[place - 1];
      const index = target[row];
      lower += 2 * below[index]++ + 1;
      upper -= 2 * above[index]-- - 1;
      if (column[row] === column[order[place]]) continue;
      const gain = lower / place + upper / (total - place) - base;
      if (gain > (best?.gain ?? 1e-9)) best = { gain, feature, place };
    }
  });
  return best;
}

function leavesOf({ sides }: Node): number {
  return sides === undefined ? 1 : leavesOf(sides.below) + leavesOf(sides.above);
}

function errorsOf({ errors, sides }: Node): number {
  return sides === undefined ? errors : errorsOf(sides.below) + errorsOf(sides.above);
}

function copyOf({ prediction, errors, sides }: Node): Node {
  if (sides === undefined) return { prediction, errors };
  const [below, above] = [copyOf(sides.below), copyOf(sides.above)];
  return { prediction, errors, sides: { ...sides, below, above } };
}

/** Leaves of one split that say the same become one. */
function withoutEqual({ prediction, errors, sides }: Node): Node {
  if (sides === undefined) return { prediction, errors };
  const [below, above] = [withoutEqual(sides.below), withoutEqual(sides.above)];
  const isOne = below.sides === undefined && above.sides === undefined && below.prediction === above.prediction; // prettier-ignore
  return isOne ? { prediction, errors } : { prediction, errors, sides: { ...sides, below, above } };
}

/** The nested subtrees of minimal cost and complexity, the largest first. */
function prune(root: Node): readonly Node[] {
  const trees: Node[] = [];
  let tree = collapse(root, 0);
  for (;;) {
    trees.push(tree);
    if (tree.sides === undefined) return trees;
    tree = collapse(tree, weakest(tree) * (1 + 1e-12) + 1e-12);
  }
}

function gainOf(node: Node): number {
  return (node.errors - errorsOf(node)) / (leavesOf(node) - 1);
}

function weakest(node: Node): number {
  if (node.sides === undefined) return Infinity;
  return Math.min(gainOf(node), weakest(node.sides.below), weakest(node.sides.above));
}

function collapse({ prediction, errors, sides }: Node, price: number): Node {
  if (sides === undefined) return { prediction, errors };
  const [below, above] = [collapse(sides.below, price), collapse(sides.above, price)];
  const node: Node = { prediction, errors, sides: { ...sides, below, above } };
  return gainOf(node) > price ? node : { prediction, errors };
}
