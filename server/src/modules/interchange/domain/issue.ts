/** A line that was refused, or taken with a doubt, and why. The words are in the message catalogues, by code. */
export type Issue = {
  /** Line of the file, from 1. */
  readonly line: number
  readonly severity: 'refused' | 'warning'
  /** Handle, SKU or e-mail the line is about. */
  readonly key: string | null
  /** Column, as the file names it. */
  readonly field: string | null
  /** `import.<code>`, or a code of the error registry. */
  readonly code: string
  readonly values: Readonly<Record<string, string | number>>
}

/** Shortens a cell quoted in a report. */
export function quoted(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/** Collects the issues of one product or line. */
export type IssueLog = {
  readonly issues: Issue[]
  warn(line: number, code: string, field: string | null, values?: Issue['values']): void
  refuse(line: number, code: string, field: string | null, values?: Issue['values']): void
}

/** @param key handle, SKU or e-mail that all of them are about */
export function issueLog(key: string | null): IssueLog {
  const issues: Issue[] = []
  return {
    issues,
    warn: (line, code, field, values = {}) => issues.push({ line, severity: 'warning', key, field, code, values }),
    refuse: (line, code, field, values = {}) => issues.push({ line, severity: 'refused', key, field, code, values }),
  }
}
