import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Proposal } from '@ecluse/contracts/replenishment.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { command } from '../../../kernel/command.ts'
import { actorLabel } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { placesOf, requireEitherPlace, requirePlace } from '../actors-places.ts'
import { proposeReplenishment } from '../jobs/propose-replenishment.ts'
import { articleOf } from '../queries/articles.ts'
import {
  selectProposals,
  selectRun,
  upsertLimit,
  upsertRule,
  upsertRun,
  type ListedProposal,
} from '../queries/replenishment.ts'
import { shelvedVariants } from '../queries/stock.ts'
import { acceptProposals } from './accept-proposals.ts'
import { placeRules } from './compute-proposals.ts'

/** What to order and to transfer. */
export const replenishmentRoutes: Routes = (app, services) => {
  implement(app, services, 'listProposals', endpoints.listProposals, async (ctx, { query }) => {
    const after = decodeCursor(query.cursor, [cursorPatterns.text, cursorPatterns.uuid])
    const rows = await selectProposals(ctx.db, {
      ...query,
      placeIds: await placesOf(ctx),
      after: after ? { sku: after[0] ?? '', placeId: after[1] ?? '' } : undefined,
    })
    return pageOf(
      rows,
      query.limit,
      (row) => proposalOf(row, ctx.locale),
      (row) => [row.sku, row.place_id],
    )
  })

  implement(app, services, 'getReplenishmentRun', endpoints.getReplenishmentRun, (ctx) => readRun(ctx.db))

  implement(app, services, 'computeReplenishment', endpoints.computeReplenishment, (ctx) =>
    command(ctx, async (tx) => {
      const run = await selectRun(tx)
      await upsertRun(tx, { started_at: ctx.clock.now(), finished_at: null, done: 0, total: run?.total ?? 1 })
      // One at a time, however many ask.
      await enqueue(tx, proposeReplenishment, {}, { key: proposeReplenishment.name })
      return readRun(tx)
    }),
  )

  implement(app, services, 'acceptProposals', endpoints.acceptProposals, (ctx, { body }) =>
    command(ctx, (tx) => acceptProposals(ctx, tx, body.items)),
  )

  implement(app, services, 'listReplenishmentRules', endpoints.listReplenishmentRules, async (ctx) => {
    const mine = await placesOf(ctx)
    const places = await placeRules(ctx.db, ctx.clock.now())
    return {
      items: places
        .filter(({ id }) => mine === null || mine.includes(id))
        .map(({ id, name, rule }) => ({ ...rule, placeId: id, placeName: name })),
    }
  })

  implement(app, services, 'saveReplenishmentRule', endpoints.saveReplenishmentRule, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      const place = await requirePlace(ctx, tx, params.placeId)
      if (body.source === 'transfer') {
        if (!body.fromPlaceId || body.fromPlaceId === place.id) throw refuse('inventory.same_place')
        await requireEitherPlace(ctx, tx, [place.id, body.fromPlaceId])
      }
      const rule = { ...body, placeId: place.id, fromPlaceId: body.source === 'transfer' ? body.fromPlaceId : null }
      await upsertRule(tx, rule, ctx.clock.now(), actorLabel(ctx.actor))
      return { ...rule, placeName: place.name }
    }),
  )

  implement(app, services, 'saveReplenishmentLimit', endpoints.saveReplenishmentLimit, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      await requirePlace(ctx, tx, params.placeId)
      if (!(await shelvedVariants(tx, [params.variantId])).has(params.variantId))
        throw refuse('inventory.variant_not_found')
      if (body.minUnits !== null && body.maxUnits !== null && body.maxUnits < body.minUnits)
        throw refuse('inventory.limits_crossed')
      await upsertLimit(tx, { ...params, ...body })
      return body
    }),
  )
}

async function readRun(db: Queryable) {
  const run = await selectRun(db)
  return {
    startedAt: run?.started_at.toISOString() ?? null,
    finishedAt: run?.finished_at?.toISOString() ?? null,
    done: run?.done ?? 0,
    total: run?.total ?? 0,
  }
}

function proposalOf(row: ListedProposal, locale: Locale): Proposal {
  return {
    ...articleOf(row, locale),
    placeId: row.place_id,
    placeName: row.place_name,
    source: row.source,
    fromPlaceId: row.from_place_id,
    fromPlaceName: row.from_place_name,
    supplierName: row.supplier_name,
    units: row.units,
    figures: row.figures,
    computedAt: row.computed_at.toISOString(),
  }
}
