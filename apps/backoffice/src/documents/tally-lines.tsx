import { ActionIcon, NumberInput, Select } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import type { ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import { useT } from '../app/i18n.ts'
import { LineName } from './line-name.tsx'
import { TallyLotsField } from './tally-lots.tsx'
import { needsReason, unitsToName, type TallyLine, type TallyLots } from './tally.ts'

type Props = {
  lines: readonly TallyLine[]
  reasons: readonly ReasonCode[]
  /** Nothing more will come: what is missing needs a reason. */
  complete: boolean
  /** How lots of followed articles are named here. */
  lots?: TallyLots | undefined
  /** Where they lie. */
  placeId?: string | undefined
  /** The line scanned last. */
  current?: string | undefined
  onChange: (lines: readonly TallyLine[]) => void
}

/** Lines to count, for a thumb: one less, a number, one more; and why, where it is not what was expected. */
export function TallyLines({ lines, reasons, complete, lots, placeId, current, onChange }: Props) {
  const t = useT()
  const patch = (variantId: string, changes: Partial<TallyLine>) =>
    onChange(lines.map((line) => (line.article.variantId === variantId ? { ...line, ...changes } : line)))
  return (
    <ul className="bo-tally">
      {lines.map((line) => {
        const { article, expected, units } = line
        const name = [article.productName, article.variantLabel].filter(Boolean).join(' · ')
        return (
          <li
            key={article.variantId}
            data-current={current === article.variantId || undefined}
            data-done={(expected !== null && units === expected) || undefined}
          >
            <LineName article={article}>
              {expected !== null && t('documents.expectedUnits', { count: expected })}
            </LineName>
            {unitsToName(line, lots) === null ? (
              <strong className="tabular">{t('documents.units', { count: units ?? 0 })}</strong>
            ) : (
              <Units name={name} units={units} onChange={(next) => patch(article.variantId, { units: next })} />
            )}
            <TallyLotsField {...{ line, lots, placeId }} onChange={(changes) => patch(article.variantId, changes)} />
            {reasons.length > 0 && needsReason(line, complete) && (
              <Select
                className="bo-tally-reason"
                aria-label={t('documents.reasonOf', { name })}
                placeholder={t('documents.reason')}
                data={reasons.map((code) => ({ value: code, label: t(`reasonCode.${code}`) }))}
                value={line.reasonCode}
                onChange={(value) => patch(article.variantId, { reasonCode: value })}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** One less, a number, one more. */
function Units({
  name,
  units,
  onChange,
}: {
  name: string
  units: number | null
  onChange: (units: number | null) => void
}) {
  const t = useT()
  return (
    <span className="bo-tally-units">
      <ActionIcon
        variant="default"
        size={44}
        aria-label={t('documents.oneLess', { name })}
        disabled={(units ?? 0) === 0}
        onClick={() => onChange(Math.max(0, (units ?? 0) - 1))}
      >
        <IconMinus size={18} aria-hidden />
      </ActionIcon>
      <NumberInput
        aria-label={t('documents.unitsOf', { name })}
        value={units ?? ''}
        placeholder="0"
        min={0}
        max={1_000_000}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        inputMode="numeric"
        size="md"
        onChange={(value) => onChange(value === '' ? null : Number(value))}
      />
      <ActionIcon
        variant="default"
        size={44}
        aria-label={t('documents.oneMore', { name })}
        onClick={() => onChange((units ?? 0) + 1)}
      >
        <IconPlus size={18} aria-hidden />
      </ActionIcon>
    </span>
  )
}
