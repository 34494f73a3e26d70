import { describe, expect, it } from 'vitest';
import { renderDiagnostic } from '../../../../../src/diagnostics/diagnostic.js';
import type { Diagnostic } from '../../../../../src/diagnostics/diagnostic.js';
import { parseUnit } from '../../../../../src/students/math/text/parse-unit.js';

describe('parseUnit', () => {
  it.each([
    ['kg*m/s^2', [1, 1, -2, 0, 0, 0, 0, 0]],
    ['N', [1, 1, -2, 0, 0, 0, 0, 0]],
    ['kN', [1, 1, -2, 0, 0, 0, 0, 0]],
    ['kg·m/s²', [1, 1, -2, 0, 0, 0, 0, 0]],
    ['kg m s**-2', [1, 1, -2, 0, 0, 0, 0, 0]],
    ['1', [0, 0, 0, 0, 0, 0, 0, 0]],
    ['rad', [0, 0, 0, 0, 0, 0, 0, 0]],
    ['J/(mol K)', [1, 2, -2, 0, -1, 0, -1, 0]],
    ['m^(1/2)', [0, 0.5, 0, 0, 0, 0, 0, 0]],
    ['1/s', [0, 0, -1, 0, 0, 0, 0, 0]],
    ['V/A', [1, 2, -3, -2, 0, 0, 0, 0]],
    ['µm', [0, 1, 0, 0, 0, 0, 0, 0]],
    ['cd/W', [-1, -2, 3, 0, 0, 1, 0, 0]],
    ['bits/s', [0, 0, -1, 0, 0, 0, 0, 1]],
  ])('%s', async (text, dimension) => {
    expect(await parseUnit(text, {})).toEqual(dimension);
  });

  it.each([
    ['newtn', 'error UNIT_UNKNOWN: unknown unit "newtn"\n  at --units a\n  hint: did you mean "newton"?'],
    ['qqqqqqqqqq', 'error UNIT_UNKNOWN: unknown unit "qqqqqqqqqq"\n  at --units a\n  hint: known are: kg, m, s, A, K, mol, cd, N, J, W, Pa, V, C, F, ohm, T, Hz, km, cm, mm, ms, kPa, kJ, kW, MeV, min, h, L'],
    ['m/', 'error UNIT_SYNTAX: "m/" is no unit\n  at --units a\n  hint: a unit looks like kg*m/s^2, J/(mol K) or 1, without a number before it'],
    ['2 m', 'error UNIT_SYNTAX: "2 m" is no unit\n  at --units a\n  hint: a unit looks like kg*m/s^2, J/(mol K) or 1, without a number before it'],
    [' ', 'error UNIT_SYNTAX: the unit is empty\n  at --units a\n  hint: a unit looks like kg*m/s^2, J/(mol K) or 1, without a number before it'],
    ['degC', 'error UNIT_OFFSET: degC counts from a zero of its own\n  at --units a\n  hint: sums and products of such numbers mean nothing: convert the column to K'],
  ])('refuses %s', async (text, expected) => {
    const failure: unknown = await parseUnit(text, { key: '--units a' }).catch((error: unknown) => error);
    expect(renderDiagnostic(failure as Diagnostic)).toBe(expected);
  }); // prettier-ignore
});
