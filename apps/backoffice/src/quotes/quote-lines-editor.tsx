import { ActionIcon, NumberInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { Money } from '@ecluse/ui/money.tsx'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { discounted, discountOf, type DraftLine } from './quote-draft.ts'

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' as const })

/** The lines of a quote with their negotiated prices: typing a price gives the discount, and the other way round. */
export function QuoteLinesEditor({
  lines,
  onChange,
}: {
  lines: readonly DraftLine[]
  onChange: (lines: readonly DraftLine[]) => void
}) {
  const t = useT()
  const patch = (variantId: string, changes: Partial<DraftLine>) =>
    onChange(lines.map((line) => (line.variantId === variantId ? { ...line, ...changes } : line)))
  return (
    <ul className="bo-quote-lines">
      {lines.map((line) => (
        <li key={line.variantId}>
          <span className="bo-named">
            <Thumb url={line.imageUrl} />
            <span className="bo-wrap">
              {line.name}
              <span className="bo-quiet bo-block">{[line.label, line.sku].filter(Boolean).join(' · ')}</span>
              <span className="bo-quiet bo-block">
                {t('quotes.list')} <Money value={euros(line.listMinor)} />
              </span>
            </span>
          </span>
          <NumberInput
            label={t('orders.quantity')}
            value={line.quantity}
            min={1}
            max={9_999}
            allowDecimal={false}
            onChange={(value) => patch(line.variantId, { quantity: Math.max(1, Number(value) || 1) })}
          />
          <NumberInput
            label={t('quotes.discount')}
            value={discountOf(line)}
            min={0}
            max={100}
            decimalScale={1}
            suffix=" %"
            hideControls
            onChange={(value) => {
              if (Number(value) !== discountOf(line))
                patch(line.variantId, { unitMinor: discounted(line.listMinor, Number(value)) })
            }}
          />
          <MoneyInput
            label={t('quotes.price')}
            value={line.unitMinor}
            onChange={(unitMinor) => patch(line.variantId, { unitMinor: unitMinor ?? 0 })}
          />
          <span className="bo-quote-line-total">
            <Money value={euros(line.unitMinor * line.quantity)} />
          </span>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t('quotes.remove', { name: line.name })}
            onClick={() => onChange(lines.filter((other) => other !== line))}
          >
            <IconTrash size={18} stroke={1.5} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  )
}
