/** RNN: the next state is a function of a sum over the row of the step and over the state. */
import { applyFunction, recurrentImporter } from '../recurrent/read.js';

export const RNN = recurrentImporter(
  'RNN',
  [],
  { gates: ['next'], states: ['hidden'], activations: ['Tanh'], peepholes: 0 },
  (_, { functions: [ofSum], states: [hidden], part, sum }) => [
    applyFunction(part('next'), sum(0, hidden), ofSum),
  ],
);
