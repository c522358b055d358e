import type { Import, ImportIssue } from '@ecluse/contracts/interchange.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text } from '../../kernel/messages.ts'
import type { IssueRow, RunRow } from './queries/runs.ts'

/** An import as the API shows it. */
export function importView(row: RunRow, locale: Locale): Import {
  return {
    id: row.id,
    kind: row.kind,
    fileName: row.file_name,
    state: row.state,
    dryRun: row.dry_run,
    bytesRead: Number(row.bytes_read),
    bytesTotal: Number(row.bytes_total),
    created: Number(row.created),
    updated: Number(row.updated),
    unchanged: Number(row.unchanged),
    refused: Number(row.refused),
    warnings: Number(row.warnings),
    refusedLines: row.refused_lines,
    counts: row.counts,
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    error: row.error === null ? null : problemText(locale, row.error.code, row.error.values),
  }
}

/** One line of the report in words. */
export function issueView(
  row: Pick<IssueRow, 'severity' | 'key' | 'field' | 'code' | 'details'> & { line: bigint | number },
  locale: Locale,
): ImportIssue {
  const { severity, key, field, code, details } = row
  return { line: Number(row.line), severity, key, field, code, message: problemText(locale, code, details) }
}

/** Codes are ours (`import.…`) or those of the error registry. */
export function problemText(locale: Locale, code: string, values: Record<string, string | number>): string {
  return text(locale, code.startsWith('import.') ? code : `error.${code}`, values)
}
