/** Runs an emitted module beside the reference forward pass, on every input or on seeded ones. */
import type { Compiled } from '../../src/compile.js';
import type { CellDomain } from '../../src/ir/model-interface.js';
import { cellDomain, sizeOf } from '../../src/ir/model-interface.js';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import { compareAnswers } from '../../src/verify/compare-answers.js';
import { createRunner, loadModule } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';

type Probe = readonly Float64Array[];

export interface Agreement {
  readonly inputs: number;
  /** Inputs on which scores or decision differ by more than the tolerance allows. */
  readonly mismatches: number;
  readonly largestError: number;
}

/** Compares on all inputs where there are at most `limit`, else on `limit` seeded ones. */
export async function agreementOf(
  network: Network,
  compiled: Compiled,
  limit: number,
): Promise<Agreement> {
  const module = await loadModule(compiled.code, compiled.weights);
  const run = createRunner(module, network);
  const teacher = createTeacher(network);
  const probes = probesOf(network, limit);
  let mismatches = 0;
  let largestError = 0;
  for (const probe of probes) {
    const { mismatch, error } = compareAnswers(network, teacher, probe, run, 1e-6);
    if (mismatch !== undefined) mismatches++;
    largestError = Math.max(largestError, error);
  }
  return { inputs: probes.length, mismatches, largestError };
}

/** Every input of a small finite domain, else seeded ones of every density. */
export function probesOf(network: Network, limit: number): Probe[] {
  const cells = network.inputs.map(({ shape, domain }) =>
    Array.from({ length: sizeOf(shape) }, (_, cell) => cellDomain(domain, cell)),
  );
  const total = cells
    .flat()
    .reduce((product, domain) => product * (domain.kind === 'values' ? domain.values.length : Infinity), 1); // prettier-ignore
  if (total <= limit) return Array.from({ length: total }, (_, index) => probeAt(cells, index));
  const random = createRandom(20);
  return Array.from({ length: limit }, () => {
    const density = random.unit();
    return cells.map((own) =>
      Float64Array.from(own, (domain) => {
        switch (domain.kind) {
          case 'values': {
            const { values } = domain;
            return random.unit() < density ? values[values.length - 1] : values[random.below(values.length)]; // prettier-ignore
          }
          case 'interval':
            return domain.min + (domain.max - domain.min) * random.unit();
          case 'real':
            return 10 * random.normal();
        }
      }),
    );
  });
}

/** The input of a number, its digits in the mixed base of the domains. */
function probeAt(cells: readonly (readonly CellDomain[])[], index: number): Probe {
  let rest = index;
  return cells.map((own) =>
    Float64Array.from(own, (domain) => {
      if (domain.kind !== 'values') throw new Error('the domain is not finite');
      const { values } = domain;
      const value = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      return value;
    }),
  );
}
