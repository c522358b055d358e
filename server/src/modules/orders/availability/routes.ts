import type { ArticlePromise } from '@ecluse/contracts/availability.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import { sitesOf, type Ctx } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import {
  listChannelBuffers,
  listPlaces,
  readAdvanceSales,
  rescheduleSupplierOrder,
  setAdvanceSales,
  setChannelBuffer,
  setSafetyStock,
} from '../../inventory/public.ts'
import type { OfferModel } from '../../offers/public.ts'
import { selectPromised, type PromisedRow } from '../queries/promised.ts'
import { viewAvailability } from './view-availability.ts'

/** What can be promised of an article and why, and what is kept back: from stock, from promises and from the read model. */
export function availabilityRoutes({ model }: { model: OfferModel }): Routes {
  return (app, services) => {
    implement(app, services, 'getAvailability', endpoints.getAvailability, (ctx, { params, query }) =>
      viewAvailability(ctx, model, { ...params, ...query }),
    )

    implement(app, services, 'listArticlePromises', endpoints.listArticlePromises, async (ctx, { params, query }) => {
      const rows = await selectPromised(ctx.db, {
        variantId: params.variantId,
        placeIds: await placesAsked(ctx, query.placeId),
        afterId: decodeCursor(query.cursor, [cursorPatterns.uuid])?.[0],
        limit: query.limit,
      })
      return pageOf(rows, query.limit, promiseOf, (row) => [row.id])
    })

    implement(app, services, 'setSafetyStock', endpoints.setSafetyStock, (ctx, { body }) =>
      command(ctx, async (tx) => ({ articles: await setSafetyStock(ctx, tx, body) })),
    )

    implement(app, services, 'listChannelBuffers', endpoints.listChannelBuffers, async (ctx) => ({
      items: await listChannelBuffers(ctx.db),
    }))

    implement(app, services, 'setChannelBuffer', endpoints.setChannelBuffer, async (ctx, { body }) => {
      const items = await command(ctx, async (tx) => {
        await setChannelBuffer(ctx, tx, body)
        return listChannelBuffers(tx)
      })
      // Who saved sees it at once, ahead of the events.
      await model.refreshTerms()
      return { items }
    })

    implement(app, services, 'getAdvanceSales', endpoints.getAdvanceSales, async (ctx, { params }) => ({
      items: await readAdvanceSales(ctx.db, params.variantId),
    }))

    implement(app, services, 'setAdvanceSales', endpoints.setAdvanceSales, async (ctx, { params, body }) => {
      const items = await command(ctx, async (tx) => {
        await setAdvanceSales(ctx, tx, params.variantId, body.items)
        return readAdvanceSales(tx, params.variantId)
      })
      await model.refreshTerms()
      return { items }
    })

    implement(
      app,
      services,
      'rescheduleSupplierOrder',
      endpoints.rescheduleSupplierOrder,
      async (ctx, { params, body }) => {
        await command(ctx, (tx) => rescheduleSupplierOrder(ctx, tx, params.supplierOrderId, body))
        await model.refreshTerms()
        return { lines: body.lines.length }
      },
    )
  }
}

/** The place asked, or those of the shops the actor is kept to; null when all are open. */
async function placesAsked(ctx: Ctx, placeId: string | undefined): Promise<string[] | null> {
  const siteIds = sitesOf(ctx.actor)
  if (siteIds === null) return placeId === undefined ? null : [placeId]
  const own = (await listPlaces(ctx.db)).filter((place) => siteIds.includes(place.siteId)).map(({ id }) => id)
  return placeId === undefined ? own : own.filter((id) => id === placeId)
}

function promiseOf(row: PromisedRow): ArticlePromise {
  return {
    kind: row.kind,
    term: row.term,
    ahead: row.ahead && { kind: row.ahead, shipsOn: row.ships_on },
    documentId: row.document_id,
    number: row.number,
    channelCode: row.channel_code,
    customer: row.customer,
    placeId: row.place_id,
    placeName: row.place_name,
    units: row.units,
    madeAt: row.made_at.toISOString(),
    until: row.until?.toISOString() ?? null,
  }
}
