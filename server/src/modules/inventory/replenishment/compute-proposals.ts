import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Queryable } from '../../../kernel/db.ts'
import { figuresOf, shareSource, usualRule, type Rule } from '../domain/replenishment/rules.ts'
import {
  replaceProposals,
  selectFree,
  selectKnown,
  selectRules,
  upsertRun,
  type KnownRow,
  type ProposalRow,
} from '../queries/replenishment.ts'
import { selectSourcedPlaces } from '../queries/sourcing.ts'

const dayMs = 86_400_000
/** Eight weeks: whole weeks, so that no weekday weighs more. */
const mostDays = 56
/** An article that is new is looked at over a week at least. */
const fewestDays = 7

export type PlaceRule = { readonly id: string; readonly name: string; readonly rule: Rule }

/** How each place is replenished: by its own rule, or as is usual. */
export async function placeRules(db: Queryable, now: Date): Promise<PlaceRule[]> {
  // What lies at a supplier's place is not ours to replenish.
  const places = (await selectSourcedPlaces(db, now)).filter(({ siteKind }) => siteKind !== 'supplier')
  const own = new Map((await selectRules(db)).map((rule) => [rule.placeId, rule]))
  const warehouse = places.find(({ siteKind }) => siteKind === 'warehouse')?.id ?? null
  return places.map((place) => ({
    id: place.id,
    name: place.name,
    rule: own.get(place.id) ?? usualRule(place, warehouse),
  }))
}

/**
 * Computes what to order and to transfer, place by place, and notes how far it is. Each place is replaced as a whole in a
 * transaction of its own: what is shown is never half of a place. What a place can send is shared among those that ask for it.
 */
export async function computeProposals(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const places = await placeRules(ctx.db, now)
  const run = { started_at: now, finished_at: null, total: places.length }
  let done = 0
  await upsertRun(ctx.db, { ...run, done })
  const since = new Date(now.getTime() - mostDays * dayMs)
  const wishes = new Map<string, Wish[]>()
  for (const { id, rule } of places) {
    const known = await selectKnown(ctx.db, id, since)
    const wanted = known.map((row) => wishOf(id, rule, row, now)).filter(({ figures }) => figures.wantedUnits > 0)
    const source = rule.source === 'transfer' ? (rule.fromPlaceId ?? '') : ''
    wishes.set(source, [...(wishes.get(source) ?? []), ...wanted])
    done += 1
    // The last step is the sharing.
    await upsertRun(ctx.db, { ...run, done: Math.min(done, places.length - 1) })
  }
  const proposals: ProposalRow[] = []
  for (const [source, asked] of wishes) {
    if (source === '') proposals.push(...asked.map((wish) => ({ ...wish, units: wish.figures.wantedUnits })))
    else proposals.push(...shareSource(asked, await selectFree(ctx.db, source)))
  }
  for (const { id } of places) {
    const ofPlace = proposals.filter(({ placeId }) => placeId === id)
    await inTransaction(ctx.db, (tx) => replaceProposals(tx, id, ofPlace, now))
  }
  await upsertRun(ctx.db, { ...run, finished_at: ctx.clock.now(), done: places.length })
}

type Wish = Omit<ProposalRow, 'units'>

function wishOf(placeId: string, rule: Rule, row: KnownRow, now: Date): Wish {
  const age = row.firstMoved ? Math.ceil((now.getTime() - row.firstMoved.getTime()) / dayMs) : 0
  const daysLookedAt = Math.min(mostDays, Math.max(fewestDays, age))
  return {
    variantId: row.variantId,
    placeId,
    source: rule.source,
    fromPlaceId: rule.fromPlaceId,
    supplierName: rule.source === 'supplier' ? row.supplierName : null,
    figures: figuresOf({ ...row, daysLookedAt }, rule),
  }
}
