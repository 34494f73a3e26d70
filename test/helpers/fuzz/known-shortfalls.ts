/**
 * Points of the grid that do not hold yet. Each is compiled all the same; the tests fail when one of them
 * starts to hold and is still listed, so that the list can only shrink.
 */
export const KNOWN_SHORTFALLS: readonly string[] = [];
