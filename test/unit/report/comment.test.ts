/** Reports as comments of a pull request: never longer than GitHub takes, and inert whatever the names. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compile.js';
import { createRandom } from '../../../src/numeric/random.js';
import { escapeMarkdown } from '../../../src/report/escape.js';
import { LONGEST_COMMENT, fitComment, folded, listSection } from '../../../src/report/comment.js';
import { inlineCode } from '../../../src/report/markdown-table.js';
import { renderReportMarkdown, renderReportsMarkdown } from '../../../src/report/index.js';
import { chainNetwork } from '../../helpers/networks.js';

/** Weights without any structure: every neuron a cluster of its own, with a formula of many terms. */
function unexplained(inputs: number, hidden: number, seed = 1) {
  const random = createRandom(seed);
  const row = (width: number) => Float64Array.from({ length: width }, () => random.normal());
  return chainNetwork({
    name: 'noise',
    input: { name: 'x', shape: [inputs], domain: { kind: 'interval', min: -1, max: 1 } },
    layers: [
      {
        rows: Array.from({ length: hidden }, () => row(inputs)),
        bias: row(hidden),
        activation: 'tanh',
      },
      { rows: [row(hidden)], bias: [0], activation: 'identity' },
    ],
    decision: { kind: 'none' },
  });
}

/** Lines that open and close what a reader folds; equal numbers, or the comment breaks. */
function balance(text: string): number {
  const lines = text.split('\n');
  return (
    lines.filter((line) => line === '<details>').length -
    lines.filter((line) => line === '</details>').length
  );
}

describe('a report as a comment', () => {
  it('stays below the limit for a large network without structure', async () => {
    const { report } = await compile(unexplained(40, 300));
    const [cluster] = report.clusters;
    const many = Array.from({ length: 3000 }, (_, id) => ({ ...cluster, id }));
    const text = renderReportMarkdown({ ...report, clusters: many });
    expect(text.length).toBeLessThanOrEqual(LONGEST_COMMENT);
    expect(text.length).toBeGreaterThan(LONGEST_COMMENT / 2);
    expect(text).toMatch(/^# noise: \w+\n\n\*\*\w+\*\*: /);
    expect(text).toContain('<summary>3,000 clusters</summary>');
    expect(text).toMatch(/further lines\* left out|further lines left out: a comment holds 65536/);
    expect(balance(text)).toBe(0);
    expect(renderReportMarkdown(report).length).toBeLessThanOrEqual(LONGEST_COMMENT);
  });

  it('holds many reports, or says how many it leaves out', async () => {
    const { report } = await compile(unexplained(3, 4));
    const two = renderReportsMarkdown([report, report]);
    expect(two).toMatch(/^# 2 of 2 models proved\n\n\| model \| verdict \| lines \| numbers in tables \|\n/); // prettier-ignore
    expect(two.match(/^# noise: proved$/gm)).toHaveLength(2);
    const many = renderReportsMarkdown(Array.from({ length: 500 }, () => report));
    expect(many.length).toBeLessThanOrEqual(LONGEST_COMMENT);
    expect(many).toMatch(/\n\*\d+ further models left out: a comment holds 65536 characters\./);
  });

  it('folds lists away that are longer than a glance', () => {
    expect(listSection('Clusters', 'cluster', ['- a'], '\n')).toBe('## Clusters\n\n- a');
    const items = Array.from({ length: 13 }, (_, k) => `- ${k}`);
    expect(listSection('Clusters', 'cluster', items, '\n')).toBe(
      `## Clusters\n\n<details>\n<summary>13 clusters</summary>\n\n${items.join('\n')}\n\n</details>`,
    );
  });

  it('closes what a cut leaves open', () => {
    const long = Array.from({ length: 400 }, (_, k) => `line ${k}`).join('\n');
    const cut = fitComment(`${folded('all', `\`\`\`\n${long}\n\`\`\``)}\n`, 1000);
    expect(cut.length).toBeLessThanOrEqual(1000);
    expect(balance(cut)).toBe(0);
    expect((cut.match(/^```/gm) ?? []).length).toBe(2);
    expect(fitComment('short\n')).toBe('short\n');
  });
});

describe('hostile text in Markdown', () => {
  it('is no markup, no HTML, nobody is notified, nothing is linked', () => {
    expect(escapeMarkdown('<script>alert(1)</script>')).toBe('\\<script\\>alert(1)\\</script\\>');
    expect(escapeMarkdown('a | b\n# c `d`')).toBe('a \\| b \\# c \\`d\\`');
    expect(escapeMarkdown('@octocat and @org/team')).toBe('`@`octocat and `@`org/team');
    expect(escapeMarkdown('see #12')).toBe('see `#`12');
    expect(escapeMarkdown('https://x.example www.x.example')).toBe('https:\\//x.example www\\.x.example'); // prettier-ignore
    expect(escapeMarkdown('&lt;b&gt; $x$ ~~y~~')).toBe('\\&lt;b\\&gt; \\$x\\$ \\~\\~y\\~\\~');
  });

  it('stays within its code and its cell', () => {
    expect(inlineCode('a`b|c\nd')).toBe('`` a`b\\|c d ``');
  });

  it('breaks no table and no heading of a report', async () => {
    const evil = '<img src=x onerror=alert(1)> | @octocat `x`\n# h #1 https://x.example';
    const network = chainNetwork({
      name: evil,
      input: { name: evil, shape: [2, 2], axes: [evil, `${evil}2`] },
      layers: [
        { rows: [[1, 1, 0, 0], [0, 0, 1, 1]], bias: [-1.5, -1.5], activation: 'step' },
        { rows: [[1, 1]], bias: [0], activation: 'identity' },
      ],
      decision: { kind: 'none' },
    }); // prettier-ignore
    const { report } = await compile(network);
    const lines = renderReportMarkdown(report).split('\n');
    expect(lines[0]).toBe(
      '# \\<img src=x onerror=alert(1)\\> \\| `@`octocat \\`x\\` \\# h `#`1 https:\\//x…: proved',
    );
    // Formulas stand in blocks of code, six spaces deep in their item.
    const prose = lines.filter((line) => !line.startsWith('      '));
    expect(prose.filter((line) => /(?<!\\)<(?!\/?(details|summary)>)/.test(line))).toEqual([]);
    expect(prose.filter((line) => /(?<!`)@/.test(line))).toEqual([]);
    for (const row of prose.filter((line) => line.startsWith('| '))) {
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(3);
    }
  });
});
