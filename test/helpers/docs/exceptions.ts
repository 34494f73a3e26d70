/**
 * What the test of the documents does not run as it stands, each with its reason. The test fails where an
 * entry names something that no page has.
 */

/** Commands that cannot run in a test: the whole line, without its comment. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'npm ci && npm run demo': 'sets up the repository; CI does it',
  'npm ci': 'sets up the repository, which stands already',
  'npm ci && npm test': 'sets up the repository, and is the test itself',
};

/** Commands of features that are being built; whoever finishes one takes its line out. */
export const PENDING: Readonly<Record<string, RegExp>> = {};

/** Commands that the pages have a place for already. */
export const PENDING_COMMANDS: readonly string[] = [];

/**
 * Searches that take longer than a test may: those whose line has the words on the left are run with the
 * words on the right, if there are any, added behind them, and by the first page alone that has them. Where several fit, the
 * first does.
 */
export const SHORTENED: Readonly<Record<string, string>> = {
  'deepdistill math examples/physics/network.json --at x=1': '--mode scouts --operators +,*,square',
  'deepdistill math examples/physics/network.json': '--max-evaluations 1',
  'deepdistill math examples/risk/network.json': '--mode scouts --operators +,-,*',
  'deepdistill math --data pairs.csv': '--max-evaluations 2000',
  'deepdistill boundary examples/wetzel/bell.json':
    '--operators +,square --max-evaluations 1 --rows 30 --features x1,x2',
  'deepdistill boundary examples/wetzel/ellipse.json':
    '--operators +,*,square,tanh --max-evaluations 1 --rows 60',
  'deepdistill diff examples/wetzel/ellipse.json examples/wetzel/ellipse.second.json': '',
  'deepdistill compile examples/controller/network.json --fidelity 0.99': '--timeout 1',
  'deepdistill logic examples/loan/network.json': '--probes 2000 --node-probes 0',
  'deepdistill hybrid examples/hybrid/network.json --blocks hidden+distance': '--max-evaluations 1',
};
