/** Inputs with names are read by name, and short sums over them are spelled out. */
import { describe, expect, it } from 'vitest';
import { PASSES, runPasses } from '../../../src/infer/passes/index.js';
import {
  accumulate, add, array, compare, conditional, element, giveBack, loop, loopOver, num, ref, symbol, variable,
} from '../../../src/ir/program-builders.js'; // prettier-ignore
import type { Program, ProgramSymbol, Statement } from '../../../src/ir/program.js';
import { dumpProgram } from '../../../src/ir/program-dump.js';
import { evaluateProgram } from '../../helpers/evaluate-program.js';
import { modelOf } from './graphs.js';

const NAMES = ['fever', 'cough', 'vaccinated', 'pregnant', 'elderly', 'asthma', 'smoker', 'obese'];

function programOf(
  features: boolean,
  body: (patient: ProgramSymbol) => readonly Statement[],
): Program {
  const patient = symbol('patient', 'number', [8]);
  const model = modelOf({ shape: [8] }, { shape: [1] });
  const [input] = model.inputs;
  return {
    interface: { ...model, inputs: [features ? { ...input, features: NAMES } : input] },
    parameters: [patient],
    tables: [],
    body: body(patient),
  };
}

/** A loop that adds cells from .. to − 1 of the input to a new accumulator. */
function sumOf(patient: ProgramSymbol, from: number, to: number): [ProgramSymbol, Statement[]] {
  const total = symbol('total');
  const i = symbol('i');
  return [
    total,
    [variable(total, 0), loop(i, from, to, [accumulate(total, [], element(patient, ref(i)))])],
  ];
}

function finish(program: Program): Program {
  return runPasses(program, { tolerance: 1e-6 });
}

const CELLS = [1, 0, 1, 1, 0, 1, 1, 0];

describe('inputs with names', () => {
  it('are read by name, short sums spelled out and put where they are read', () => {
    const build = (features: boolean): Program =>
      programOf(features, (patient) => {
        const [total, statements] = sumOf(patient, 0, 2);
        const healthy = compare('===', ref(total), num(0));
        const value = conditional(healthy, element(patient, 2), num(7));
        return [...statements, giveBack(array(value))];
      });
    const text = dumpProgram(finish(build(true)));
    expect(text).toContain('fever + cough');
    expect(text).not.toContain('total');
    expect(text).toContain('const vaccinated: number = patient[2]');
    expect(evaluateProgram(finish(build(true)), [CELLS])).toEqual([7]);
    expect(dumpProgram(finish(build(false)))).toContain('total');
  });

  it('stay in loops where the sum is long', () => {
    const program = programOf(true, (patient) => {
      const [total, statements] = sumOf(patient, 1, 8);
      return [...statements, giveBack(array(ref(total)))];
    });
    expect(dumpProgram(finish(program))).toContain('for ');
    expect(evaluateProgram(finish(program), [CELLS])).toEqual([4]);
  });

  it('follow lists, and accumulators that are written twice', () => {
    const program = programOf(true, (patient) => {
      const [total, statements] = sumOf(patient, 0, 2);
      const k = symbol('k');
      const listed = loopOver(k, [4, 6], [accumulate(total, [], element(patient, ref(k)))]);
      return [...statements, listed, giveBack(array(add(ref(total), ref(total))))];
    });
    const spelled = PASSES.find(({ name }) => name === 'spell-feature-sums');
    expect(spelled).toBeDefined();
    const text = dumpProgram(finish(program));
    expect(text).toContain('elderly + smoker');
    expect(text).not.toContain('for ');
    expect(evaluateProgram(finish(program), [CELLS])).toEqual([4]);
  });
});
