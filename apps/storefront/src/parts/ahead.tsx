/** @jsxRuntime automatic @jsxImportSource preact */
import type { SoldAhead } from '@ecluse/contracts/ahead.ts'
import type { Cart } from '@ecluse/contracts/carts.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import type { Visit } from '../visit.ts'
import { Icon } from './icon.tsx'

/** “Précommande : expédié à partir du jeudi 12 mars”, “Plus en stock : expédié vers le …”, or that nobody knows. */
export function aheadWords({ t, locale }: Visit, { kind, shipsOn }: SoldAhead): string {
  if (shipsOn === null) return t('ahead.unknown')
  return t(`ahead.${kind}`, { date: formatDate(shipsOn, locale, 'weekday', 'UTC') })
}

/** The day something sold before it is there leaves, beside its line. */
export function AheadNote({ visit, ahead }: { visit: Visit; ahead: SoldAhead | null }) {
  if (!ahead) return null
  return (
    <p class="kept">
      <Icon name="clock" size={18} />
      <span>{aheadWords(visit, ahead)}</span>
    </p>
  )
}

/** The latest day the buyer of a cart is told, for what is sold before it is there; empty when nothing is. */
export function shipsByOf({ lines }: Cart): string {
  return lines.reduce((latest, { ahead }) => (ahead?.shipsOn && ahead.shipsOn > latest ? ahead.shipsOn : latest), '')
}
