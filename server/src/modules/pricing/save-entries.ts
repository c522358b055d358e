import type { PriceEntry, PriceEntryInput, PriceList } from '@ecluse/contracts/price-lists.ts'
import type { LocalizedText } from '@ecluse/contracts/scalars.ts'
import { actorLabel, type Ctx } from '../../kernel/context.ts'
import { brokenConstraint, type Queryable, type Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { listChannels } from '../channels/public.ts'
import { lockList } from './queries/locks.ts'
import {
  selectListSummaries,
  updateIncludesVat,
  upsertPriceList,
  type PriceListSummary,
} from './queries/price-lists.ts'
import {
  deleteRules,
  idsOfScopes,
  ruleById,
  upsertRules,
  type NamedRule,
  type PriceRuleRow,
} from './queries/price-rules.ts'

/** @throws pricing.list_not_found */
export async function listSummary(db: Queryable, code: string): Promise<PriceListSummary> {
  const [list] = await selectListSummaries(db, code)
  if (!list) throw refuse('pricing.list_not_found', { code })
  return list
}

/** A list as the API tells it. */
export function viewList({ id: _id, ...list }: PriceListSummary): PriceList {
  return list
}

/**
 * Creates a list for companies, or renames one.
 * @throws pricing.list_of_channel for prices without VAT on a list that a channel sells from
 */
export async function saveList(
  ctx: Ctx,
  tx: Tx,
  code: string,
  input: { readonly name: LocalizedText; readonly includesVat: boolean },
): Promise<PriceList> {
  await upsertPriceList(tx, { id: ctx.ids.next(), code, name: input.name })
  await updateIncludesVat(tx, code, input.includesVat)
  const list = await listSummary(tx, code)
  if (!input.includesVat && list.channelCodes.length > 0) throw refuse('pricing.list_of_channel', { code })
  return viewList(list)
}

/**
 * Locks a list whose entries are to be changed.
 * @throws pricing.list_not_found; pricing.list_of_channel: what a channel sells from is priced article by article
 */
export async function lockForEntries(tx: Tx, code: string): Promise<PriceListSummary> {
  if ((await lockList(tx, code)) === undefined) throw refuse('pricing.list_not_found', { code })
  const list = await listSummary(tx, code)
  if (list.channelCodes.length > 0) throw refuse('pricing.list_of_channel', { code })
  return list
}

/**
 * Writes an entry, a new one or one that is there.
 * @throws pricing.list_not_found, pricing.list_of_channel, pricing.entry_not_found, pricing.scope_not_found, channels.not_found,
 *   pricing.entry_twice when another entry is about the same
 */
export async function saveEntry(
  ctx: Ctx,
  tx: Tx,
  code: string,
  entryId: string | null,
  input: PriceEntryInput,
): Promise<PriceEntry> {
  const list = await lockForEntries(tx, code)
  if (entryId !== null && !(await ruleById(tx, list.id, entryId, ctx.locale))) throw refuse('pricing.entry_not_found')
  const row = await rowOf(ctx, tx, list.id, entryId ?? ctx.ids.next(), input)
  try {
    await upsertRules(tx, [row])
  } catch (error) {
    if (brokenConstraint(error)?.startsWith('price_rule_price_list_id')) throw refuse('pricing.entry_twice')
    throw error
  }
  const saved = await ruleById(tx, list.id, row.id, ctx.locale)
  if (!saved) throw refuse('pricing.entry_not_found')
  return viewEntry(saved)
}

/** @throws pricing.list_not_found, pricing.list_of_channel */
export async function removeEntry(tx: Tx, code: string, entryId: string): Promise<boolean> {
  const list = await lockForEntries(tx, code)
  return (await deleteRules(tx, list.id, [entryId])) > 0
}

/** An entry as a row. @throws pricing.scope_not_found, channels.not_found */
async function rowOf(
  ctx: Ctx,
  db: Queryable,
  listId: string,
  id: string,
  input: PriceEntryInput,
): Promise<PriceRuleRow> {
  const { scope, code } = input
  const about = { variant: [], product: [], category: [], [scope]: code === null ? [] : [code] }
  const [found] = scope === 'all' ? [] : await idsOfScopes(db, about)
  if (scope !== 'all' && !found) throw refuse('pricing.scope_not_found', { code: code ?? '' })
  const channel = (await listChannels(db)).find((one) => one.code === input.channelCode)
  if (input.channelCode !== null && !channel) throw refuse('channels.not_found', { code: input.channelCode })
  return ruleRow(ctx, { listId, id, scopeId: found?.id ?? null, channelId: channel?.id ?? null }, input)
}

/** The row of an entry whose scope and channel are known. */
export function ruleRow(
  ctx: Pick<Ctx, 'clock' | 'actor'>,
  known: { listId: string; id: string; scopeId: string | null; channelId: string | null },
  input: Omit<PriceEntryInput, 'code' | 'channelCode'>,
): PriceRuleRow {
  const { scope } = input
  return {
    id: known.id,
    price_list_id: known.listId,
    variant_id: scope === 'variant' ? known.scopeId : null,
    product_id: scope === 'product' ? known.scopeId : null,
    category_id: scope === 'category' ? known.scopeId : null,
    channel_id: known.channelId,
    min_quantity: input.minQuantity,
    amount_minor: input.amountMinor === null ? null : BigInt(input.amountMinor),
    percent_basis_points: input.percentBasisPoints,
    valid_from: input.validFrom,
    valid_until: input.validUntil,
    changed_at: ctx.clock.now(),
    changed_by: actorLabel(ctx.actor),
  }
}

export function viewEntry(row: NamedRule): PriceEntry {
  return {
    id: row.id,
    scope: row.scope,
    code: row.code,
    name: row.name ?? '',
    amountMinor: row.amount_minor === null ? null : Number(row.amount_minor),
    percentBasisPoints: row.percent_basis_points,
    minQuantity: row.min_quantity,
    channelCode: row.channel_code,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    changedAt: row.changed_at.toISOString(),
    changedBy: row.changed_by,
  }
}
