/** The explanation of one input as a few lines of text. */
import type { Explanation } from '../ir/student.js';

const DIGITS = 6;

/** Lines that end. */
export function renderExplanation(explanation: Explanation): string {
  const { input, answer, ofNetwork, path, flip } = explanation;
  const values = Object.entries(input).map(([name, value]) => `${name} = ${value}`);
  const network = ofNetwork === undefined || ofNetwork === answer ? '' : ` (the network says ${ofNetwork})`; // prettier-ignore
  const lines = [
    `${values.join(', ')}: ${answer}${network}`,
    ...path.map(({ condition, isHeld }) => `  ${condition}: ${isHeld ? 'yes' : 'no'}`),
  ];
  if (flip !== undefined) {
    const changes = flip.changes.map(({ feature, from, to }) => `${feature} from ${from} to ${Number(to.toPrecision(DIGITS))}`); // prettier-ignore
    lines.push(`${flip.ofNetwork} with ${changes.join(' and ')}, the smallest change found`);
  }
  return `${lines.join('\n')}\n`;
}
