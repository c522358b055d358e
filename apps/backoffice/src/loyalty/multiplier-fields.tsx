import { ActionIcon, Button, NumberInput, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { LoyaltyRule } from '@ecluse/contracts/loyalty.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { useCategoryChoices, useChannelChoices } from './choices.ts'
import './loyalty.css'

type Multiplier = LoyaltyRule['multipliers'][number]

/** Categories and channels that earn more, less, or nothing. */
export function MultiplierFields({ rule, onChange }: { rule: LoyaltyRule; onChange: (rule: LoyaltyRule) => void }) {
  const t = useT()
  const categories = useCategoryChoices()
  const channels = useChannelChoices()
  const set = (at: number, patch: Partial<Multiplier>): void =>
    onChange({
      ...rule,
      multipliers: rule.multipliers.map((one, index) => (index === at ? { ...one, ...patch } : one)),
    })
  const add = (): void => {
    const fresh = { categoryCode: null, channelCode: null, percent: 200 }
    onChange({ ...rule, multipliers: [...rule.multipliers, fresh] })
  }
  return (
    <Card
      title={t('loyalty.multipliers')}
      acts={
        <Button size="xs" variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          {t('loyalty.multipliers.add')}
        </Button>
      }
    >
      <p className="bo-line bo-quiet">{t('loyalty.multipliers.help')}</p>
      {rule.multipliers.map((one, index) => (
        <fieldset key={index} className="bo-loyalty-row" aria-label={t('loyalty.multiplier', { number: index + 1 })}>
          <Select
            label={t('loyalty.category')}
            placeholder={t('loyalty.any')}
            clearable
            searchable
            data={categories}
            value={one.categoryCode}
            onChange={(value) => set(index, { categoryCode: value })}
          />
          <Select
            label={t('loyalty.channel')}
            placeholder={t('loyalty.any.channel')}
            clearable
            searchable
            data={channels}
            value={one.channelCode}
            onChange={(value) => set(index, { channelCode: value })}
          />
          <NumberInput
            label={t('loyalty.percent')}
            min={0}
            max={1_000}
            allowDecimal={false}
            suffix={t('loyalty.percent.sign')}
            value={one.percent}
            onChange={(value) => set(index, { percent: value === '' ? 0 : Number(value) })}
          />
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label={t('loyalty.multiplier.remove', { number: index + 1 })}
            onClick={() => onChange({ ...rule, multipliers: rule.multipliers.filter((_, at) => at !== index) })}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </fieldset>
      ))}
    </Card>
  )
}
