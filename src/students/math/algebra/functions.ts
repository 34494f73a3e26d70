/**
 * Functions of sums: parity, logarithms and exponentials of products, inverse pairs, hyperbolic
 * functions by exponentials (canonical form only), comparisons as the sign of a difference.
 */
import { atomSum, numberOf, numberSum, sumOfAtom } from './algebra.js';
import type { Algebra, Sum, Term } from './algebra.js';
import { multiplySums, powerOfSum, splitRoot } from './products.js';
import { isFactorNonNegative, isNonNegative } from './signs.js';
import { addSums, primitiveOf, scaleSum } from './sums.js';

const ODD: ReadonlySet<string> = new Set([
  'sin', 'tan', 'asin', 'atan', 'sinh', 'tanh', 'erf',
]); // prettier-ignore
const EVEN: ReadonlySet<string> = new Set(['cos', 'cosh']);

/** f(inverse(x)) = x wherever the inverse is defined. */
const INVERSES: Readonly<Record<string, string>> = { sin: 'asin', cos: 'acos', tan: 'atan' };

/** A unary function of a sum that is no number. */
export function applyFunction(algebra: Algebra, name: string, sum: Sum): Sum {
  switch (name) {
    case 'abs':
      return sizeOfSum(algebra, sum);
    case 'cbrt':
      return cubeRoot(algebra, sum);
    case 'log':
      return logarithm(algebra, sum);
    case 'exp':
      return exponential(algebra, sum);
    case 'sign':
      return signOfSum(algebra, sum);
    default:
      return transcendental(algebra, name, sum);
  }
}

function transcendental(algebra: Algebra, name: string, sum: Sum): Sum {
  if (algebra.options.isCanonical) {
    const told = byFewerFunctions(algebra, name, sum);
    if (told !== undefined) return told;
  }
  const inner = onlyAtom(algebra, sum);
  if (inner !== undefined && inner.name === INVERSES[name]) return inner.arguments[0];
  const isParity = ODD.has(name) || EVEN.has(name);
  if (!isParity || sum[sum.length - 1].coefficient > 0) return atomSum(algebra, name, sum);
  const mirrored = atomSum(algebra, name, scaleSum(algebra, sum, -1));
  return ODD.has(name) ? scaleSum(algebra, mirrored, -1) : mirrored;
}

/** The one atom that a sum consists of, to the power 1. */
function onlyAtom(algebra: Algebra, sum: Sum): Algebra['atoms'][number] | undefined {
  if (sum.length !== 1 || sum[0].coefficient !== 1 || sum[0].factors.length !== 1) return undefined;
  const [{ atom, exponent }] = sum[0].factors;
  return exponent === 1 ? algebra.atoms[atom] : undefined;
}

function byFewerFunctions(algebra: Algebra, name: string, sum: Sum): Sum | undefined {
  const times = (a: Sum, b: Sum, power: number): Sum =>
    multiplySums(algebra, a, powerOfSum(algebra, b, power));
  const exp = (factor: number): Sum => exponential(algebra, scaleSum(algebra, sum, factor));
  const half = (sign: number): Sum =>
    scaleSum(algebra, addSums(algebra, exp(1), scaleSum(algebra, exp(-1), sign)), 0.5);
  const one = numberSum(algebra, 1);
  switch (name) {
    case 'tan':
      return times(transcendental(algebra, 'sin', sum), transcendental(algebra, 'cos', sum), -1);
    case 'sinh':
      return half(-1);
    case 'cosh':
      return half(1);
    case 'tanh':
      return times(
        addSums(algebra, exp(2), numberSum(algebra, -1)),
        addSums(algebra, exp(2), one),
        -1,
      );
    case 'acos':
      return addSums(
        algebra,
        numberSum(algebra, Math.PI / 2),
        scaleSum(algebra, transcendental(algebra, 'asin', sum), -1),
      );
    default:
      return undefined;
  }
}

/** exp(2·log x + y) = x²·exp(y); in canonical form a product with one factor for each term. */
function exponential(algebra: Algebra, sum: Sum): Sum {
  let product = numberSum(algebra, 1);
  const rest: Term[] = [];
  for (const term of sum) {
    const inner = onlyAtom(algebra, [{ ...term, coefficient: 1 }]);
    const { coefficient, factors } = term;
    let factor: Sum;
    if (inner?.name === 'log') factor = powerOfSum(algebra, inner.arguments[0], coefficient);
    else if (!algebra.options.isCanonical) {
      rest.push(term);
      continue;
    } else if (factors.length === 0) factor = numberSum(algebra, Math.exp(coefficient));
    else {
      const base = atomSum(algebra, 'exp', [{ ...term, coefficient: 1 }]);
      factor = powerOfSum(algebra, base, coefficient);
    }
    product = multiplySums(algebra, product, factor);
  }
  if (rest.length === 0) return product;
  const isNumber = numberOf(rest);
  const power = isNumber === undefined ? atomSum(algebra, 'exp', rest) : numberSum(algebra, Math.exp(isNumber)); // prettier-ignore
  return multiplySums(algebra, product, power);
}

/** log(c·x²·y) = log c + 2·log|x| + log y where y is known not to be negative. */
function logarithm(algebra: Algebra, sum: Sum): Sum {
  if (sum.length > 1) return logarithmOfBracket(algebra, sum);
  const [{ coefficient, factors }] = sum;
  const { outside, inside } = splitRoot(algebra, factors);
  const isSingle = inside.length === 1 && coefficient > 0;
  const kept = isSingle ? [] : inside;
  const parts = (isSingle ? [...outside, ...inside] : outside).map(({ atom, exponent }) =>
    scaleSum(algebra, logarithmOfAtom(algebra, atom), exponent),
  );
  if (kept.length > 0) {
    const rest = { coefficient: Math.sign(coefficient), factors: kept };
    parts.push(atomSum(algebra, 'log', [rest]));
  }
  const number = Math.log(kept.length > 0 ? Math.abs(coefficient) : coefficient);
  return addSums(algebra, numberSum(algebra, number), ...parts);
}

function logarithmOfBracket(algebra: Algebra, sum: Sum): Sum {
  const { outside, inside } = primitiveOf(algebra, sum, (one) => isFactorNonNegative(algebra, one));
  return addSums(algebra, logarithm(algebra, [outside]), atomSum(algebra, 'log', inside));
}

function logarithmOfAtom(algebra: Algebra, id: number): Sum {
  const { name, arguments: parts } = algebra.atoms[id];
  if (name === 'exp') return parts[0];
  if (name === 'pow' && parts[0].length > 0 && isNonNegative(algebra, parts[0])) {
    return multiplySums(algebra, parts[1], logarithm(algebra, parts[0]));
  }
  return atomSum(algebra, 'log', sumOfAtom(algebra, id));
}

/** |c·x²·y| = |c|·x²·|y|. */
function sizeOfSum(algebra: Algebra, sum: Sum): Sum {
  return throughProduct(algebra, sum, Math.abs, (base, exponent) => {
    const isSize = exponent % 2 === 0 || exponent % 1 !== 0 || isNonNegative(algebra, base);
    return powerOfSum(algebra, isSize ? base : atomSum(algebra, 'abs', base), exponent);
  });
}

/** The cube root of a product is that of its factors, whatever their signs. */
function cubeRoot(algebra: Algebra, sum: Sum): Sum {
  return throughProduct(algebra, sum, Math.cbrt, (base, exponent) => {
    const isRoot = exponent % 1 !== 0 || isNonNegative(algebra, base);
    return isRoot
      ? powerOfSum(algebra, base, exponent / 3)
      : powerOfSum(algebra, atomSum(algebra, 'cbrt', base), exponent);
  });
}

/** A function that keeps products, applied to the number, to the factors and to what is in brackets. */
function throughProduct(
  algebra: Algebra,
  sum: Sum,
  ofNumber: (value: number) => number,
  ofPower: (base: Sum, exponent: number) => Sum,
): Sum {
  const { outside, inside } = primitiveOf(algebra, sum);
  const powers = outside.factors.map(({ atom, exponent }) =>
    ofPower(sumOfAtom(algebra, atom), exponent),
  );
  if (numberOf(inside) === undefined) powers.push(ofPower(inside, 1));
  return powers.reduce(
    (product, power) => multiplySums(algebra, product, power),
    numberSum(algebra, ofNumber(outside.coefficient)),
  );
}

function signOfSum(algebra: Algebra, sum: Sum): Sum {
  const last = sum[sum.length - 1].coefficient;
  const atom = atomSum(algebra, 'sign', scaleSum(algebra, sum, 1 / last));
  return scaleSum(algebra, atom, Math.sign(last));
}

/** A comparison of two sums, `>`, `>=` or `==`, by their difference. */
export function compareSums(algebra: Algebra, name: string, left: Sum, right: Sum): Sum {
  if (name === '<') return compareSums(algebra, '>', right, left);
  if (name === '<=') return compareSums(algebra, '>=', right, left);
  const difference = addSums(algebra, left, scaleSum(algebra, right, -1));
  const number = numberOf(difference);
  if (number !== undefined) {
    const holds = name === '>' ? number > 0 : name === '>=' ? number >= 0 : number === 0;
    return numberSum(algebra, Number(holds));
  }
  const last = difference[difference.length - 1].coefficient;
  const scale = name === '==' ? last : Math.abs(last);
  return atomSum(algebra, name, scaleSum(algebra, difference, 1 / scale));
}
