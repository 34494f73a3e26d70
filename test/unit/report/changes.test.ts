import { describe, expect, it } from 'vitest';
import { changeText } from '../../../src/report/changes.js';

const BEFORE = { layers: 6, neurons: 39, weights: 126 };

describe('what simplification changed', () => {
  it('is told with what was found, merged and taken on', () => {
    const text = changeText({
      kind: 'simplified',
      before: BEFORE,
      after: { layers: 2, neurons: 2, weights: 6 },
      mergedUnits: 25,
      linearLayers: 1,
      shapes: [
        { shape: 'abs', count: 2 },
        { shape: 'max', count: 1 },
      ],
      maxError: 0.0000001234,
    });
    expect(text).toBe(
      '39 neurons in 6 layers with 126 weights told by 2 neurons in 2 layers with 6 weights, with 2 |x| and 1 max, ' +
        'exact within 1.23e-7; 25 units told by others of the same sum; 1 linear layer taken into the next; ' +
        'clusters and what follows count layers and neurons of these',
    );
  });

  it('says nothing of what did not happen', () => {
    const text = changeText({
      kind: 'simplified',
      before: BEFORE,
      after: { layers: 1, neurons: 1, weights: 1 },
      mergedUnits: 0,
      linearLayers: 0,
      shapes: [],
      maxError: 0,
    });
    expect(text).toBe(
      '39 neurons in 6 layers with 126 weights told by 1 neuron in 1 layer with 1 weight; ' +
        'clusters and what follows count layers and neurons of these',
    );
  });

  it('counts units that never switch, and names them where they are few', () => {
    const neurons = [
      { layer: 0, index: 4 },
      { layer: 2, index: 0 },
    ];
    expect(changeText({ kind: 'always-off', neurons })).toBe(
      '2 neurons that no input of the domain switches on left out (layer 1: 5; layer 3: 1)',
    );
    expect(changeText({ kind: 'always-on', neurons: neurons.slice(0, 1) })).toBe(
      '1 neuron that no input of the domain switches off told as sums (layer 1: 5)',
    );
  });
});
