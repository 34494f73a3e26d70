import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../../../src/cluster/index.js';
import { renderAccount } from '../../../../src/report/index.js';
import { ZOO } from '../../../helpers/zoo.js';
import { exampleGraph, exampleNetwork } from '../graphs.js';
import { graphOfForms } from '../graphs-of-forms.js';

/** The lines of the account from one title to the next empty-line-and-title. */
function section(text: string, title: string): string {
  const from = text.indexOf(`\n${title}`) + 1;
  const to = text.indexOf('\n\ncluster', from);
  return text.slice(from, to);
}

describe('renderAccount', () => {
  it('tells a small network', () => {
    expect(renderAccount(exampleNetwork(), exampleGraph())).toMatchInlineSnapshot(`
      "example
        reads      image, 3 rows × 3 columns of 0 or 1
        answers    scores (2 values); decides for the highest
        size       128 weights and biases, 14 neurons in 3 layers
        structure  13 neurons in 3 clusters; 2 neurons without a pattern

      LAYER 1

      cluster 0: 9 neurons, one for each column (3) × row (3)

          sign(Σ image[:, column] − Σ image[row, :])

          weight  reads             cells  pattern  in words
              +1  image[:, column]      3  line     every row, this column
              −1  image[row, :]         3  line     this row, every column

          read by cluster 1

      LAYER 2

      cluster 1: 2 neurons, at 2 of the 3 points i (3)

          sign(3 · Σ cluster 0[i, :] − 2 · Σ cluster 0[:, :] + 2·i − 6)

          weight  reads            cells  pattern  in words
              +3  cluster 0[i, :]      3  line     column i, every row
              −2  cluster 0[:, :]      9  all      every column, every row
                  bias 2·i − 6

          read by cluster 2

      LAYER 3

      cluster 2: 2 neurons, one for each i (2); no pattern found

          table of 6 weights · cluster 1 + table of 2 biases

          weight  reads      cells  pattern  in words
               0  cluster 1      3  table    every cell, with 6 weights of its
                                             own, 100 % of them 0
           1 … 2  bias                       one for each member

          read by the output scores

      OUTPUTS

        scores = cluster 2

      NORMALISED

        - 1 neuron that nothing reads left out (layer 2: 2)
        - 2 neurons that equal or negate another one merged with it (layer 1: 2, 3)
        - 1 neuron of constant value folded into biases (layer 1: 6)
        - layer 1: 9 neurons rescaled by 0.501 to 27.3
        - layer 2: 1 weight made equal to others, by at most 1.23e-9 relative
        - layer 2: 4 weights dropped as residue of noise, at most 2e-12 of the row

      HOW TO READ IT

        cluster    neurons that do the same at different places; the formula gives the value of each, the
                   names in it (such as row) count from 0
        Σ x[:, i]  adds up cells of x: \`:\` is a whole axis
        sign       −1, 0 or 1: the sign of the sum
      "
    `);
  });

  it('tells every form of access, factor and bias', () => {
    const text = renderAccount(exampleNetwork(), graphOfForms());
    expect(section(text, 'cluster 0')).toMatchInlineSnapshot(`
      "cluster 0: 16 neurons, one for each row (4) × column (4)

          step(2 · Σ square[row − 1:row + 2, column − 1:column + 2] − square[row, column] − 4.5)

          weight  reads                              cells  pattern  in words
              +2  square[row − 1:row + 2, column −  4 to 9  window   row − 1 to row + 1, column − 1 to
                  1:column + 2]                                      column + 1; outside counts as 0
              −1  square[row, column]                    1  single   this row, this column
            −4.5  bias"
    `);
    expect(section(text, 'cluster 1')).toMatchInlineSnapshot(`
      "cluster 1: 8 neurons, one for each i (8)

          leaky-relu 0.1(Σ signal[i − 1:i + 2 mod 8] − 3 · signal[(i + 4) mod 8])

          weight  reads                      cells  pattern  in words
              +1  signal[i − 1:i + 2 mod 8]      3  window   cells i − 1 to i + 1 (wrapping
                                                             round)
              −3  signal[(i + 4) mod 8]          1  single   cell (i + 4) mod 8"
    `);
    expect(section(text, 'cluster 2')).toMatchInlineSnapshot(`
      "cluster 2: 6 neurons, at 6 of the 9 points i (3) × j (3)

          sign(Σ square[p, p + i − j] − Σ square[p, p + 2:p + 4] + 1 − 2·i)

          weight  reads                    cells  pattern   in words
              +1  square[p, p + i − j]    2 to 4  diagonal  every row (p), column p + i − j
              −1  square[p, p + 2:p + 4]       3  triangle  every row (p), columns p + 2 to p +
                                                            3
                  bias 1 − 2·i

          read by cluster 4"
    `);
    expect(section(text, 'cluster 3')).toMatchInlineSnapshot(`
      "cluster 3: 2 neurons, one for each x (2)

          Σ 2^(7 − p) · signal[p] − 0.125 · Σ volume[x, :, {0, 1, 3}] + 3 − 2^(x + 1)

                  weight  reads                    cells  pattern  in words
          +1 · 2^(7 − p)  signal[p]                    8  all      every cell
                  −0.125  volume[x, :, {0, 1, 3}]      9  list     this x, every y, z {0, 1, 3}
                          bias 3 − 2^(x + 1)

          read by the output scores

      LAYER 2"
    `);
    expect(text.slice(text.indexOf('cluster 4:'))).toMatchInlineSnapshot(`
      "cluster 4: 2 neurons, one for each i (2); no pattern found

          softmax(table of 18 weights · cluster 2 + table of 32 weights · square + table of 2 biases)

                weight  reads      cells  pattern  in words
            −1 … 0.991  cluster 2      9  table    every cell, with 18 weights of its
                                                   own, 6 % of them 0
                −1 … 1  square        16  table    every cell, with 32 weights of its
                                                   own, 34 % of them 0
          −0.25 … 0.75  bias                       one for each member

          read by the output scores

      OUTPUTS

        a = cluster 4, member 1
        b = cluster 4, member 2
        c = cluster 3, member 2

      HOW TO READ IT

        cluster    neurons that do the same at different places; the formula gives the value of each, the
                   names in it (such as row) count from 0
        Σ x[:, i]  adds up cells of x: \`:\` is a whole axis
        a:b        a, a + 1, … up to b − 1 (a:b:2 takes every second of them)
        mod n      positions wrap round at n
        p, q, r    the position along the first, second, third axis of what is read
        sign       −1, 0 or 1: the sign of the sum
        step       1 where the sum is above 0, else 0
        softmax    positive shares of 1 over the whole layer
      "
    `);
  });

  it('keeps within its width, whatever the network', () => {
    for (const { network } of ZOO) {
      const lines = renderAccount(network, clusterNetwork(network)).split('\n');
      expect(lines.filter((line) => line.length > 100 || line.endsWith(' '))).toEqual([]);
    }
  });
});
