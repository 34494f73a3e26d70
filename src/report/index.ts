/** What other folders may use of the report: building it, and telling it as text. */
export { buildReport, describeVerdict, withoutStructure } from './build.js';
export { describeModel } from './clusters.js';
export { describeStructure } from './inspect/structure.js';
export { renderAccount } from './inspect/account.js';
export { describeGeneric } from './generic.js';
export type { SegmentGraph } from './clusters.js';
export { renderReportMarkdown } from './markdown.js';
export { renderExplanation } from './explanation.js';
export { buildLogicReport } from './logic.js';
export { renderLogicMarkdown } from './logic-markdown.js';
export { buildStudentReport } from './student.js';
export { renderStudentMarkdown } from './student-markdown.js';
export { renderPicture } from './svg/document.js';
export { renderFrontPlot } from './svg/front-plot.js';
export { renderTreePlot } from './svg/tree-plot.js';
export type { LogicReport } from './logic.js';
export type { StudentReport } from './student.js';
export type { GenericReport, Report } from './types.js';
