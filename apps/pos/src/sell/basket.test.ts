import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeOrderBodySchema } from '@ecluse/contracts/orders.ts'
import { looksLikeBarcode, looksLikeCode, readTyped } from './typed-text.ts'
import { addLine, emptyBasket, purchaseOf, putBack, isPayable, setQuantity, totalOf, vatOf } from './basket.ts'
import type { BasketLine } from './basket-line.ts'

const line = (changes: Partial<BasketLine> = {}): BasketLine => ({
  variantId: '0192f0c1-7b5e-7cc0-8000-000000000001',
  handle: 'casque',
  name: 'Casque',
  label: 'M',
  sku: 'CASQUE-M',
  imageUrl: null,
  quantity: 1,
  unitPriceMinor: 5_990,
  vatBasisPoints: 2_000,
  available: 3,
  ...changes,
})

describe('a basket', () => {
  test('keeps one line per article', () => {
    const basket = addLine(addLine(emptyBasket(), line()), line({ quantity: 2 }))
    expect(basket.lines).toHaveLength(1)
    expect(totalOf(basket)).toBe(3 * 5_990)
  })

  test('cannot be paid while the shop has less of a line, unless its sale was sent already', () => {
    const basket = addLine(emptyBasket(), line({ quantity: 4 }))
    expect(isPayable(emptyBasket())).toBe(false)
    expect(isPayable(basket)).toBe(false)
    expect(isPayable(setQuantity(basket, line().variantId, 3))).toBe(true)
    expect(isPayable(addLine(emptyBasket(), line({ available: null })))).toBe(true)
    const body = purchaseOf(basket, { channelCode: 'shop', siteId: 'site', locale: 'fr' }, [])
    expect(isPayable({ ...basket, unanswered: { body, key: 'key', tenderedMinor: null } })).toBe(true)
  })

  test('takes a removed line back where it was', () => {
    const other = line({ variantId: '0192f0c1-7b5e-7cc0-8000-000000000002' })
    const full = addLine(addLine(emptyBasket(), line()), other)
    const without = setQuantity(full, line().variantId, 0)
    expect(without.lines).toEqual([other])
    expect(putBack(without, line(), 0).lines).toEqual(full.lines)
  })

  test('brought home is paid once its delivery is chosen, which other lines undo; this shop’s stock is no matter', () => {
    const choice = { windowId: null, from: '2026-03-03T09:00:00Z', until: '2026-03-05T09:00:00Z', feeMinor: 490 }
    const home = {
      name: 'Camille',
      email: 'c@exemple.fr',
      phone: '',
      street: '3 rue',
      postalCode: '44000',
      locality: 'Nantes',
    }
    const basket = { ...addLine(emptyBasket(), line({ quantity: 4 })), delivery: { ...home, choice } }
    expect(isPayable(basket)).toBe(true)
    expect(totalOf(basket)).toBe(4 * 5_990 + 490)
    expect(vatOf(basket)).toEqual([{ basisPoints: 2_000, vatMinor: 3_993 + 82 }])
    const where = { channelCode: 'shop', siteId: '0192f0c1-7b5e-7cc0-8000-000000000009', locale: 'fr' as const }
    const body = placeOrderBodySchema.parse(purchaseOf(basket, where, [{ method: 'cash', amountMinor: 1 }]))
    expect(body.delivery).toEqual({
      method: 'delivery',
      address: { name: 'Camille', street: '3 rue', postalCode: '44000', locality: 'Nantes', country: 'FR' },
    })
    expect(body.contact).toEqual({ name: 'Camille', email: 'c@exemple.fr', phone: null })
    const fewer = setQuantity(basket, line().variantId, 2)
    expect(fewer.delivery).toEqual({ ...home, choice: null })
    expect([isPayable(fewer), totalOf(fewer)]).toEqual([false, 2 * 5_990])
  })

  test('contains the VAT that the receipt will show', () => {
    const basket = addLine(
      addLine(emptyBasket(), line()),
      line({ variantId: 'b', unitPriceMinor: 550, vatBasisPoints: 550 }),
    )
    expect(vatOf(basket)).toEqual([
      { basisPoints: 2_000, vatMinor: 998 },
      { basisPoints: 550, vatMinor: 29 },
    ])
  })

  test('becomes a purchase the API accepts, named or not', () => {
    const where = { channelCode: 'shop-nantes', siteId: '0192f0c1-7b5e-7cc0-8000-000000000003', locale: 'fr' as const }
    for (const customer of [null, { name: '', email: 'lea@exemple.fr' }, { name: 'Léa', email: '' }]) {
      const basket = { ...addLine(emptyBasket(), line()), customer }
      const body = purchaseOf(basket, where, [{ method: 'cash', amountMinor: 5_990 }])
      expect(placeOrderBodySchema.safeParse(body).success).toBe(true)
      expect(body.contact?.name ?? null).toBe(customer ? customer.name || customer.email : null)
    }
  })
})

describe('what is typed', () => {
  test('may say how many', () => {
    expect(readTyped('3*ABC-1')).toEqual({ quantity: 3, words: 'ABC-1' })
    expect(readTyped('12 x pompe à pied')).toEqual({ quantity: 12, words: 'pompe à pied' })
    expect(readTyped('casque')).toEqual({ quantity: 1, words: 'casque' })
    expect(readTyped('3XWJ-298G')).toEqual({ quantity: 1, words: '3XWJ-298G' })
    expect(readTyped('3x AB-1234')).toEqual({ quantity: 3, words: 'AB-1234' })
  })

  test('is a barcode when it is eight figures or more, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 14 }), fc.nat({ max: 9 }), (length, figure) => {
        const code = String(figure).repeat(length)
        expect(looksLikeBarcode(code) && looksLikeCode(code)).toBe(true)
        expect(readTyped(code)).toEqual({ quantity: 1, words: code })
      }),
    )
    expect(looksLikeBarcode('SKU-12345678')).toBe(false)
    expect(looksLikeCode('pompe')).toBe(false)
  })
})
