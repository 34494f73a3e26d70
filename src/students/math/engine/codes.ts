/** Codes of a tape: two instructions that push; operators follow, in the order of their table. */
export const CONSTANT = 0;
export const VARIABLE = 1;
export const FIRST_OPERATOR = 2;
