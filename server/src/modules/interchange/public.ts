/** Files in and out: imports of products, stock and customers, and their exports. */
export { csvLine } from '../../kernel/csv.ts'
export { exportData, type ExportKind } from './export-data.ts'
export { issueView, problemText } from './import-view.ts'
export { localFile } from './local-file.ts'
export { selectIssues, selectRun, type RunRow } from './queries/runs.ts'
export { recordImport } from './start-import.ts'
export { workImport } from './work-import.ts'
export { personalOfInterchange } from './queries/personal.ts'
