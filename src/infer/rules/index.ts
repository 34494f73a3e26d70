/**
 * The registry of rules: ways to say a tabulated cone in a short expression. The cheapest proposal
 * wins; at equal cost the earlier rule.
 */
import { constantRule } from './constant.js';
import { countsRule } from './counts.js';
import { numericRule } from './numeric.js';
import type { Proposal, Rule, TableProblem } from './rule.js';
import { signsRule, twoValuedRule } from './two-valued.js';

export type { Proposal, Rule, TableProblem } from './rule.js';
export { selectionRule } from './selection.js';

/** In order of precedence at equal cost. */
export const RULES: readonly { readonly name: string; readonly rule: Rule }[] = [
  { name: 'constant', rule: constantRule },
  { name: 'two-valued', rule: twoValuedRule },
  { name: 'counts', rule: countsRule },
  { name: 'signs', rule: signsRule },
  { name: 'numeric', rule: numericRule },
];

/** The cheapest proposal of all rules; `undefined` when none applies. */
export function cheapestProposal(problem: TableProblem): Proposal | undefined {
  let best: Proposal | undefined;
  for (const { name, rule } of RULES) {
    // A constant or a short condition leaves nothing for arithmetic to gain.
    if (best !== undefined && name === 'numeric' && best.cost <= CHEAP_ENOUGH) break;
    const proposal = rule(problem);
    if (proposal !== undefined && (best === undefined || proposal.cost < best.cost))
      best = proposal;
  }
  return best;
}

/** Points below which a two-valued table is not tried as arithmetic as well. */
const CHEAP_ENOUGH = 5;
