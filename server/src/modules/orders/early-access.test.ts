import { expect, test } from 'vitest'
import type { Ctx } from '../../kernel/context.ts'
import type { Sellable } from '../offers/public.ts'
import { requireOpen } from './early-access.ts'
import type { FavourDesk } from './favours.ts'

const asked: string[] = []
const desk: FavourDesk = {
  freeDelivery: () => null,
  mayBuyEarly: (_ctx, buyer) => {
    asked.push(buyer?.cardNumber ?? 'nobody')
    return Promise.resolve(true)
  },
}
const sold = (opensAt: Date | null) => ({ sellable: { variantId: 'v', opensAt } as Sellable })

test('a purchase of what is open to everybody waits for nothing, and asks nobody', async () => {
  const ctx = {} as Ctx
  expect(requireOpen(desk, ctx, [sold(null), sold(null)], {})).toBeNull()
  expect(asked).toEqual([])
  await requireOpen(desk, ctx, [sold(null), sold(new Date('2026-03-05T08:00:00Z'))], { cardNumber: '1234' })
  expect(asked).toEqual(['1234'])
})
