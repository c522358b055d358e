import { Button, Fieldset, NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core'
import { inspectionDispositions, returnConditions } from '@ecluse/contracts/returns.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { ReturnedLots } from '@ecluse/ui/staff/lots/returned-lots.tsx'
import { useT } from '../app/i18n.ts'
import { keepsTooMuch, keepsWithoutReason, type Finding } from './findings.ts'

type Props = {
  orderId: string
  finding: Finding
  tried: boolean
  onChange: (finding: Finding) => void
  onSplit: () => void
}

/** What was found of one line: in which state it is, what becomes of it, and what is kept for its diminished value. */
export function InspectLine({ orderId, finding, tried, onChange, onSplit }: Props) {
  const t = useT()
  const { line, quantity, condition, disposition } = finding
  return (
    <Fieldset legend={[line.name, line.variantLabel].filter(Boolean).join(' · ')}>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <NumberInput
          label={t('inspect.quantity', { most: line.quantity })}
          min={0}
          max={line.quantity}
          clampBehavior="strict"
          value={quantity}
          onChange={(next) => onChange({ ...finding, quantity: Number(next) || 0 })}
        />
        <Select
          label={t('inspect.condition')}
          data={returnConditions.map((value) => ({ value, label: t(`condition.${value}`) }))}
          allowDeselect={false}
          value={condition}
          onChange={(next) => {
            const known = returnConditions.find((value) => value === next) ?? 'as_new'
            onChange({ ...finding, condition: known, disposition: usualFor[known] })
          }}
        />
        <Select
          label={t('returns.disposition')}
          data={inspectionDispositions.map((value) => ({ value, label: t(`disposition.${value}`) }))}
          allowDeselect={false}
          value={disposition}
          onChange={(next) =>
            onChange({
              ...finding,
              disposition: inspectionDispositions.find((value) => value === next) ?? 'restock',
            })
          }
        />
      </SimpleGrid>
      <KeptAndNote {...{ finding, tried, onChange }} />
      {disposition !== 'send_back' && (
        <ReturnedLots
          orderId={orderId}
          line={{ id: line.lineId, variantId: line.variantId }}
          name={line.name}
          quantity={quantity}
          lots={finding.lots}
          onChange={(lots) => onChange({ ...finding, lots })}
        />
      )}
      {quantity > 1 && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={onSplit}>
          {t('inspect.split')}
        </Button>
      )}
    </Fieldset>
  )
}

/** Less given back, with its reason; and what was seen. */
function KeptAndNote({ finding, tried, onChange }: Omit<Props, 'onSplit' | 'orderId'>) {
  const t = useT()
  const sentBack = finding.disposition === 'send_back'
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mt="sm" style={{ alignItems: 'end' }}>
      {!sentBack && (
        <MoneyInput
          label={t('inspect.kept')}
          description={t('inspect.kept.help')}
          value={finding.kept}
          error={tried && keepsTooMuch(finding) ? t('inspect.kept.most') : undefined}
          onChange={(kept) => onChange({ ...finding, kept })}
        />
      )}
      {!sentBack && (finding.kept ?? 0) > 0 && (
        <TextInput
          label={t('inspect.keptReason')}
          description={t('inspect.keptReason.help')}
          maxLength={300}
          value={finding.keptReason}
          error={tried && keepsWithoutReason(finding) ? t('inspect.keptReason.missing') : undefined}
          onChange={(event) => onChange({ ...finding, keptReason: event.currentTarget.value })}
        />
      )}
      <TextInput
        label={t(sentBack ? 'inspect.why' : 'inspect.note')}
        maxLength={500}
        value={finding.note}
        onChange={(event) => onChange({ ...finding, note: event.currentTarget.value })}
      />
    </SimpleGrid>
  )
}

/** What usually becomes of an article in each state. */
const usualFor = {
  as_new: 'restock',
  opened: 'refurbish',
  damaged: 'supplier',
  incomplete: 'refurbish',
  wrong_article: 'send_back',
} as const
