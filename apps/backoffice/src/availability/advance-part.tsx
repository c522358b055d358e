import { useState } from 'react'
import { Button, Modal } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { AdvanceSale } from '@ecluse/contracts/availability.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatList } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { useChannelName } from '../network/use-channels.ts'
import { AdvanceForm } from './advance-form.tsx'

/** In which channels the article is sold before its release, or when nothing is left; changed in place. */
export function AdvancePart({ variantId }: { variantId: string }) {
  const t = useT()
  const can = useCan()
  const [editing, setEditing] = useState<AdvanceSale['kind'] | null>(null)
  const query = useQuery(apiQuery(endpoints.getAdvanceSales, { params: { variantId } }))
  const sales = query.data?.items ?? []
  const groups = groupsOf(sales)
  const add = can('sourcing:write') && query.data && (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => setEditing('back_order')}
    >
      {t('availability.advance.add')}
    </Button>
  )
  return (
    <Card title={t('availability.advance')} acts={groups.length > 0 && add}>
      {query.data && groups.length === 0 && (
        <EmptyState title={t('availability.advance.none')} hint={t('availability.advance.help')} compact>
          {add}
        </EmptyState>
      )}
      {groups.length > 0 && (
        <ul className="bo-plain-list">
          {groups.map((group) => (
            <AdvanceLine
              key={group.map(({ kind, channelCode }) => `${kind} ${channelCode}`).join()}
              group={group}
              onChange={can('sourcing:write') ? setEditing : undefined}
            />
          ))}
        </ul>
      )}
      {editing && (
        <Modal
          opened
          title={t('availability.advance.add')}
          closeButtonProps={{ 'aria-label': t('app.close') }}
          onClose={() => setEditing(null)}
        >
          <AdvanceForm variantId={variantId} sales={sales} kind={editing} onClose={() => setEditing(null)} />
        </Modal>
      )}
    </Card>
  )
}

/** Channels that share everything else, together. */
function groupsOf(sales: readonly AdvanceSale[]): AdvanceSale[][] {
  const groups = new Map<string, AdvanceSale[]>()
  for (const sale of sales) {
    const key = JSON.stringify({ ...sale, channelCode: '' })
    groups.set(key, [...(groups.get(key) ?? []), sale])
  }
  return [...groups.values()]
}

function AdvanceLine({
  group,
  onChange,
}: {
  group: readonly AdvanceSale[]
  onChange: ((kind: AdvanceSale['kind']) => void) | undefined
}) {
  const t = useT()
  const { locale } = useLocale()
  const nameOf = useChannelName()
  const places = useQuery({ ...apiQuery(endpoints.listPlaces, {}), staleTime: 600_000 })
  const [sale] = group
  if (!sale) return null
  const channels = formatList(
    group.map(({ channelCode }) => nameOf(channelCode)),
    locale,
  )
  const place = places.data?.items.find(({ id }) => id === sale.placeId)?.name ?? ''
  const details = [
    sale.shipsOn && t('availability.advance.from', { date: formatDate(sale.shipsOn, locale, 'day', 'UTC') }),
    sale.delayDays !== null && t('availability.advance.delay', { count: sale.delayDays }),
    sale.basis === 'inbound' && t('availability.advance.inbound', { place }),
    sale.limitUnits !== null && t('availability.advance.limit', { count: sale.limitUnits }),
  ]
  return (
    <li className="bo-row-between">
      <span className="bo-wrap">
        <strong>{t(`availability.advance.${sale.kind}`)}</strong> · {channels}
        <span className="bo-quiet bo-block">{details.filter(Boolean).join(' · ')}</span>
      </span>
      {onChange && (
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={t('availability.advance.change', { kind: t(`availability.advance.${sale.kind}`) })}
          onClick={() => onChange(sale.kind)}
        >
          {t('availability.change')}
        </Button>
      )}
    </li>
  )
}
