import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import { may, sitesOf } from '../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../kernel/cursor.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { membersOf, noteRead } from '../customers/public.ts'
import { toMoney } from '../../kernel/money.ts'
import { qrSvg } from '../../kernel/qr.ts'
import { cancelOrder } from './cancel-order.ts'
import { splitCart } from './groups/split-cart.ts'
import { holdCart, holdUntil, lockedLines, releaseCart, renewHold } from './passes/hold-cart.ts'
import { placeOrder, type PlacementDeps } from './place-order.ts'
import { insertCart, upsertCartLine } from './queries/carts.ts'
import { listOrderRows } from './queries/list.ts'
import { groupOfLine } from './queries/order-groups.ts'
import { selectOrder } from './queries/orders.ts'
import { readLotOrders } from './read-lot-orders.ts'
import { holdsToken, readOrder, summaryOf } from './read-order.ts'
import { readTakings } from './read-takings.ts'
import { leaveReservation } from './reservations/settle-reservation.ts'
import { settleOrder } from './settle-order.ts'
import { viewCart } from './view-cart.ts'

const listPosition = [cursorPatterns.instant, cursorPatterns.uuid] as const

/** Carts and orders. */
export const orderRoutes =
  (deps: PlacementDeps): Routes =>
  (app, services) => {
    cartRoutes(deps)(app, services)
    lotOrderRoutes(app, services)
    orderListRoutes(app, services)

    implement(app, services, 'placeOrder', endpoints.placeOrder, (ctx, { body }) => placeOrder(deps, ctx, body))

    implement(app, services, 'getOrder', endpoints.getOrder, (ctx, { params, query }) =>
      readOrder(ctx, ctx.db, params.orderId, query.token),
    )

    implement(app, services, 'cancelOrder', endpoints.cancelOrder, async (ctx, { params, body }) => {
      const voids: string[] = []
      const answer = await command(ctx, async (tx) => {
        voids.splice(0, Infinity, ...(await cancelOrder(ctx, tx, params.orderId, body.reason)).voidPaymentIds)
        return readOrder(ctx, tx, params.orderId, undefined)
      })
      for (const paymentId of voids) await deps.provider.void(paymentId)
      return answer
    })

    implement(app, services, 'confirmPayment', endpoints.confirmPayment, async (ctx, { params, body }) => {
      const order = await selectOrder(ctx.db, params.orderId)
      if (!order || !holdsToken(order, body.token)) throw refuse('orders.not_found')
      const state = await settleOrder(ctx, deps.provider, params.orderId)
      return {
        orderId: order.id,
        number: order.number,
        accessToken: order.access_token,
        documentState: state ?? order.document_state,
        total: toMoney(order.total_minor, order.currency),
        challengeUrl: null,
        changeDue: null,
      }
    })

    implement(app, services, 'getPickupQr', endpoints.getPickupQr, async (ctx, { params, query }, { reply }) => {
      const order = await selectOrder(ctx.db, params.orderId)
      if (!order || !holdsToken(order, query.token)) throw refuse('orders.not_found')
      const part = await groupOfLine(ctx.db, { order_id: order.id, group_no: query.group ?? null })
      const code = part ? part.pickup_code : order.pickup_code
      if (code === null) throw refuse('orders.not_found')
      const drawing = await qrSvg(code)
      return reply.type('image/svg+xml').header('cache-control', 'private, max-age=3600').send(drawing)
    })
  }

/** Orders in lists, and what a shop took. */
const orderListRoutes: Routes = (app, services) => {
  implement(app, services, 'getTakings', endpoints.getTakings, (ctx, { params, query }) =>
    readTakings(ctx, params.siteId, query),
  )

  implement(app, services, 'listOrders', endpoints.listOrders, async (ctx, { query }) => {
    const before = decodeCursor(query.cursor, listPosition)
    const partyIds = query.customerId === undefined ? undefined : await membersOf(ctx.db, query.customerId)
    if (query.customerId !== undefined) noteRead(ctx, query.customerId, 'orders')
    const rows = await listOrderRows(ctx.db, {
      ...query,
      partyIds,
      siteIds: sitesOf(ctx.actor),
      elsewhere: query.returnable !== undefined && may(ctx.actor, 'returns:write'),
      before: before ? { placedAt: before[0] ?? '', id: before[1] ?? '' } : undefined,
    })
    return pageOf(rows, query.limit, summaryOf, (row) => [row.placed_at, row.id])
  })

  implement(app, services, 'listMyOrders', endpoints.listMyOrders, async (ctx, { query }) => {
    if (ctx.actor.kind !== 'account' && ctx.actor.kind !== 'staff') throw refuse('access.not_signed_in')
    const before = decodeCursor(query.cursor, listPosition)
    const rows = await listOrderRows(ctx.db, {
      accountId: ctx.actor.accountId,
      limit: query.limit,
      before: before ? { placedAt: before[0] ?? '', id: before[1] ?? '' } : undefined,
    })
    return pageOf(rows, query.limit, summaryOf, (row) => [row.placed_at, row.id])
  })
}

const cartRoutes =
  (deps: PlacementDeps): Routes =>
  (app, services) => {
    const { model, favours } = deps
    implement(app, services, 'splitCart', endpoints.splitCart, (ctx, { params, query }) =>
      splitCart(deps, ctx, params.cartId, query),
    )

    implement(app, services, 'createCart', endpoints.createCart, (ctx, { body }) =>
      command(ctx, async (tx) => {
        const channel = model.channel(body.channel)
        if (!channel) throw refuse('channels.not_found', { code: body.channel })
        const id = ctx.ids.next()
        const accountId = ctx.actor.kind === 'account' ? ctx.actor.accountId : null
        await insertCart(tx, { id, channelId: channel.id, accountId }, ctx.clock.now())
        return viewCart(ctx, tx, model, id, favours)
      }),
    )

    implement(app, services, 'getCart', endpoints.getCart, (ctx, { params, query }) =>
      viewCart(ctx, ctx.db, model, params.cartId, favours, query),
    )

    implement(app, services, 'setCartLine', endpoints.setCartLine, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        // Locked before it is looked at: who puts it aside meanwhile would hold goods for a line that is gone.
        const lines = await lockedLines(tx, params.cartId)
        const cart = await viewCart(ctx, tx, model, params.cartId, favours)
        if (cart.quote) throw refuse('orders.quote_fixed')
        const known = cart.lines.some((line) => line.variantId === params.variantId)
        if (!known && !model.sellable(cart.channelCode, params.variantId, ctx.clock.now()))
          throw refuse('orders.not_sold', { variantId: params.variantId })
        // What is put aside follows what is wanted, in the same moment.
        const held = lines.some((line) => line.holdPromiseId !== null) ? lines : []
        if (!(await upsertCartLine(tx, params.cartId, params.variantId, body.quantity, ctx.clock.now())))
          throw refuse('orders.cart_not_found')
        if (held.length > 0) await renewHold(ctx, tx, model, params.cartId, held)
        const now = await viewCart(ctx, tx, model, params.cartId, favours)
        if (held.length > 0 && now.lines.length === 0) await leaveReservation(ctx, tx, params.cartId)
        return now
      }),
    )

    implement(app, services, 'holdCart', endpoints.holdCart, (ctx, { params, body }) =>
      command(ctx, async (tx) => {
        const before = await viewCart(ctx, tx, model, params.cartId, favours)
        const closed = before.lines.find(({ opening }) => opening && !opening.open)
        if (closed?.opening)
          throw refuse('orders.not_open_yet', { variantId: closed.variantId, opensAt: closed.opening.at })
        await holdCart(ctx, tx, model, params.cartId, { siteId: body.siteId, until: holdUntil(ctx, body.until) })
        return viewCart(ctx, tx, model, params.cartId, favours)
      }),
    )

    implement(app, services, 'releaseCartHold', endpoints.releaseCartHold, (ctx, { params }) =>
      command(ctx, async (tx) => {
        if (!(await leaveReservation(ctx, tx, params.cartId))) await releaseCart(ctx, tx, params.cartId)
        return viewCart(ctx, tx, model, params.cartId, favours)
      }),
    )
  }

/** Who has units of a lot. */
const lotOrderRoutes: Routes = (app, services) => {
  implement(app, services, 'listLotOrders', endpoints.listLotOrders, async (ctx, { params }) => ({
    items: await readLotOrders(ctx, params.lotId),
  }))
}
