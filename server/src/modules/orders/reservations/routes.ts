import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { FastifyRequest } from 'fastify'
import { command } from '../../../kernel/command.ts'
import { may, requireSite, sitesOf, type Ctx } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import type { ReadModel } from '../../offers/public.ts'
import {
  countOutcomes,
  listReservationRows,
  selectPolicies,
  selectReservation,
  upsertPolicy,
} from '../queries/reservations.ts'
import { makeReservation } from './make-reservation.ts'
import { cancelReservation, putAside, receiveVisitor, releaseReservation } from './settle-reservation.ts'
import { readReservation, shopsToTryIn, viewReservation } from './view-reservation.ts'

const listPosition = [cursorPatterns.instant, cursorPatterns.uuid] as const

export type ReservationDeps = {
  readonly model: ReadModel
  /** Counts what one network reserves. @throws kernel.too_many_requests */
  readonly limitReservations: (request: FastifyRequest) => Promise<unknown>
}

/** Reserve and try: from the shop's page to the till. */
export const reservationRoutes =
  (deps: ReservationDeps): Routes =>
  (app, services) => {
    implement(app, services, 'listReservationShops', endpoints.listReservationShops, (ctx, { query }) =>
      shopsToTryIn(ctx, deps.model, query),
    )
    implement(app, services, 'createReservation', endpoints.createReservation, async (ctx, { body }, { request }) => {
      if (!may(ctx.actor, 'orders:read')) await deps.limitReservations(request)
      return command(ctx, async (tx) => {
        const id = await makeReservation(ctx, tx, deps.model, body)
        const made = await selectReservation(tx, id)
        if (!made) throw refuse('orders.reservation_not_found')
        return viewReservation(made, true)
      })
    })
    implement(app, services, 'getReservation', endpoints.getReservation, (ctx, { params, query }) =>
      readReservation(ctx, ctx.db, params.reservationId, query.token),
    )
    implement(app, services, 'cancelReservation', endpoints.cancelReservation, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        await cancelReservation(ctx, tx, params.reservationId, body.token)
        return readReservation(ctx, tx, params.reservationId, body.token)
      }),
    )
    staffRoutes(deps)(app, services)
  }

const staffRoutes =
  ({ model }: ReservationDeps): Routes =>
  (app, services) => {
    /** Does something to a reservation and answers with it as it is then. */
    const acting = (ctx: Ctx, id: string, act: (tx: Tx) => Promise<void>) =>
      command(ctx, async (tx) => {
        await act(tx)
        return readReservation(ctx, tx, id, undefined)
      })

    implement(app, services, 'listReservations', endpoints.listReservations, async (ctx, { query }) => {
      const before = decodeCursor(query.cursor, listPosition)
      const rows = await listReservationRows(ctx.db, {
        ...query,
        open: query.open === undefined ? undefined : query.open === 'true',
        siteIds: sitesOf(ctx.actor),
        before: before ? { createdAt: before[0] ?? '', id: before[1] ?? '' } : undefined,
      })
      return pageOf(
        rows,
        query.limit,
        (row) => viewReservation(row, false),
        (row) => [row.created_at, row.id],
      )
    })
    implement(app, services, 'getReservationFigures', endpoints.getReservationFigures, async (ctx, { query }) => {
      const figures = await countOutcomes(ctx.db, { ...query, siteId: query.siteId, siteIds: sitesOf(ctx.actor) })
      const { no_show: noShow, units_bought: unitsBought, ...counts } = figures
      const over = counts.bought + counts.released + counts.cancelled + noShow
      return {
        ...counts,
        noShow,
        unitsBought,
        conversionBasisPoints: over === 0 ? null : Math.round((counts.bought * 10_000) / over),
      }
    })
    implement(app, services, 'putReservationAside', endpoints.putReservationAside, (ctx, { params, body }) =>
      acting(ctx, params.reservationId, (tx) => putAside(ctx, tx, params.reservationId, body.shelf)),
    )
    implement(app, services, 'receiveVisitor', endpoints.receiveVisitor, (ctx, { params }) =>
      acting(ctx, params.reservationId, (tx) => receiveVisitor(ctx, tx, params.reservationId)),
    )
    implement(app, services, 'releaseReservation', endpoints.releaseReservation, (ctx, { params, body }) =>
      acting(ctx, params.reservationId, (tx) =>
        releaseReservation(ctx, tx, model, params.reservationId, body.variantIds),
      ),
    )
    implement(app, services, 'listReservationPolicies', endpoints.listReservationPolicies, async (ctx) => {
      const siteIds = sitesOf(ctx.actor)
      const items = await selectPolicies(ctx.db)
      return { items: siteIds ? items.filter(({ siteId }) => siteIds.includes(siteId)) : items }
    })
    implement(app, services, 'putReservationPolicy', endpoints.putReservationPolicy, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        requireSite(ctx.actor, params.siteId)
        const [known] = await selectPolicies(tx, params.siteId)
        if (!known) throw refuse('channels.site_not_found')
        await upsertPolicy(tx, { siteId: params.siteId, ...body })
        return { ...known, ...body }
      }),
    )
  }
