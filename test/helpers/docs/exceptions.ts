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
export const PENDING: Readonly<Record<string, RegExp>> = {
};

/**
 * Searches that take longer than a test may. They are run with options that end them early: the words
 * before them must stand in the line, which is run with the words behind them added there.
 */
export const SHORTENED: Readonly<Record<string, string>> = {
  'deepdistill math examples/physics/network.json': '--timeout 2',
  'deepdistill boundary examples/wetzel/ellipse.json': '--timeout 2',
  'deepdistill compile examples/controller/network.json --fidelity 0.99': '--timeout 1',
  'deepdistill hybrid examples/hybrid/network.json': '--timeout 2',
};
