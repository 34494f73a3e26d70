/**
 * The proof that `predict` decides as the network does on the whole domain, for rules over bounded inputs
 * and networks of rectified sums: region by region (`region-walk.ts`) the class that the text names must be
 * the best there, or closer to the best than what is said of it. A last activation that only rises changes no
 * order of scores, and brings none further apart.
 */
import { decisionsOf } from '../../ir/decision.js';
import type { Decision } from '../../ir/model-interface.js';
import type { StagedNetwork } from '../../ir/network.js';
import type { ProvedDecisions } from '../../ir/verdict.js';
import { labelOf } from '../run-module.js';
import { Context } from './context.js';
import { settled } from './decisions.js';
import type { Form } from './forms.js';
import type { RunOptions } from './interpreter/index.js';
import { FUEL, callExport, nest, runModule } from './interpreter/index.js';
import { addCells, evaluateNetwork } from './network-side.js';
import type { Num } from './num.js';
import { RUN_STEPS, followRegions, haveRegions, regionBudget } from './prove-regions.js';
import type { ModuleSyntax } from './syntax.js';
import { ModuleError, OutOfFuel, Stopped, Undecided } from './undecided.js';

/** Scores closer than this may be decided either way: the contract's default tolerance. */
const CLOSE = 1e-6;

/** What the floats of a last activation may take for equal: it counts as that close. */
const SATURATED = 2 ** -48;

/** Steps of the proof for a short text: some seconds, since few rules may decide over many regions. */
const STEPS = 2 ** 31;

/** How many regions there are and how close scores may be decided otherwise; undefined without a proof. */
export function proveDecisions(
  network: StagedNetwork,
  module: ModuleSyntax,
  options: RunOptions,
): ProvedDecisions | undefined {
  const beneath = beneathActivation(network);
  if (beneath === undefined) return undefined;
  try {
    return new DecisionProof(beneath, module, options).run();
  } catch (error) {
    // What cannot be proved, for whatever reason, is still measured.
    const isOpen = error instanceof Undecided || error instanceof Stopped || error instanceof OutOfFuel || error instanceof ModuleError; // prettier-ignore
    if (!isOpen) throw error;
    return undefined;
  }
}

/**
 * The network without a last activation that only rises, and its decision on the sums below; undefined where
 * that is not known.
 */
function beneathActivation(network: StagedNetwork): StagedNetwork | undefined {
  const { decision, results, layers } = network;
  if (decision.kind === 'none') return undefined;
  const [{ kind, index }] = results;
  const last = kind === 'layer' ? layers[index] : undefined;
  if (last === undefined || last.kind !== undefined) return network;
  const { activation } = last;
  if (!['softmax', 'sigmoid', 'tanh'].includes(activation.kind)) return network;
  const below = decisionBelow(decision, activation.kind);
  if (below === undefined) return undefined;
  const changed = { ...last, activation: { kind: 'identity' as const } };
  return { ...network, decision: below, layers: layers.with(index, changed) };
}

function decisionBelow(decision: Decision, activation: string): Decision | undefined {
  if (decision.kind === 'argmax' || decision.kind === 'argmin') return decision;
  if (decision.kind === 'sign') return activation === 'tanh' ? decision : undefined;
  if (decision.kind !== 'threshold' || activation !== 'sigmoid') return undefined;
  const { threshold } = decision;
  if (!(threshold > 0 && threshold < 1)) return undefined;
  return { kind: 'threshold', threshold: Math.log(threshold / (1 - threshold)) };
}

class DecisionProof {
  private readonly context = new Context();

  constructor(
    private readonly network: StagedNetwork,
    private readonly module: ModuleSyntax,
    private readonly options: RunOptions,
  ) {}

  run(): ProvedDecisions | undefined {
    const { context, network, module, options } = this;
    const tick = (): void => {
      if (options.shouldStop?.() === true) throw new Stopped('stopped before a decision');
    };
    const budget = regionBudget(STEPS, module.text.length, tick);
    const cells = addCells(context, network);
    const { machine, ...running } = runModule(module, { ...options, context });
    const [scores] = evaluateNetwork(context, network, cells, budget, tick).outputs;
    const atoms = cells.flatMap((one) => one.map((cell) => cell.atom));
    if (!haveRegions(context, atoms, scores)) return undefined;
    const run = () => {
      machine.steps = FUEL;
      const inputs = network.inputs.map((input, k) => nest(machine, cells[k], input.shape));
      const answer = callExport({ machine, ...running }, 'predict', inputs);
      budget.spend(RUN_STEPS * (FUEL - machine.steps));
      return settled(context, answer);
    };
    let [regions, apart, isProved] = [0, 0, true];
    followRegions(context, atoms, CLOSE, budget, run, (walk, answer) => {
      regions++;
      const chosen = decisionsOf(network).find((index) => labelOf(network, index) === answer);
      const leads = chosen === undefined ? undefined : this.leadsOf(chosen, scores);
      const linears = leads?.map(({ form, err }) => ({ err, ...walk.linear(form) }));
      const most = (linears ?? []).map(({ terms, slop, err }) => walk.inputs.most(terms) + slop + err); // prettier-ignore
      isProved = linears !== undefined && most.every((lead) => lead <= CLOSE);
      apart = Math.max(apart, ...most);
      return isProved;
    });
    return isProved ? { regions, apart: apart + SATURATED } : undefined;
  }

  /** How much better other decisions are than the chosen one: forms that must not be above 0. */
  private leadsOf(chosen: number, scores: readonly Num[]): readonly Lead[] {
    const { decision } = this.network;
    const [first] = scores;
    switch (decision.kind) {
      case 'argmax':
        return scores.map((score) => this.lead([[score, 1], [scores[chosen], -1]])); // prettier-ignore
      case 'argmin':
        return scores.map((score) => this.lead([[score, -1], [scores[chosen], 1]])); // prettier-ignore
      case 'threshold':
        return chosen === 1
          ? [this.lead([[first, -1]], decision.threshold)]
          : [this.lead([[first, 1]], -decision.threshold)];
      case 'sign':
        return [1, -1]
          .filter((side) => side !== chosen)
          .map((side) => this.lead([[first, side]], 0));
      case 'none':
        return [];
    }
  }

  private lead(parts: readonly (readonly [Num, number])[], constant = 0): Lead {
    const forms = parts.map(([num, factor]) => [this.context.flatten(num), factor] as const);
    const { accumulator } = this.context;
    for (const [form, factor] of forms) accumulator.addForm(form, factor);
    accumulator.addConstant(constant);
    const err = parts.reduce((sum, [num]) => sum + num.err, 0);
    return { form: accumulator.finish(), err };
  }
}

interface Lead {
  readonly form: Form;
  readonly err: number;
}
