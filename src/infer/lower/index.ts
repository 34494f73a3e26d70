/** Model → Program, plain and correct; the passes shorten it. */
import { array, giveBack } from '../../ir/program-builders.js';
import type { Program } from '../../ir/program.js';
import type { Model } from '../values.js';
import { Lowering } from './lowering.js';
import { lowerOutput } from './outputs.js';

/** The program of a settled model, without reductions: every sum is a loop already. */
export function lowerModel(model: Model): Program {
  const lowering = new Lowering(model);
  const results = model.outputs.map((output, index) =>
    lowerOutput(lowering, output, model.interface.outputs[index]),
  );
  const result = results.length === 1 ? results[0] : array(...results);
  return {
    interface: model.interface,
    parameters: lowering.parameters,
    tables: lowering.tables,
    body: [...lowering.top, giveBack(result)],
  };
}
