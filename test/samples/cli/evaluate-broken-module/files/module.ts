export const scores = 1;
