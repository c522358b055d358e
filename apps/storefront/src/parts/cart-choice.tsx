/** @jsxRuntime automatic @jsxImportSource preact */
import type { Cart } from '@ecluse/contracts/carts.ts'
import type { Visit } from '../visit.ts'
import { money } from './price.tsx'

type Props = {
  visit: Visit
  cart: Cart | null
  chosen: readonly string[]
  /** Which page asks: its words. */
  name: 'change' | 'sendBack'
}

/** What lies in the cart, to be chosen for an order that is there: as more of it, or for what is sent back. */
export function CartChoice({ visit, cart, chosen, name }: Props) {
  const { t } = visit
  const lines = cart?.lines ?? []
  return (
    <fieldset class="step">
      <legend>{t(`cartChoice.${name}`)}</legend>
      {lines.length === 0 && <p class="muted">{t(`cartChoice.how.${name}`)}</p>}
      {lines.map((line) => (
        <label class="radio-card" key={line.variantId}>
          <input type="checkbox" name="add" value={line.variantId} checked={chosen.includes(line.variantId)} />
          <span class="radio-words">
            <span class="radio-title">{[line.name, line.variantLabel].filter(Boolean).join(', ')}</span>
            <span class="muted">{t('checkout.quantity', { count: line.quantity })}</span>
          </span>
          <span class="radio-end tabular">{money(visit, line.lineTotal)}</span>
        </label>
      ))}
    </fieldset>
  )
}
