import { priceScopes, type PriceEntryInput, type PriceImport, type PriceScope } from '@ecluse/contracts/price-lists.ts'
import { parse } from 'csv-parse/sync'
import type { Ctx } from '../../kernel/context.ts'
import { csvLine, unguardCell } from '../../kernel/csv.ts'
import type { Queryable, Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { listChannels } from '../channels/public.ts'
import {
  deleteRules,
  idsOfScopes,
  selectRules,
  upsertRules,
  type NamedRule,
  type PriceRuleRow,
} from './queries/price-rules.ts'
import { listSummary, lockForEntries, ruleRow } from './save-entries.ts'

const header = ['scope', 'code', 'kind', 'value', 'min_quantity', 'channel', 'valid_from', 'valid_until'] as const
type Column = (typeof header)[number]

/** More entries than anybody writes by hand; a list of prices for each article is a list of fixed prices. */
const mostEntries = 20_000

/** The entries of a list as CSV. @throws pricing.list_not_found */
export async function exportEntries(ctx: Ctx, code: string): Promise<string> {
  const list = await listSummary(ctx.db, code)
  const rows = await selectRules(ctx.db, list.id, ctx.locale, { limit: mostEntries })
  return [csvLine(header), ...rows.toReversed().map((row) => csvLine(cellsOf(row)))].join('')
}

function cellsOf(row: NamedRule): (string | number | null)[] {
  const fixed = row.amount_minor !== null
  const value = fixed ? Number(row.amount_minor) / 100 : (row.percent_basis_points ?? 0) / 100
  const kind = fixed ? 'fixed' : 'percent'
  return [row.scope, row.code, kind, value, row.min_quantity, row.channel_code, row.valid_from, row.valid_until]
}

type Problem = PriceImport['problems'][number]
type ReadLine = { readonly line: number; readonly text: string; readonly input: PriceEntryInput }

/**
 * Takes entries from a file: all of its lines, or none. An entry about the same articles, quantity, channel and days as one that is
 * there changes it.
 * @throws pricing.list_not_found, pricing.list_of_channel, pricing.file_unreadable
 */
export async function importEntries(
  ctx: Ctx,
  tx: Tx,
  code: string,
  { csv, dryRun, replace }: { csv: string; dryRun: boolean; replace: boolean },
): Promise<PriceImport> {
  const list = await lockForEntries(tx, code)
  const read = readLines(csv)
  const { rows, problems } = await resolved(ctx, tx, list.id, read.lines, read.problems)
  const before = await selectRules(tx, list.id, ctx.locale, { limit: mostEntries })
  const known = new Map(before.map((row) => [keyOf(row), row]))
  const named = rows.map((row) => ({ ...row, id: known.get(keyOf(row))?.id ?? row.id }))
  const changed = named.filter((row) => {
    const old = known.get(keyOf(row))
    return old && (old.amount_minor !== row.amount_minor || old.percent_basis_points !== row.percent_basis_points)
  })
  const added = named.filter((row) => !known.has(keyOf(row)))
  const kept = new Set(named.map(({ id }) => id))
  const removed = replace ? before.filter(({ id }) => !kept.has(id)) : []
  if (!dryRun && problems.length === 0) {
    if (removed.length > 0)
      await deleteRules(
        tx,
        list.id,
        removed.map(({ id }) => id),
      )
    if (added.length + changed.length > 0) await upsertRules(tx, [...changed, ...added])
  }
  return {
    dryRun,
    added: added.length,
    changed: changed.length,
    same: named.length - added.length - changed.length,
    removed: removed.length,
    problems: problems.toSorted((a, b) => a.line - b.line).slice(0, 200),
  }
}

/** What an entry is about: two of the same are the same entry. */
function keyOf(row: Omit<PriceRuleRow, 'id'>): string {
  const { variant_id, product_id, category_id, channel_id, min_quantity, valid_from, valid_until } = row
  return [variant_id, product_id, category_id, channel_id, min_quantity, valid_from, valid_until].join(' ')
}

function readLines(csv: string): { lines: ReadLine[]; problems: Problem[] } {
  const records = recordsOf(csv)
  const lines: ReadLine[] = []
  const problems: Problem[] = []
  for (const [index, record] of records.entries()) {
    const line = index + 2
    const text = header
      .map((column) => record[column] ?? '')
      .join(' ')
      .trim()
    const input = entryOf(record)
    if (typeof input === 'string') problems.push({ line, problem: input, text })
    else lines.push({ line, text, input })
  }
  return { lines, problems }
}

/** @throws pricing.file_unreadable */
function recordsOf(csv: string): Partial<Record<Column, string>>[] {
  const first = csv.split('\n', 1)[0] ?? ''
  const delimiter = first.includes(';') && !first.includes(',') ? ';' : ','
  let records: Record<string, string>[]
  try {
    records = parse(csv, {
      bom: true,
      delimiter,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    })
  } catch {
    throw refuse('pricing.file_unreadable')
  }
  const columns = Object.keys(records[0] ?? {})
  if (records.length > mostEntries || !['scope', 'kind', 'value'].every((name) => columns.includes(name)))
    throw refuse('pricing.file_unreadable')
  return records.map((record) =>
    Object.fromEntries(header.map((column) => [column, unguardCell(record[column] ?? '')])),
  )
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

/** One line as an entry, or what is wrong with it. */
function entryOf(record: Partial<Record<Column, string>>): PriceEntryInput | Problem['problem'] {
  const cell = (name: Column): string => record[name] ?? ''
  const scope = priceScopes.find((one) => one === cell('scope').toLowerCase())
  const code = cell('code') || null
  if (!scope || (scope === 'all') !== (code === null)) return 'scope'
  const hundredths = Math.round(
    Number(
      cell('value')
        .replace(',', '.')
        .replace(/[€%\s]/g, ''),
    ) * 100,
  )
  const kind = cell('kind').toLowerCase()
  const fixed = kind === 'fixed'
  const sound = Number.isSafeInteger(hundredths) && cell('value') !== ''
  const fits = fixed ? hundredths >= 0 && hundredths <= 100_000_000 : hundredths >= 1 && hundredths <= 10_000
  if (!sound || !fits || (!fixed && kind !== 'percent')) return 'value'
  const minQuantity = cell('min_quantity') === '' ? 1 : Number(cell('min_quantity'))
  if (!Number.isInteger(minQuantity) || minQuantity < 1 || minQuantity > 9_999) return 'quantity'
  const [validFrom, validUntil] = [cell('valid_from') || null, cell('valid_until') || null]
  if ([validFrom, validUntil].some((day) => day !== null && !isDay(day))) return 'dates'
  if (validFrom !== null && validUntil !== null && validFrom > validUntil) return 'dates'
  return {
    scope,
    code,
    amountMinor: fixed ? hundredths : null,
    percentBasisPoints: fixed ? null : hundredths,
    minQuantity,
    channelCode: cell('channel') || null,
    validFrom,
    validUntil,
  }
}

async function resolved(
  ctx: Ctx,
  db: Queryable,
  listId: string,
  lines: readonly ReadLine[],
  read: readonly Problem[],
): Promise<{ rows: PriceRuleRow[]; problems: Problem[] }> {
  const codes = (scope: PriceScope) =>
    lines.flatMap(({ input }) => (input.scope === scope && input.code !== null ? [input.code] : []))
  const found = await idsOfScopes(db, {
    variant: codes('variant'),
    product: codes('product'),
    category: codes('category'),
  })
  const ids = new Map(found.map(({ scope, code, id }) => [`${scope} ${code}`, id]))
  const channels = new Map((await listChannels(db)).map(({ code, id }) => [code, id]))
  const rows: PriceRuleRow[] = []
  const problems = [...read]
  const seen = new Set<string>()
  for (const { line, text, input } of lines) {
    const scopeId = input.scope === 'all' ? null : ids.get(`${input.scope} ${input.code}`)
    const channelId = input.channelCode === null ? null : channels.get(input.channelCode)
    if (scopeId === undefined) problems.push({ line, problem: 'unknown', text })
    else if (channelId === undefined) problems.push({ line, problem: 'channel', text })
    else {
      const row = ruleRow(ctx, { listId, id: ctx.ids.next(), scopeId, channelId }, input)
      if (seen.has(keyOf(row))) problems.push({ line, problem: 'twice', text })
      seen.add(keyOf(row))
      rows.push(row)
    }
  }
  return { rows, problems }
}
