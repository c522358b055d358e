import { ActionIcon, Button, MultiSelect, NumberInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { loyaltyBenefits, type LoyaltyRule } from '@ecluse/contracts/loyalty.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import './loyalty.css'

type Tier = LoyaltyRule['tiers'][number]
type Props = { rule: LoyaltyRule; wrong: boolean; onChange: (rule: LoyaltyRule) => void }

/** Tiers, from the lowest to the highest, and the time in which purchases count. */
export function TierFields({ rule, wrong, onChange }: Props) {
  const t = useT()
  const last = rule.tiers.at(-1)
  const add = (): void => {
    const free = [1, 2, 3, 4, 5, 6].find((number) => rule.tiers.every(({ code }) => code !== `tier-${number}`)) ?? 1
    const fromMinor = last ? last.fromMinor * 2 : 50_000
    const tier: Tier = { code: `tier-${free}`, name: { fr: '', en: '' }, fromMinor, percent: 100, benefits: [] }
    onChange({ ...rule, tiers: [...rule.tiers, tier] })
  }
  return (
    <Card
      title={t('loyalty.tiers')}
      acts={
        rule.tiers.length < 6 && (
          <Button size="xs" variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            {t('loyalty.tiers.add')}
          </Button>
        )
      }
    >
      <p className="bo-line bo-quiet">{t('loyalty.tiers.help')}</p>
      <NumberInput
        label={t('loyalty.window')}
        min={1}
        max={60}
        allowDecimal={false}
        value={rule.windowMonths}
        onChange={(value) => onChange({ ...rule, windowMonths: value === '' ? 0 : Number(value) })}
      />
      {rule.tiers.map((tier, index) => (
        <TierRow
          key={tier.code}
          tier={tier}
          number={index + 1}
          onChange={(next) =>
            onChange({ ...rule, tiers: next ? rule.tiers.with(index, next) : rule.tiers.toSpliced(index, 1) })
          }
        />
      ))}
      {wrong && (
        <p role="alert" className="bo-line">
          {t('loyalty.tiers.wrong')}
        </p>
      )}
    </Card>
  )
}

function TierRow(props: { tier: Tier; number: number; onChange: (tier: Tier | null) => void }) {
  const t = useT()
  const { tier, number, onChange } = props
  return (
    <fieldset className="bo-loyalty-row" aria-label={t('loyalty.tier.number', { number })}>
      <TextInput
        label={t('loyalty.name.fr')}
        required
        maxLength={40}
        value={tier.name.fr}
        onChange={(event) => onChange({ ...tier, name: { ...tier.name, fr: event.currentTarget.value } })}
      />
      <TextInput
        label={t('loyalty.name.en')}
        required
        maxLength={40}
        value={tier.name.en}
        onChange={(event) => onChange({ ...tier, name: { ...tier.name, en: event.currentTarget.value } })}
      />
      <MoneyInput
        label={t('loyalty.tier.from')}
        required
        value={tier.fromMinor}
        onChange={(value) => onChange({ ...tier, fromMinor: value ?? 0 })}
      />
      <NumberInput
        label={t('loyalty.percent')}
        min={100}
        max={1_000}
        allowDecimal={false}
        suffix={t('loyalty.percent.sign')}
        value={tier.percent}
        onChange={(value) => onChange({ ...tier, percent: value === '' ? 100 : Number(value) })}
      />
      <MultiSelect
        label={t('loyalty.benefits')}
        data={loyaltyBenefits.map((value) => ({ value, label: t(`loyalty.benefit.${value}`) }))}
        value={tier.benefits}
        onChange={(chosen) => onChange({ ...tier, benefits: loyaltyBenefits.filter((one) => chosen.includes(one)) })}
      />
      <ActionIcon
        variant="subtle"
        size="lg"
        aria-label={t('loyalty.tier.remove', { number })}
        onClick={() => onChange(null)}
      >
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
    </fieldset>
  )
}
