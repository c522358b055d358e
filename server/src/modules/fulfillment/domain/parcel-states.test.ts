import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parcelStates, type ParcelState } from '@ecluse/contracts/parcels.ts'
import { leftToPack, linesInParcels, nextStates, reachedWith, shippingStateOfLines } from './parcel-states.ts'

/** A shipment told unit by unit: the oracle looks at where each single unit is, and never at a sum. */
type Unit = { line: string; where: 'open' | ParcelState }
const units = fc.array(
  fc.record({
    line: fc.constantFrom('a', 'b', 'c'),
    where: fc.constantFrom('open' as const, ...parcelStates),
  }),
  { minLength: 1, maxLength: 14 },
)

const arrived = ({ where }: Unit) => where === 'delivered'
const gone = ({ where }: Unit) => where !== 'open' && where !== 'packed'
const ended = ({ where }: Unit) => where === 'delivered' || where === 'lost' || where === 'returned_to_sender'

function oracle(of: readonly Unit[]): string {
  if (!of.some(gone)) return 'not_shipped'
  if (of.every(ended) && of.some(arrived)) return 'delivered'
  if (of.some(arrived)) return 'partially_delivered'
  return of.every(gone) ? 'shipped' : 'partially_shipped'
}

/** One parcel for each state and line, split in two when `split` says so. */
function parcelsOf(all: readonly Unit[], split: boolean) {
  return parcelStates.flatMap((state) => {
    const inside = all.filter(({ where }) => where === state)
    const parts = split ? inside.map((unit) => [unit]) : [inside]
    return parts
      .filter((part) => part.length > 0)
      .map((part) => ({
        state,
        resolution: null,
        lines: [...new Set(part.map(({ line }) => line))].map((lineId) => ({
          lineId,
          quantity: part.filter(({ line }) => line === lineId).length,
        })),
      }))
  })
}

const orderedOf = (all: readonly Unit[]) =>
  [...new Set(all.map(({ line }) => line))].map((lineId) => ({
    lineId,
    quantity: all.filter(({ line }) => line === lineId).length,
  }))

test('states are those a look at every unit gives, however they are packed', () => {
  fc.assert(
    fc.property(units, fc.boolean(), (all, split) => {
      const ordered = orderedOf(all)
      const lines = linesInParcels(ordered, parcelsOf(all, split))
      expect(shippingStateOfLines(lines)).toBe(oracle(all))
      for (const line of lines) {
        const mine = all.filter((unit) => unit.line === line.lineId)
        const packed = mine.some(({ where }) => where === 'packed') && mine.every(({ where }) => where === 'packed')
        expect(line.state).toBe(packed ? 'packed' : oracle(mine))
        expect(line.open).toBe(mine.filter(({ where }) => where === 'open').length)
        expect(line.packed + line.shipped + line.delivered + line.returned + line.lost + line.open).toBe(line.ordered)
      }
    }),
  )
})

test('what was sent again counts where it is now, once', () => {
  fc.assert(
    fc.property(units, (all) => {
      const again = { state: 'lost' as const, resolution: 'reshipped' as const, lines: orderedOf(all) }
      const ordered = orderedOf(all)
      expect(linesInParcels(ordered, [again, ...parcelsOf(all, false)])).toEqual(
        linesInParcels(ordered, parcelsOf(all, false)),
      )
    }),
  )
})

test('what is left to pack and what is packed make the whole', () => {
  fc.assert(
    fc.property(units, (all) => {
      const ordered = orderedOf(all)
      const parcels = parcelsOf(all, true)
      const left = leftToPack(ordered, parcels)
      for (const { lineId, quantity } of ordered) {
        const open = left.find((line) => line.lineId === lineId)?.quantity ?? 0
        expect(open).toBe(all.filter(({ line, where }) => line === lineId && where === 'open').length)
        expect(open).toBeLessThanOrEqual(quantity)
      }
    }),
  )
})

test('a journey has the dates of the states it stands on, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { maxLength: 12 }), (choices) => {
      let state: ParcelState = 'packed'
      let reached: Partial<Record<ParcelState, string>> = { packed: new Date(0).toISOString() }
      for (const [index, choice] of choices.entries()) {
        const next: readonly ParcelState[] = nextStates[state]
        state = next[choice % next.length] ?? state
        reached = reachedWith(reached, state, new Date((index + 1) * 1000))
        expect(reached[state]).toBeDefined()
        const ends = (['delivered', 'lost', 'returned_to_sender'] as const).filter((end) => reached[end] !== undefined)
        expect(ends).toEqual(ends.includes(state as never) ? [state] : [])
      }
    }),
  )
})
