/**
 * Writes families, lone neurons and unexplained rows down as clusters of the IR: positions become
 * index expressions of the ranks, axes take their names from the source axes that they walk.
 */
import type {
  AxisAccess,
  Bias,
  Cluster,
  ClusterAxis,
  IndexExpression,
  RegionTerm,
  TableTerm,
} from '../ir/cluster.js';
import { positiveModulo } from '../ir/region-cells.js';
import { solveRankBias } from './bias-formula.js';
import type { Family } from './family.js';
import { stepOf } from './grid.js';
import type { NormalLayer } from './normalise.js';
import type { DescribedLayer } from './orient.js';
import type { Candidate } from './signatures.js';
import type { SourceMap } from './sources.js';
import type { TemplateAccess } from './template.js';
import { templateOf } from './template.js';

/** A cluster before it knows its position in the graph. */
export type Draft = Omit<Cluster, 'id'>;

/** The family as a cluster. */
export function draftFamily(layer: NormalLayer, map: SourceMap, family: Family): Draft {
  const extents = family.values.map((list) => list.length);
  const axes = extents.map((extent, axis): ClusterAxis => {
    const name = axisName(family, map, axis);
    return name === undefined ? { extent } : { extent, name };
  });
  const spread = family.rows.reduce(
    (most, row) => (row < 0 ? most : Math.max(most, layer.spread[row])),
    0,
  );
  const terms = family.template.terms.map((term): RegionTerm => {
    const { tensor, coefficient, accesses, factors } = term;
    return {
      kind: 'region',
      source: map.tensors[tensor].source,
      coefficient,
      spread,
      region: { kind: 'box', accesses: accesses.map((access) => draftAccess(access, family)) },
      ...(factors === undefined ? {} : { factors }),
    };
  });
  const biases = Float64Array.from(family.rows, (row) => (row < 0 ? NaN : layer.bias[row]));
  return { axes, terms, bias: draftBias(biases, extents), ...draftRest(layer, family.rows, false) };
}

/** One neuron as a cluster without axes. */
export function draftLone(layer: NormalLayer, map: SourceMap, candidate: Candidate): Draft {
  const family: Family = {
    template: templateOf(candidate, map),
    values: [],
    rows: Int32Array.of(candidate.row),
    size: 1,
    parameters: [candidate.parameters],
    cost: candidate.cost,
  };
  return draftFamily(layer, map, family);
}

/** Rows that read the same tensors, as one cluster of tables. */
export function draftTable(
  { layer, parts: all }: DescribedLayer,
  map: SourceMap,
  rows: readonly number[],
): Draft {
  const parts = rows.map((row) => all[row]);
  const tensors = [...new Set(parts.flatMap((own) => own.map(({ tensor }) => tensor)))];
  tensors.sort((a, b) => a - b);
  const terms = tensors.map((tensor): TableTerm => {
    const { size, source } = map.tensors[tensor];
    const weights = new Float64Array(rows.length * size);
    parts.forEach((own, member) => {
      for (const { tensor: other, positions, weights: values } of own) {
        if (other !== tensor) continue;
        for (let k = 0; k < positions.length; k++) {
          weights[member * size + positions[k]] = values[k];
        }
      }
    });
    return { kind: 'table', source, weights };
  });
  const axes: ClusterAxis[] = rows.length === 1 ? [] : [{ extent: rows.length }];
  const biases = Float64Array.from(rows, (row) => layer.bias[row]);
  const bias = draftBias(
    biases,
    axes.map(({ extent }) => extent),
  );
  return { axes, terms, bias, ...draftRest(layer, Int32Array.from(rows), true) };
}

function draftRest(
  layer: NormalLayer,
  rows: Int32Array,
  unexplained: boolean,
): Pick<Draft, 'layer' | 'members' | 'activation' | 'unexplained' | 'tieBounds' | 'snapError'> {
  const tieBounds = Float64Array.from(rows, (row) => (row < 0 ? 0 : layer.tieBound[row]));
  const snapError = rows.reduce(
    (most, row) => (row < 0 ? most : Math.max(most, layer.snapError[row])),
    0,
  );
  return {
    layer: layer.layer,
    members: Int32Array.from(rows, (row) => (row < 0 ? -1 : layer.neurons[row])),
    activation: layer.activation,
    unexplained,
    ...(tieBounds.some((bound) => bound > 0) ? { tieBounds } : {}),
    ...(snapError > 0 ? { snapError } : {}),
  };
}

/** The biases of the members in row-major order, NaN where the index set has no member. */
function draftBias(biases: Float64Array, extents: readonly number[]): Bias {
  const value = biases.find((bias) => !Number.isNaN(bias)) ?? 0;
  if (biases.every((bias) => bias === value || Number.isNaN(bias))) {
    return { kind: 'constant', value };
  }
  const table = biases.map((bias) => (Number.isNaN(bias) ? 0 : bias));
  return solveRankBias(biases, extents) ?? { kind: 'table', values: table };
}

function draftAccess(access: TemplateAccess, family: Family): AxisAccess {
  switch (access.kind) {
    case 'all':
    case 'list':
      return access;
    case 'at':
      if (access.modulus !== undefined && access.follow !== undefined) {
        return ringAccess(access, access.modulus, family);
      }
      return {
        kind: 'at',
        index: wrapIndex(access, rankExpression(access.column, family), family),
        ...(access.follow === undefined ? {} : { follow: access.follow }),
      };
    case 'range':
      return {
        kind: 'range',
        from: rankExpression(access.from, family),
        to: rankExpression(access.to, family),
        step: access.step,
        ...(leavesSource(access, family) ? { modulus: access.modulus } : {}),
        ...(access.follow === undefined ? {} : { follow: access.follow }),
      };
  }
}

/** A position that follows another one and wraps around: a range of length 1, which can say both. */
function ringAccess(
  { column, follow }: Extract<TemplateAccess, { kind: 'at' }>,
  modulus: number,
  family: Family,
): AxisAccess {
  const index = rankExpression(column, family);
  const behind = (distance: number): IndexExpression => {
    if (index.kind === 'lookup') {
      return { ...index, values: index.values.map((value) => value + distance) };
    }
    // The range is taken modulo the extent as a whole.
    const { constant, coefficients } = index;
    return { kind: 'affine', constant: constant + distance, coefficients };
  };
  return {
    kind: 'range',
    from: behind(0),
    to: behind(1),
    step: 1,
    modulus,
    ...(follow === undefined ? {} : { follow }),
  };
}

/** The index, taken modulo the extent where a member's position leaves the source. */
function wrapIndex(
  access: Extract<TemplateAccess, { kind: 'at' }>,
  index: IndexExpression,
  family: Family,
): IndexExpression {
  const { modulus } = access;
  if (modulus === undefined || !leavesSource(access, family)) return index;
  if (index.kind === 'affine') return { ...index, modulus };
  return { ...index, values: index.values.map((value) => positiveModulo(value, modulus)) };
}

/** Whether an access that wraps around does so for some member. */
function leavesSource(
  access: Extract<TemplateAccess, { kind: 'at' | 'range' }>,
  { parameters, rows }: Family,
): boolean {
  const { modulus } = access;
  if (modulus === undefined) return false;
  if (access.follow !== undefined) return true;
  return parameters.some((own, rank) => {
    if (rows[rank] < 0) return false;
    return access.kind === 'at'
      ? own[access.column] < 0 || own[access.column] >= modulus
      : own[access.from] < 0 || own[access.to] > modulus;
  });
}

/** A column as an expression of the ranks. */
function rankExpression(column: number, family: Family): IndexExpression {
  const { model, values, parameters } = family;
  const axes = values.length;
  const none = new Array<number>(axes).fill(0);
  const own = parameters.map((member) => member[column]);
  if (own.every((value) => value === own[0])) {
    return { kind: 'affine', constant: own[0], coefficients: none };
  }
  if (model === undefined) return listExpression(own);
  const { constant, coefficients, modulus } = model.formulas[column];
  const wrap = modulus === undefined ? {} : { modulus };
  const uneven = coefficients.findIndex(
    (factor, axis) => factor !== 0 && stepOf(values[axis]) === undefined,
  );
  if (uneven >= 0) {
    return {
      kind: 'lookup',
      axis: uneven,
      values: values[uneven].map((value) => {
        const position = constant + coefficients[uneven] * value;
        return modulus === undefined ? position : positiveModulo(position, modulus);
      }),
    };
  }
  return {
    kind: 'affine',
    constant: coefficients.reduce(
      (sum, factor, axis) => sum + (factor === 0 ? 0 : factor * values[axis][0]),
      constant,
    ),
    coefficients: coefficients.map((factor, axis) =>
      factor === 0 ? 0 : factor * (stepOf(values[axis]) ?? 1),
    ),
    ...wrap,
  };
}

function listExpression(own: readonly number[]): IndexExpression {
  const step = stepOf(own);
  return step === undefined
    ? { kind: 'lookup', axis: 0, values: own }
    : { kind: 'affine', constant: own[0], coefficients: [step] };
}

/** The name of the source axis that an iterator walks: its own column's, else another's. */
function axisName(family: Family, map: SourceMap, axis: number): string | undefined {
  const { model, template } = family;
  const columns = template.columns.map((_, column) => column);
  const walking = columns.filter((column) => {
    if (model === undefined) return false;
    const { coefficients } = model.formulas[column];
    return coefficients.every((factor, own) => Math.abs(factor) === (own === axis ? 1 : 0));
  });
  const first = model === undefined ? [] : [model.iterators[axis]];
  for (const column of [...first, ...walking]) {
    const { tensor, axis: sourceAxis } = template.columns[column];
    const name = map.tensors[tensor].names[sourceAxis];
    if (name !== undefined) return name;
  }
  return undefined;
}
