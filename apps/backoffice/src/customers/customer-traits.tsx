import { useState } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { CustomerTrait, CustomerTraits as Traits, TraitKind } from '@ecluse/contracts/traits.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Disclosure } from '../common/disclosure.tsx'
import { Facts } from '../common/facts.tsx'
import { useCategoryChoices } from '../loyalty/choices.ts'
import { useSiteName, useSites } from '../network/use-channels.ts'
import { DeclareDialog } from './declare-dialog.tsx'

/** What interests a customer, their sizes, their shop and how far it is: what counts, with what it rests on below. */
export function CustomerTraits({ customerId }: { customerId: string }) {
  const t = useT()
  const can = useCan()
  const [editing, setEditing] = useState(false)
  const query = useQuery(apiQuery(endpoints.getCustomerTraits, { params: { customerId } }))
  const { data } = query
  const empty = data && data.traits.length === 0 && data.nearestShop === null
  return (
    <Card title={t('traits.title')}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={80} />}
      {empty && <p className="bo-line bo-quiet">{t('traits.none')}</p>}
      {data && !empty && <TraitFacts data={data} />}
      {data && data.traits.length > 0 && <Evidence traits={data.traits} />}
      {data && can('customers:write') && (
        <Button variant="default" onClick={() => setEditing(true)}>
          {t('traits.edit')}
        </Button>
      )}
      {data && editing && <DeclareDialog customerId={customerId} data={data} onClose={() => setEditing(false)} />}
    </Card>
  )
}

function TraitFacts({ data }: { data: Traits }) {
  const t = useT()
  const { locale } = useLocale()
  const siteName = useSiteName()
  const nameOf = useKeyName()
  const { traits, said, usualShop, nearestShop, knownBy } = data
  const counted = (kind: TraitKind) => traits.filter((one) => one.kind === kind && one.counts)
  const words = (one: CustomerTrait) => (one.declared ? `${nameOf(one)} (${t('traits.declared')})` : nameOf(one))
  const away = (km: number | null) =>
    km === null
      ? t('traits.unknownKm')
      : t(knownBy === 'postal_code' ? 'traits.km' : 'traits.about', { km: formatNumber(km, locale, km < 20 ? 1 : 0) })
  const place = (at: Traits['usualShop']) => at && `${siteName(at.siteId)}, ${away(at.km)}`
  return (
    <>
      <Facts
        facts={[
          [t('traits.interests'), counted('interest').map(words).join(', ')],
          [t('traits.sizes'), counted('size').map(words).join(', ')],
          [t('traits.shop'), place(usualShop)],
          [t('traits.nearest'), nearestShop?.siteId !== usualShop?.siteId && place(nearestShop)],
        ]}
      />
      {knownBy === 'department' && <p className="bo-line bo-quiet">{t('traits.byDepartment')}</p>}
      {said && <p className="bo-line bo-quiet">{t('traits.said', { date: formatDate(said.at, locale, 'dayLong') })}</p>}
    </>
  )
}

/** A category with its size, or a shop, by name. */
function useKeyName(): (trait: Pick<CustomerTrait, 'kind' | 'key' | 'value'>) => string {
  const categories = useCategoryChoices()
  const sites = useSites()
  return ({ kind, key, value }) => {
    if (kind === 'shop') return sites.find(({ code }) => code === key)?.name ?? key
    const category = categories.find((one) => one.value === key)?.label ?? key
    return kind === 'size' ? `${category} ${value}` : category
  }
}

/** What each rests on, what counts in strong type. */
function Evidence({ traits }: { traits: readonly CustomerTrait[] }) {
  const t = useT()
  const { locale } = useLocale()
  const nameOf = useKeyName()
  return (
    <Disclosure label={t('traits.why')}>
      <ul className="bo-segment-words">
        {traits.map((one) => {
          const { kind, key, value, share, bought, returned, seen, declared, counts } = one
          const parts = [
            share !== null && formatPercent(share, locale),
            bought > 0 && t(kind === 'shop' ? 'traits.orders' : 'traits.bought', { count: bought }),
            returned > 0 && t('traits.returned', { count: returned }),
            seen > 0 && t('traits.seen', { count: seen }),
            declared && t('traits.declared'),
          ]
          return (
            <li key={`${kind} ${key} ${value}`}>
              {counts ? <strong>{nameOf(one)}</strong> : nameOf(one)}
              {` · ${parts.filter(Boolean).join(' · ')}`}
            </li>
          )
        })}
      </ul>
    </Disclosure>
  )
}
