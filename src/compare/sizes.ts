/**
 * Whether two models are one algorithm at two sizes: the code of the old one, with its sizes read off the
 * input, is verified against the new network; where one size does not tell enough, both together make it.
 */
import { compile } from '../compile.js';
import type { Compiled } from '../compile.js';
import { Diagnostic } from '../diagnostics/diagnostic.js';
import type { StagedNetwork } from '../ir/network.js';
import type { VerdictStatus } from '../ir/verdict.js';
import { shapesText } from '../ir/words.js';
import type { SizesReport } from '../report/index.js';
import { verify } from '../verify/index.js';
import { asModel } from './domains.js';

/** Statuses that say that a code computes a network, the strongest first. */
const AGREEING: readonly VerdictStatus[] = ['proved', 'exhaustive', 'sampled'];

/** Tries both ways; the shapes of the inputs differ, their number and axes do not. */
export async function compareSizes(old: StagedNetwork, fresh: StagedNetwork): Promise<SizesReport> {
  const [oldSize, newSize] = [old, fresh].map(({ inputs }) =>
    shapesText(inputs.map(({ shape }) => shape)),
  );
  const base = { old: oldSize, new: newSize };
  const target = asModel(fresh, old);
  let reason = '';
  const attempts: (() => Promise<Attempt>)[] = [
    async () => {
      const generic = await compile(old, { generic: true });
      const there = await verify(target, generic.code, {
        ignoreVerdictString: true,
        ...(generic.weights === undefined ? {} : { weights: generic.weights }),
      });
      return { generic, statuses: [generic.verdict.status, there.status] };
    },
    async () => {
      const generic = await compile(old, { generic: true, sizes: [target] });
      return { generic, statuses: [generic.verdict.status] };
    },
  ];
  for (const [index, attempt] of attempts.entries()) {
    try {
      const { generic, statuses } = await attempt();
      if (!statuses.every((status) => AGREEING.includes(status))) {
        reason = `the code of ${oldSize} does not compute the model of ${newSize}`;
        continue;
      }
      const rank = Math.max(...statuses.map((status) => AGREEING.indexOf(status)));
      const fromOldAlone = index === 0;
      return { ...base, status: AGREEING[rank], fromOldAlone, constants: constantsOf(generic) };
    } catch (error) {
      if (!(error instanceof Diagnostic)) throw error;
      reason = error.message;
    }
  }
  return { ...base, status: 'unknown', fromOldAlone: false, constants: [], reason };
}

interface Attempt {
  readonly generic: Compiled;
  readonly statuses: readonly VerdictStatus[];
}

function constantsOf({ report }: Compiled): SizesReport['constants'] {
  return (report.generic?.constants ?? []).map(({ expression, values }) => ({
    expression,
    old: values[0],
    new: values.length > 1 ? values[1] : null,
  }));
}
