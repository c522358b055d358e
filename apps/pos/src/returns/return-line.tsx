import { Select, TextInput } from '@mantine/core'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import {
  returnConditions,
  returnDispositions,
  returnReasons,
  type ReturnCondition,
  type ReturnReason,
  type ReturnSlip,
} from '@ecluse/contracts/returns.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { ReturnedLots } from '@ecluse/ui/staff/lots/returned-lots.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { Quantity } from '../common/quantity.tsx'
import { keptFault } from './kept.ts'

export type ReturnedLine = {
  readonly quantity: number
  readonly reason: (typeof returnReasons)[number]
  readonly disposition: (typeof returnDispositions)[number]
  readonly condition: ReturnCondition
  /** Kept for diminished value, in cents, and why. */
  readonly kept: number | null
  readonly keptReason: string
  /** Which lots or serial numbers, of a followed article. */
  readonly lots: readonly LotUnits[]
}

export const nothingReturned: ReturnedLine = {
  quantity: 0,
  reason: 'changed_mind',
  disposition: 'restock',
  condition: 'as_new',
  kept: null,
  keptReason: '',
  lots: [],
}

/** What a slip announces, filled in for the till to look at. */
export function announcedLines(slip: ReturnSlip | undefined): Record<string, ReturnedLine> {
  const lines: Record<string, ReturnedLine> = {}
  for (const { lineId, quantity, reason } of slip?.lines ?? []) {
    const before = lines[lineId]?.quantity ?? 0
    lines[lineId] = { ...nothingReturned, ...usualFor(reason), reason, quantity: before + quantity }
  }
  return lines
}

/** What is broken is not put on the shelf by default. */
function usualFor(reason: ReturnReason): Pick<ReturnedLine, 'condition' | 'disposition'> {
  const isSpoilt = reason === 'defective' || reason === 'damaged'
  return isSpoilt ? { condition: 'damaged', disposition: 'inspect' } : { condition: 'as_new', disposition: 'restock' }
}

/** How many of a line have been handed over and not come back. A file cannot be brought back. */
export const returnableOf = (line: Order['lines'][number]): number =>
  line.downloadFrom === null ? line.fulfilledQuantity - line.returnedQuantity : 0

type Props = {
  orderId: string
  line: Order['lines'][number]
  value: ReturnedLine
  onChange: (value: ReturnedLine) => void
}

/** One article that may come back: how many, why, and where it goes. What is broken is not put on the shelf by default. */
export function ReturnLine({ orderId, line, value, onChange }: Props) {
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
              onChange({ ...value, ...usualFor(reason), reason })
            }}
          />
          <Select
            size="md"
            label={t('returns.condition')}
            value={value.condition}
            allowDeselect={false}
            data={returnConditions.map((one) => ({ value: one, label: t(`condition.${one}`) }))}
            onChange={(next) =>
              onChange({ ...value, condition: returnConditions.find((known) => known === next) ?? 'as_new' })
            }
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
          <Kept line={line} value={value} onChange={onChange} />
          <ReturnedLots
            {...{ orderId, line, name, quantity: value.quantity, lots: value.lots }}
            onChange={(lots) => onChange({ ...value, lots })}
          />
        </div>
      )}
    </li>
  )
}

/** Less given back for what was used beyond trying it out: only with a reason, which the customer reads. */
function Kept({ line, value, onChange }: Pick<Props, 'line' | 'value' | 'onChange'>) {
  const t = useT()
  const isNeeded = (value.kept ?? 0) > 0
  return (
    <>
      <MoneyInput
        size="md"
        label={t('returns.kept')}
        value={value.kept}
        error={keptFault(line, value) === 'most' ? t('returns.kept.most') : undefined}
        onChange={(kept) => onChange({ ...value, kept })}
      />
      {isNeeded && (
        <TextInput
          size="md"
          label={t('returns.keptReason')}
          maxLength={300}
          required
          value={value.keptReason}
          onChange={(event) => onChange({ ...value, keptReason: event.currentTarget.value })}
        />
      )}
    </>
  )
}
