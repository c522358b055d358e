import { Select } from '@mantine/core'
import type { Order } from '@ecluse/contracts/orders.ts'
import { returnDispositions, returnReasons } from '@ecluse/contracts/returns.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { Quantity } from '../common/quantity.tsx'

export type ReturnedLine = {
  readonly quantity: number
  readonly reason: (typeof returnReasons)[number]
  readonly disposition: (typeof returnDispositions)[number]
}

export const nothingReturned: ReturnedLine = { quantity: 0, reason: 'changed_mind', disposition: 'restock' }

/** How many of a line have been handed over and not come back. */
export const returnableOf = (line: Order['lines'][number]): number => line.fulfilledQuantity - line.returnedQuantity

type Props = { line: Order['lines'][number]; value: ReturnedLine; onChange: (value: ReturnedLine) => void }

/** One article that may come back: how many, why, and where it goes. What is broken is not put on the shelf by default. */
export function ReturnLine({ line, value, onChange }: Props) {
  const t = useT()
  const most = returnableOf(line)
  const name = [line.name, line.variantLabel].filter(Boolean).join(' · ')
  return (
    <li className="pos-return-line">
      <div className="pos-article">
        <Thumb url={line.imageUrl} size={64} />
        <span className="pos-grow">
          <span className="pos-strong">{line.name}</span>
          {line.variantLabel && <span className="pos-dim">{line.variantLabel}</span>}
          <span className="pos-dim">
            {line.sku} · <Money value={line.unitPrice} /> · {t('returns.bought', { count: line.quantity })}
            {line.returnedQuantity > 0 && ` · ${t('returns.already', { count: line.returnedQuantity })}`}
          </span>
        </span>
        {most > 0 ? (
          <Quantity
            value={value.quantity}
            min={0}
            max={most}
            of={name}
            onChange={(quantity) => onChange({ ...value, quantity })}
          />
        ) : (
          <span className="pos-dim">{t('returns.nothingLeft')}</span>
        )}
      </div>
      {value.quantity > 0 && (
        <div className="pos-return-why">
          <Select
            size="md"
            label={t('returns.reason')}
            value={value.reason}
            data={returnReasons.map((reason) => ({ value: reason, label: t(`reason.${reason}`) }))}
            onChange={(next) => {
              const reason = returnReasons.find((known) => known === next) ?? 'other'
              const isSpoilt = reason === 'defective' || reason === 'damaged'
              onChange({ ...value, reason, disposition: isSpoilt ? 'inspect' : 'restock' })
            }}
          />
          <Select
            size="md"
            label={t('returns.disposition')}
            value={value.disposition}
            data={returnDispositions.map((one) => ({ value: one, label: t(`disposition.${one}`) }))}
            onChange={(next) =>
              onChange({ ...value, disposition: returnDispositions.find((known) => known === next) ?? 'inspect' })
            }
          />
        </div>
      )}
    </li>
  )
}
