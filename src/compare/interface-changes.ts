/** What changed of what a model says of itself: shapes, domains, labels, the decision, names. */
import type { Decision, Domain, ModelInterface } from '../ir/model-interface.js';
import { toldName } from '../ir/told.js';
import { shapesText } from '../ir/words.js';
import type { InterfaceChange } from '../report/index.js';
import { contains, sameShapes } from './domains.js';

/** More names than this are cut. */
const SHOWN = 6;

/** Every property that differs, what answers depend on first. */
export function interfaceChanges(
  old: ModelInterface,
  fresh: ModelInterface,
): readonly InterfaceChange[] {
  const changes: InterfaceChange[] = [];
  const compare = (what: string, one: string, two: string, isName = false): void => {
    if (one !== two) changes.push({ what, old: one, new: two, isName });
  };
  const shapes = ({ inputs }: ModelInterface): string => shapesText(inputs.map(({ shape }) => shape)); // prettier-ignore
  const outputs = (model: ModelInterface): string =>
    shapesText(model.outputs.map(({ shape }) => shape));
  compare('the shape of the input', shapes(old), shapes(fresh));
  compare('the shape of the output', outputs(old), outputs(fresh));
  if (sameShapes(old, fresh) && !(contains(old, fresh) && contains(fresh, old))) {
    compare('the domain of the input', domains(old), domains(fresh));
    // Domains cell by cell read alike and differ all the same.
    if (domains(old) === domains(fresh)) changes.push({ what: 'the domain of the input', old: 'its domains', new: 'others for some cells', isName: false }); // prettier-ignore
  }
  compare('the decision', decisionText(old.decision), decisionText(fresh.decision));
  const labels = ({ outputs }: ModelInterface): Words => outputs.map((output) => output.labels);
  const isReordered = sorted(labels(old)) === sorted(labels(fresh));
  compare(`${isReordered ? 'the order of the' : 'the'} labels`, labelsText(old), labelsText(fresh));
  compare('the name', toldName(old.name), toldName(fresh.name), true);
  const tensors = ({ inputs }: ModelInterface): string => inputs.map(({ name }) => toldName(name)).join(', '); // prettier-ignore
  compare('the name of the input', tensors(old), tensors(fresh), true);
  for (const [what, words] of [
    ['features', features],
    ['axes', axes],
  ] as const) {
    // The same names in another order: the same numbers now mean something else.
    const isReordered = sorted(words(old)) === sorted(words(fresh));
    const [one, two] = [old, fresh].map((model) => words(model).map((names) => names === undefined ? 'none' : cut(names)).join('; ')); // prettier-ignore
    if (JSON.stringify(words(old)) === JSON.stringify(words(fresh))) continue;
    changes.push({ what: `the ${isReordered ? 'order' : 'names'} of the ${what}`, old: one, new: two, isName: !isReordered }); // prettier-ignore
  }
  return changes;
}

function decisionText(decision: Decision): string {
  return decision.kind === 'threshold' ? `threshold ${decision.threshold}` : decision.kind;
}

function domains({ inputs }: ModelInterface): string {
  return inputs.map(({ domain }) => domainText(domain)).join(', ');
}

function domainText(domain: Domain): string {
  switch (domain.kind) {
    case 'values':
      return domain.values.length > SHOWN
        ? `${domain.values.length} values from ${domain.values[0]} to ${domain.values[domain.values.length - 1]}`
        : domain.values.join(' or ');
    case 'interval':
      return `${domain.min} to ${domain.max}`;
    case 'real':
      return 'any number';
    case 'per-cell': {
      const texts = new Set(domain.cells.map(domainText));
      return texts.size === 1 ? [...texts][0] : `${texts.size} domains by cell`;
    }
  }
}

function labelsText({ outputs }: ModelInterface): string {
  return outputs.map(({ labels }) => (labels === undefined ? 'none' : cut(labels))).join('; ');
}

type Words = readonly (readonly string[] | undefined)[];

function features({ inputs }: ModelInterface): Words {
  return inputs.map((input) => input.features);
}

function axes({ inputs }: ModelInterface): Words {
  return inputs.map((input) => input.axes);
}

function sorted(words: Words): string {
  return JSON.stringify(words.map((names) => [...(names ?? [])].sort()));
}

/** The first names, and how many more; what stands behind them is told by position. */
function cut(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map(toldName).join(', ');
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}
