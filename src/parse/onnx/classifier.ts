/**
 * The tail that exporters put behind a classifier: the label looked up by ArgMax among the classes, and
 * scores zipped with them. A label is no tensor of the function but its decision, so that
 *
 *   scores ─▶ ArgMax ─▶ ArrayFeatureExtractor(classes) ─▶ label      becomes      decision: argmax, labels: classes
 *   scores ─▶ ZipMap ─▶ probabilities                                             probabilities = scores
 *
 * An index that ArgMax gives beside the scores is their decision, too.
 */
import type { Place } from '../../diagnostics/diagnostic.js';
import { DEFAULT_DOMAINS, ML_DOMAIN } from './model.js';
import type { GraphMessage, NodeMessage, ValueInfoMessage } from './schema.js';
import { readTensor } from './tensor.js';

/** What is left of a graph without its labels, and what these said. */
export interface Classifier {
  readonly graph: GraphMessage;
  /** The first output's scores are compared, the first largest wins. */
  readonly isArgmax: boolean;
  /** Texts of the classes; absent where they are 0, 1, .. */
  readonly labels?: readonly string[];
}

/** Operators that hand on what they are given, but for its shape. */
const PASSING = new Set(['Identity', 'Reshape', 'Squeeze', 'Unsqueeze', 'Flatten']);

/** `TensorProto.DataType` of float and double. */
const FLOATS = new Set([1, 11]);

/** Element type of texts. */
const STRING = 8;

interface Label {
  /** The value whose largest cell is looked for. */
  readonly scores: string;
  /** `undefined` for the bare index. */
  readonly classes: readonly string[] | undefined;
}

/** Takes labels out of a graph; `undefined` where there are none that follow from its scores. */
export function splitClassifier(graph: GraphMessage, place: Place): Classifier | undefined {
  const tail = new Tail(graph, place);
  const labels = new Map<ValueInfoMessage, Label>();
  for (const output of graph.output) {
    const label = tail.labelOf(output.name);
    if (label !== undefined) labels.set(output, label);
  }
  const zipped = tail.zippedClasses(graph.output.find((output) => !labels.has(output))?.name);
  const found = [...labels.values()].at(0);
  if (found === undefined) return zipped && { graph, isArgmax: false, labels: zipped };
  const rest = graph.output.filter((output) => !labels.has(output));
  const same = [...labels.values()].every(
    ({ scores, classes }) => scores === found.scores && classes?.join('\0') === found.classes?.join('\0'), // prettier-ignore
  );
  if (!same) return undefined;
  const classes = found.classes === undefined || isCount(found.classes) ? undefined : found.classes;
  const words = classes === undefined ? {} : { labels: classes };
  if (rest.length === 0) {
    // Of a bare index the caller wants no more than that.
    if (found.classes === undefined) return undefined;
    const output: ValueInfoMessage = { name: found.scores, type: undefined };
    return { graph: { ...graph, output: [output] }, isArgmax: true, ...words };
  }
  if (tail.rootOf(rest[0].name) !== found.scores) return undefined;
  return { graph: { ...graph, output: rest }, isArgmax: true, ...words };
}

/** Whether classes are 0, 1, .., as indices are. */
function isCount(classes: readonly string[]): boolean {
  return classes.every((text, index) => text === String(index));
}

class Tail {
  private readonly producers = new Map<string, NodeMessage>();

  constructor(
    private readonly graph: GraphMessage,
    private readonly place: Place,
  ) {
    for (const node of graph.node) for (const name of node.output) this.producers.set(name, node);
  }

  /** The value that another one only passes on. */
  rootOf(name: string): string {
    return this.back(name, (node) => {
      if (isML(node, 'ZipMap')) return true;
      return isOwn(node) && (PASSING.has(node.opType) || isFloatCast(node));
    });
  }

  labelOf(name: string): Label | undefined {
    const found = this.producers.get(this.back(name, isPassingIndex));
    if (found === undefined) return undefined;
    if (isOwn(found, 'ArgMax')) return this.argMax(found, undefined);
    const isLookUp = isML(found, 'ArrayFeatureExtractor') || isOwn(found, 'Gather');
    if (!isLookUp || found.input.length !== 2) return undefined;
    const classes = this.classes(found.input[0]);
    const index = this.producers.get(this.back(found.input[1], isPassingIndex));
    if (classes === undefined || index === undefined || !isOwn(index, 'ArgMax')) return undefined;
    return this.argMax(index, classes);
  }

  /** The classes with which an output is zipped, where they say more than 0, 1, .. */
  zippedClasses(name: string | undefined): readonly string[] | undefined {
    const node = name === undefined ? undefined : this.producers.get(name);
    if (node === undefined || !isML(node, 'ZipMap')) return undefined;
    const [attribute] = node.attribute;
    const { ints = [], strings = [] } = attribute as Partial<typeof attribute>;
    const classes = strings.length > 0 ? strings : ints.map(String);
    return classes.length === 0 || isCount(classes) ? undefined : distinct(classes);
  }

  private argMax({ input, attribute }: NodeMessage, classes: Label['classes']): Label | undefined {
    const valueOf = (name: string): number => attribute.find((own) => own.name === name)?.i ?? 0;
    if (valueOf('select_last_index') !== 0) return undefined;
    // Behind a batch the scores are the one other axis: checked when their shape is known.
    return Math.abs(valueOf('axis')) === 1 ? { scores: this.rootOf(input[0]), classes } : undefined;
  }

  /** The texts of a constant of classes. */
  private classes(name: string): readonly string[] | undefined {
    const tensor = this.graph.initializer.find((one) => one.name === name);
    if (tensor === undefined) return undefined;
    if (tensor.dataType === STRING) return distinct(tensor.stringData);
    if (tensor.externalData.length > 0) return undefined;
    return distinct(Array.from(readTensor(tensor, name, this.place).data, String));
  }

  private back(name: string, passes: (node: NodeMessage) => boolean): string {
    let root = name;
    const seen = new Set<string>();
    for (let node = this.producers.get(root); node !== undefined && passes(node) && !seen.has(root);) {
      seen.add(root);
      [root] = node.input;
      node = this.producers.get(root);
    } // prettier-ignore
    return root;
  }
}

function isPassingIndex(node: NodeMessage): boolean {
  return isOwn(node) && (PASSING.has(node.opType) || node.opType === 'Cast');
}

function isFloatCast(node: NodeMessage): boolean {
  return node.opType === 'Cast' && FLOATS.has(node.attribute.at(0)?.i ?? 0);
}

/** Whether a node is of ONNX's own operators, or of one of them. */
function isOwn({ domain, opType }: NodeMessage, operator = opType): boolean {
  return DEFAULT_DOMAINS.includes(domain) && opType === operator;
}

function isML({ domain, opType }: NodeMessage, operator: string): boolean {
  return domain === ML_DOMAIN && opType === operator;
}

/** Classes that can serve as labels. */
function distinct(texts: readonly string[]): readonly string[] | undefined {
  return texts.length > 0 && new Set(texts).size === texts.length ? texts : undefined;
}
