import { useState } from 'react'
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LoyaltyRule } from '@ecluse/contracts/loyalty.ts'
import { earnedPoints } from '@ecluse/contracts/loyalty-points.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { useCategoryChoices, useChannelChoices } from './choices.ts'
import './loyalty.css'

/** What a purchase would earn under the rule as it is being written, counted by the function that counts it. */
export function EarningPreview({ rule }: { rule: LoyaltyRule }) {
  const t = useT()
  const { locale } = useLocale()
  const [minor, setMinor] = useState<number | null>(10_000)
  const [categoryCode, setCategory] = useState<string | null>(null)
  const [channelCode, setChannel] = useState<string | null>('web')
  const [tierCode, setTier] = useState<string | null>(null)
  const tree = useQuery(apiQuery(endpoints.listCategories, {}))
  const tier = rule.tiers.find(({ code }) => code === tierCode)
  const { points, percents } = earnedPoints(rule, {
    channelCode: channelCode ?? '',
    tierPercent: tier?.percent ?? 100,
    lines: [{ minor: minor ?? 0, categoryCodes: withAbove(categoryCode, tree.data?.items ?? []) }],
  })
  const worth = rule.reward.points > 0 ? Math.floor((points * rule.reward.valueMinor) / rule.reward.points) : 0
  return (
    <Card title={t('loyalty.preview')}>
      <div className="bo-loyalty-row">
        <MoneyInput label={t('loyalty.preview.amount')} value={minor} onChange={setMinor} />
        <Select
          label={t('loyalty.category')}
          placeholder={t('loyalty.any')}
          clearable
          searchable
          data={useCategoryChoices()}
          value={categoryCode}
          onChange={setCategory}
        />
        <Select
          label={t('loyalty.channel')}
          data={useChannelChoices()}
          allowDeselect={false}
          value={channelCode}
          onChange={setChannel}
        />
        {rule.tiers.length > 0 && (
          <Select
            label={t('loyalty.tier')}
            placeholder={t('loyalty.tier.none')}
            clearable
            data={rule.tiers.map(({ code, name }) => ({ value: code, label: name[locale] || code }))}
            value={tierCode}
            onChange={setTier}
          />
        )}
      </div>
      <p className="bo-line" role="status">
        <strong>{t('loyalty.points', { count: points })}</strong>{' '}
        {t('loyalty.preview.worth', { amount: formatMoney({ amountMinor: worth, currency: 'EUR' }, locale) })}
      </p>
      <p className="bo-line bo-quiet">
        {t('loyalty.preview.why', { percent: percents[0] ?? 100, tier: tier?.percent ?? 100 })}
      </p>
    </Card>
  )
}

/** A category with those above it, as an article in it has them. */
function withAbove(code: string | null, tree: readonly { code: string; parentCode: string | null }[]): string[] {
  const found = tree.find((category) => category.code === code)
  return found ? [found.code, ...withAbove(found.parentCode, tree)] : []
}
