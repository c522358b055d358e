import { describe, expect, test } from 'vitest'
import { discounted, discountOf, emptyDraft, inputOf, needsApproval, totalsOf, type DraftLine } from './quote-draft.ts'

const line = (changes: Partial<DraftLine>): DraftLine => ({
  variantId: 'v',
  productId: 'p',
  name: 'Vélo',
  label: '',
  sku: 'V',
  imageUrl: null,
  quantity: 1,
  listMinor: 10_000,
  unitMinor: 10_000,
  vatBasisPoints: 2_000,
  note: '',
  ...changes,
})
const rules = { mostDiscountBasisPoints: 1_000, mostDiscountMinor: 5_000, validityDays: 30 }

describe('a quote being written', () => {
  test('knows a price from a discount and back, to the cent', () => {
    expect(discounted(9_999, 10)).toBe(8_999)
    expect(discountOf({ listMinor: 10_000, unitMinor: 9_250 })).toBe(7.5)
    expect(discountOf({ listMinor: 10_000, unitMinor: 12_000 })).toBe(0)
  })

  test('adds up: articles, discount, carriage, VAT per line', () => {
    const lines = [
      line({ quantity: 2, unitMinor: 9_000 }),
      line({ listMinor: 550, unitMinor: 550, vatBasisPoints: 550 }),
    ]
    expect(totalsOf({ lines, feeMinor: 490 })).toEqual({ subtotal: 18_550, discount: 2_000, vat: 3_111, total: 19_040 })
  })

  test('says before it is sent whether it needs approval', () => {
    expect(needsApproval({ lines: [line({ unitMinor: 9_000 })] }, rules)).toBe(false)
    expect(needsApproval({ lines: [line({ unitMinor: 8_900 })] }, rules)).toBe(true)
    expect(needsApproval({ lines: [line({ unitMinor: 9_000, quantity: 6 })] }, rules)).toBe(true)
  })

  test('is a present once somebody says so, with their words', () => {
    const draft = emptyDraft('phone', '2026-04-01')
    expect(inputOf(draft, 'fr').gift).toBeNull()
    expect(inputOf({ ...draft, gift: { message: 'Pour toi' } }, 'fr').gift).toEqual({ message: 'Pour toi' })
  })

  test('names the window of a delivery and the time at a drive, each with its own way', () => {
    const hour = { id: 'h', startsAt: '2026-04-01T08:00:00.000Z', endsAt: '2026-04-01T10:00:00.000Z' }
    const draft = { ...emptyDraft('phone', '2026-04-01'), window: hour, slot: hour }
    expect(inputOf({ ...draft, method: 'delivery' }, 'fr').delivery).toMatchObject({ windowId: 'h' })
    expect(inputOf({ ...draft, method: 'delivery' }, 'fr').delivery).not.toHaveProperty('slotId')
    expect(inputOf({ ...draft, method: 'pickup' }, 'fr').delivery).toMatchObject({ slotId: 'h' })
    expect(inputOf(draft, 'fr').delivery).not.toHaveProperty('windowId')
  })

  test('leaves the channel’s own fee alone when none was typed', () => {
    expect(inputOf(emptyDraft('phone', '2026-04-01'), 'fr').delivery).toEqual({
      method: 'carry_out',
      siteId: null,
      address: null,
    })
  })
})
