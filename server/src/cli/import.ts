import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { importKindSchema, importKinds, importSettingsSchema, type ImportIssue } from '@ecluse/contracts/interchange.ts'
import { inTransaction } from '../kernel/db.ts'
import type { Ctx } from '../kernel/context.ts'
import { reasonOf } from '../kernel/start-error.ts'
import {
  csvLine,
  issueView,
  localFile,
  problemText,
  recordImport,
  selectIssues,
  selectRun,
  workImport,
  type RunRow,
} from '../modules/interchange/public.ts'
import { openContext } from './cli-services.ts'
import { UsageError, type Command, type CommandCall, type CommandOutcome } from './command.ts'

/** `npx ecluse import KIND FILE`: imports a file, as the back office does, and tells what was refused or doubtful, line by line. */
export const importCommand: Command = {
  arguments: ['KIND', 'FILE'],
  options: {
    'dry-run': { type: 'boolean', help: 'cli.import.dry_run' },
    locale: { type: 'string', value: 'fr|en', help: 'cli.import.locale' },
    'vat-class': { type: 'string', value: 'CLASS', help: 'cli.import.vat_class' },
    channels: { type: 'string', value: 'A,B', help: 'cli.import.channels' },
    place: { type: 'string', value: 'CODE', help: 'cli.import.place' },
    stock: { type: 'string', value: 'new|count|none', help: 'cli.import.stock' },
    report: { type: 'string', value: 'FILE', help: 'cli.import.report' },
  },
  async run(call) {
    const asked = readArguments(call)
    const ctx = await openContext(call)
    const importId = ctx.ids.next()
    await inTransaction(ctx.db, (tx) =>
      recordImport(ctx, tx, { importId, ...asked, fileName: basename(asked.path), bytes: asked.file.size }),
    )
    let shownAt = 0
    await workImport(ctx, importId, () => asked.file, {
      signal: call.signal,
      onProgress(progress) {
        if (performance.now() - shownAt < 1_000) return
        shownAt = performance.now()
        const percent = Math.floor((100 * progress.bytesRead) / Math.max(1, progress.bytesTotal))
        call.progress(
          call.text('cli.import.progress', { percent, done: progress.created + progress.updated + progress.unchanged }),
        )
      },
    })
    const row = await selectRun(ctx.db, importId)
    if (!row) throw new Error('the import that was just recorded is there')
    return outcomeOf(ctx, call, row)
  },
}

function readArguments(call: CommandCall) {
  const [kindText = '', path = ''] = call.arguments
  const kind = importKindSchema.safeParse(kindText)
  if (!kind.success) throw new UsageError('cli.import.unknown_kind', { kind: kindText, kinds: importKinds.join(', ') })
  const { locale, channels, place, stock } = call.options
  const settings = importSettingsSchema.safeParse({
    locale: locale ?? call.locale,
    channels: typeof channels === 'string' ? channels.split(',').filter((code) => code !== '') : null,
    place: place ?? null,
    ...(stock === undefined ? {} : { stock }),
    ...(call.options['vat-class'] === undefined ? {} : { vatClass: call.options['vat-class'] }),
  })
  if (!settings.success) {
    const setting = String(settings.error.issues[0]?.path[0] ?? '')
    throw new UsageError('cli.import.bad_setting', { setting })
  }
  try {
    const file = localFile(path)
    return { path, file, kind: kind.data, settings: settings.data, dryRun: call.options['dry-run'] === true }
  } catch (error) {
    throw new UsageError('cli.import.no_file', { path, reason: reasonOf(error) }, error)
  }
}

async function outcomeOf(ctx: Ctx, call: CommandCall, row: RunRow): Promise<CommandOutcome> {
  const issues = await allIssues(ctx, row.id)
  const { report } = call.options
  if (typeof report === 'string') writeFileSync(report, reportOf(issues))
  const figures = {
    created: Number(row.created),
    updated: Number(row.updated),
    unchanged: Number(row.unchanged),
    refused: Number(row.refused),
    warnings: Number(row.warnings),
  }
  const error = row.error && {
    code: row.error.code,
    message: problemText(ctx.locale, row.error.code, row.error.values),
  }
  const shown = issues.slice(0, mostShown)
  return {
    ok: row.state === 'done',
    result: {
      ok: row.state === 'done',
      importId: row.id,
      kind: row.kind,
      state: row.state,
      dryRun: row.dry_run,
      ...figures,
      counts: row.counts,
      error,
      issues: issues.slice(0, mostInJson),
      issuesTotal: issues.length,
    },
    lines: [
      ...shown.map((issue) =>
        call.text('cli.import.issue', { line: issue.line, key: issue.key ?? '', message: issue.message }),
      ),
      ...(issues.length > shown.length
        ? [call.text('cli.import.more_issues', { more: issues.length - shown.length })]
        : []),
      ...(error ? [error.message] : []),
      call.text(row.dry_run ? 'cli.import.dry_done' : 'cli.import.done', { ...figures, state: row.state }),
    ],
  }
}

const mostShown = 20
const mostInJson = 1_000

async function allIssues(ctx: Ctx, importId: string): Promise<ImportIssue[]> {
  const issues: ImportIssue[] = []
  for (let after = 0; ;) {
    const page = await selectIssues(ctx.db, { importId, severity: undefined, after, limit: 1_000 })
    const last = page.at(-1)
    if (!last) return issues
    issues.push(...page.map((row) => issueView(row, ctx.locale)))
    after = last.position
  }
}

function reportOf(issues: readonly ImportIssue[]): string {
  const lines = issues.map(({ line, severity, key, field, code, message }) =>
    csvLine([line, severity, key, field, code, message]),
  )
  return [csvLine(['line', 'severity', 'key', 'field', 'code', 'message']), ...lines].join('')
}
