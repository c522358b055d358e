import type { AheadReason } from '@ecluse/contracts/sourcing.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { arrivalsOf, companyDay, listPlaces } from '../../inventory/public.ts'
import { selectWaiting } from '../queries/ahead.ts'
import type { OrderLineRow } from '../queries/orders.ts'
import { thereFor } from './serve-ahead.ts'

/**
 * From where the goods of lines sold ahead come: who was promised before is served before, and the first arrival that suffices
 * serves the line. What is told is what is known now; an arrival that slips, or a promise given up, changes it.
 */
export async function explainAhead(ctx: Ctx, lines: readonly OrderLineRow[]): Promise<AheadReason[]> {
  const sold = lines.filter((line) => line.ahead && line.exception !== 'cancelled')
  if (sold.length === 0) return []
  const names = new Map((await listPlaces(ctx.db)).map((place) => [place.id, place.name]))
  return Promise.all(
    sold.map(async (line): Promise<AheadReason> => {
      const served = line.allocated_at ? { unitsBefore: 0, arrival: null } : await servedBy(ctx, line)
      return {
        lineId: line.id,
        name: line.variant_label === '' ? line.name : `${line.name} · ${line.variant_label}`,
        sku: line.sku,
        quantity: line.quantity,
        kind: line.ahead ?? 'back_order',
        placeName: names.get(line.place_id) ?? '',
        shipsOn: line.ships_on ?? null,
        allocatedAt: line.allocated_at?.toISOString() ?? null,
        ...served,
      }
    }),
  )
}

async function servedBy(ctx: Ctx, line: OrderLineRow): Promise<Pick<AheadReason, 'unitsBefore' | 'arrival'>> {
  const waiting = (await selectWaiting(ctx.db, [line.variant_id])).filter(({ pool_id }) => pool_id === line.pool_id)
  const place = waiting.findIndex(({ line_id }) => line_id === line.id)
  const unitsBefore = waiting.slice(0, Math.max(0, place)).reduce((sum, { quantity }) => sum + quantity, 0)
  let have = await thereFor(ctx.db, line.pool_id, waiting)
  const today = companyDay(ctx.clock.now())
  for (const coming of await arrivalsOf(ctx.db, line.variant_id)) {
    const { kind, document_id: documentId, number, sender, units, expected_on: expectedOn } = coming
    if (coming.place_id !== line.place_id || expectedOn === null || expectedOn < today) continue
    const short = have < unitsBefore + line.quantity
    have += units
    if (short && have >= unitsBefore + line.quantity)
      return { unitsBefore, arrival: { kind, documentId, number, sender, expectedOn, units } }
  }
  return { unitsBefore, arrival: null }
}
