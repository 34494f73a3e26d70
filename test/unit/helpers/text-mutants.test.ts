/** The mutation engine: what each operator makes of its example, and what is never mutated. */
import { describe, expect, it } from 'vitest';
import { OPERATORS, allMutantsOf, mutantsOf } from '../../helpers/text-mutants.js';

/** Statements stand in a function; declarations of a module by themselves. */
function inPlace([before, after]: readonly [string, string]): readonly [string, string] {
  if (/^(export|const network)/.test(before)) return [before, after];
  return [`function f(x) { ${before} }`, `function f(x) { ${after} }`];
}

describe('a mutation operator', () => {
  it.each(OPERATORS.map((one) => [one.name, one] as const))('%s: example', (_, operator) => {
    const [before, after] = inPlace(operator.example);
    const texts = allMutantsOf(before, [operator]).map(({ code }) => code);
    const spaces = (text: string) =>
      text
        .replace(/[\s()]+/g, ' ')
        .replaceAll(' ;', ';')
        .trim();
    expect(texts.map(spaces)).toContain(spaces(after));
  });

  it('has a name of its own', () => {
    const names = OPERATORS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

const MODULE = `export const network = { name: 'a', tolerance: 0.5 } as const;

export function scores(x: ArrayLike<number>): [number] {
  if (x.length !== 2) throw new RangeError(\`expected 2, got \${x.length}\`);
  let sum = 0;
  for (let i = 0; i < 2; i++) sum += x[i];
  return [sum > 1 ? 1 : 0] as [number];
}
`;

describe('the mutants of a text', () => {
  const mutants = allMutantsOf(MODULE);

  it('are all different, and none is the text', () => {
    const texts = mutants.map(({ code }) => code);
    expect(new Set([MODULE, ...texts]).size).toBe(texts.length + 1);
    expect(new Set(mutants.map(({ key }) => key)).size).toBe(mutants.length);
  });

  it('say where they are, and what was there', () => {
    const found = mutants.find(({ what }) => what === '6: i < 2 → i <= 2');
    expect(found).toMatchObject({ operator: 'another comparison', place: 'code' });
    expect(found?.code).toBe(MODULE.replace('i < 2', 'i <= 2'));
    expect(found?.unit).toEqual({ start: MODULE.indexOf('i < 2'), end: MODULE.indexOf('i < 2') + 5, to: 'i <= 2' }); // prettier-ignore
  });

  it('are made of claims and messages too, and told apart', () => {
    const places = new Map(mutants.map(({ what, place }) => [what, place]));
    expect(places.get(`1: name: 'a' → name: 'other'`)).toBe('claim');
    expect(places.get('4: x.length !== 2 → x.length === 2')).toBe('code');
    expect([...places.values()].filter((place) => place === 'message')).toEqual([]);
  });

  it('leave types alone', () => {
    for (const { code } of mutants) expect(code).toContain('x: ArrayLike<number>): [number] {');
  });

  it('have the same keys in a text of the same form with other numbers', () => {
    const larger = allMutantsOf(MODULE.replaceAll('2', '5'));
    expect(larger.map(({ key }) => key)).toEqual(mutants.map(({ key }) => key));
  });

  it('are given a unit only where evaluating it changes nothing', () => {
    const effects = mutants.filter(({ what }) => /\+\+|\+=/.test(what.split('→')[0] ?? ''));
    expect(effects.length).toBeGreaterThan(3);
    for (const { unit } of effects) expect(unit?.to ?? '').not.toMatch(/\+\+|[+-]=/);
  });

  it('of the usual operators are those of functions', () => {
    const usual = mutantsOf(MODULE);
    expect(usual.length).toBeGreaterThan(15);
    expect(usual.filter(({ place }) => place !== 'code')).toEqual([]);
    const all = new Set(mutants.map(({ code }) => code));
    expect(usual.filter(({ code }) => !all.has(code))).toEqual([]);
  });
});
