/** Certificates on the command line: made for what is compiled, and read to be checked. */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Claim } from '../ir/certificate.js';
import type { StagedNetwork } from '../ir/network.js';
import { renderCertificate } from '../report/certificate.js';
import type { CliIo } from './io.js';
import { createProgress } from './progress.js';
import { readText } from './read-file.js';
import type { ModuleTexts } from './write-module.js';

/**
 * The text of a certificate of a module for every model it was compiled from. All of it is worked out anew
 * from the texts. @throws Diagnostic `CERTIFICATE_NOTHING` where a verdict is none that can be certified.
 */
export async function makeCertificate(
  networks: readonly StagedNetwork[],
  { code, weights }: ModuleTexts,
  tolerance: number | undefined,
  io: CliIo,
): Promise<string> {
  const { certificateOf, certify } = await import('../verify/index.js');
  const sibling = weights === undefined ? {} : { weights };
  const progress = createProgress(io);
  const claims: Claim[] = [];
  try {
    for (const network of networks) {
      const { verdict, claim } = await certify(network, code, {
        ...sibling,
        ...(tolerance === undefined || tolerance === 0 ? {} : { tolerance }),
        onProgress: (done, total) => progress.report('certify', done, total),
      });
      if (claim === undefined) {
        throw diagnose('CERTIFICATE_NOTHING', {}, { status: verdict.status });
      }
      claims.push(claim);
    }
  } finally {
    progress.end();
  }
  const checker = `deepdistill ${io.version ?? ''}`.trim();
  return renderCertificate(certificateOf(checker, { code, ...sibling }, claims));
}

/** The JSON value of a certificate's file. @throws Diagnostic `CERTIFICATE_SYNTAX`, `FILE_…`. */
export function readCertificate(path: string, io: CliIo): unknown {
  const text = readText(path, io.cwd);
  try {
    return JSON.parse(text);
  } catch {
    throw diagnose('CERTIFICATE_SYNTAX', { file: path }, { problem: 'it is no JSON' });
  }
}
