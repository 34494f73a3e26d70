/** What other folders may use of the report: building it, and telling it as text. */
export { buildReport } from './build.js';
export { describeClusters, renderClusters } from './clusters.js';
export { renderReportMarkdown } from './markdown.js';
export type { Report } from './types.js';
