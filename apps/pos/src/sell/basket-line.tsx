import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { Money } from '@ecluse/ui/money.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { Quantity } from '../common/quantity.tsx'
import { isShort, lineTotal, mostOfOne } from './basket.ts'
import type { BasketLine } from './basket-line.ts'
import { Elsewhere } from './elsewhere.tsx'
import { LineLots } from './line-lots.tsx'
import { FileBadge, StockHere } from './variant-choice.tsx'

type Props = {
  line: BasketLine
  locked: boolean
  /** It is brought home: whoever prepares it names its lots. */
  carried: boolean
  onQuantity: (quantity: number) => void
}

export function BasketLineRow({ line, locked, carried, onQuantity }: Props) {
  const t = useT()
  const name = line.label ? `${line.name} · ${line.label}` : line.name
  return (
    <li className="pos-line" data-short={isShort(line) || undefined}>
      <Thumb url={line.imageUrl} size={52} />
      <div className="pos-line-words">
        <span className="pos-strong">{line.name}</span>
        {line.label && <span className="pos-dim">{line.label}</span>}
        <span className="pos-dim">
          {line.sku} · <Money value={{ amountMinor: line.unitPriceMinor, currency: 'EUR' }} />
        </span>
      </div>
      <ActionIcon
        className="pos-line-remove"
        size={44}
        disabled={locked}
        aria-label={t('basket.remove', { name })}
        onClick={() => onQuantity(0)}
      >
        <IconTrash size={20} stroke={1.5} aria-hidden />
      </ActionIcon>
      <div className="pos-line-stock">
        {line.download ? (
          <FileBadge />
        ) : (
          <>
            {line.available !== null && <StockHere count={line.available} />}
            <Elsewhere handle={line.handle} variantId={line.variantId} />
          </>
        )}
      </div>
      <div className="pos-line-count">
        <Quantity value={line.quantity} min={0} max={mostOfOne} of={name} disabled={locked} onChange={onQuantity} />
        <span className="pos-line-total">
          <Money value={{ amountMinor: lineTotal(line), currency: 'EUR' }} />
        </span>
      </div>
      {!carried && <LineLots line={line} disabled={locked} />}
    </li>
  )
}
