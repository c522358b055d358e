import type { OrderSourcing } from '@ecluse/contracts/sourcing.ts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import type { ReadModel } from '../offers/public.ts'
import {
  explainAhead,
  explainChoice,
  readOrder,
  selectOrder,
  selectOrderLines,
  type OrderLineRow,
} from '../orders/public.ts'
import { refusalsOf } from './queries/refusals.ts'

type Decision = OrderSourcing['decisions'][number]

/**
 * Every choice of places made for an order, the first when it was placed and one for each line a place refused, each with the
 * rules and the stock it was made by.
 * @throws orders.not_found
 */
export async function explainOrderSourcing(ctx: Ctx, model: ReadModel, orderId: string): Promise<OrderSourcing> {
  // Whoever may read the order may know why it is served from where it is.
  await readOrder(ctx, ctx.db, orderId, undefined)
  const order = await selectOrder(ctx.db, orderId)
  if (!order) throw refuse('orders.not_found')
  const lines = await selectOrderLines(ctx.db, [orderId])
  const refusals = await refusalsOf(ctx.db, orderId)
  const decisions: Decision[] = []
  const chosenFor = linesChosenFor(lines, order.sourcing?.a.length ?? 0)
  const placed = await explainChoice(ctx.db, model, order, chosenFor, order.sourcing)
  if (placed) decisions.push({ at: order.placed_at.toISOString(), cause: 'placed', refusal: null, ...placed })
  for (const [index, refusal] of refusals.entries()) {
    const line = lines.filter(({ id }) => id === refusal.line_id)
    const sofar = refusals
      .slice(0, index + 1)
      .map(({ place_id: placeId, variant_id: variantId, reason }) => ({ placeId, variantId, reason }))
    const chosen = await explainChoice(ctx.db, model, order, line, refusal.sourcing, sofar)
    if (chosen)
      decisions.push({
        at: refusal.refused_at.toISOString(),
        cause: 'refused',
        refusal: {
          lineId: refusal.line_id,
          placeId: refusal.place_id,
          placeName: refusal.place_name,
          reason: refusal.reason,
          quantity: refusal.quantity,
          actor: refusal.actor,
          note: refusal.note,
        },
        ...chosen,
      })
  }
  return { ahead: await explainAhead(ctx, lines), decisions }
}

/**
 * The lines a place was chosen for, in the order of the record. What is sold ahead comes where its rule says; parts fetched in a shop or
 * downloaded are served from one place only; what was added or given in exchange later stands last, and was not there to be chosen for.
 * @param recorded how many lines the record has
 */
function linesChosenFor(lines: readonly OrderLineRow[], recorded: number): readonly OrderLineRow[] {
  const sent = lines.filter(({ ahead, group_no: part }) => !ahead && !part)
  // A choice made anew leaves out what had been cancelled before.
  const there = sent.length > recorded ? sent.filter(({ exception }) => exception !== 'cancelled') : sent
  return (there.length < recorded ? sent : there).slice(0, recorded)
}
