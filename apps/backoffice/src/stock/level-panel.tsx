import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockLevel } from '@ecluse/contracts/inventory.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { Section } from '../common/section.tsx'
import { PanelLoading } from '../orders/order-panel.tsx'
import { AvailableWhy } from './available-why.tsx'
import { LocationEdit } from './location-edit.tsx'
import { MovementForm } from './movement-form.tsx'
import { MovementLines } from './movement-lines.tsx'

/** One article at one place: its terms, its last movements, and a movement to record. */
export function LevelPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const [variantId = '', placeId = ''] = id.split('.')
  const query = useQuery(apiQuery(endpoints.listStock, { query: { variantId, locale, limit: 200 } }))
  const levels = query.data?.items ?? []
  const level = levels.find((one) => one.placeId === placeId)
  return (
    <SidePanel
      itemKey={id}
      title={level ? [level.productName, level.variantLabel].filter(Boolean).join(' · ') : t('nav.stock')}
      onClose={onClose}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <PanelLoading />}
      {query.data && !level && <EmptyState title={t('stock.gone')} compact />}
      {level && <LevelBody key={id} level={level} levels={levels} />}
    </SidePanel>
  )
}

function LevelBody({ level, levels }: { level: StockLevel; levels: readonly StockLevel[] }) {
  const t = useT()
  const can = useCan()
  const [recording, setRecording] = useState(false)
  const others = levels.filter((one) => one.placeId !== level.placeId)
  return (
    <>
      <Section title={level.placeName}>
        <Facts
          facts={[
            [t('variants.sku'), level.sku],
            [t('variants.gtin'), level.gtin],
            [t('stock.location'), level.location],
            [t('stock.onHand'), level.onHand],
            [t('stock.committed'), level.committed],
            [t('stock.held'), level.held],
            [t('stock.safety'), level.safety],
            [t('stock.available'), <AvailableWhy key="why" level={level} compact={false} />],
            [t('stock.inTransit'), level.inTransit > 0 && level.inTransit],
          ]}
        />
        <Link to="/stock/availability/$variantId" params={{ variantId: level.variantId }} className="bo-link bo-more">
          {t('stock.promises')}
        </Link>
      </Section>
      {can('stock:write') && (
        <Section title={t('stock.location')}>
          <LocationEdit level={level} />
        </Section>
      )}
      {can('stock:write') && (
        <Section title={t('stock.record')}>
          {recording ? (
            <MovementForm level={level} onDone={() => setRecording(false)} />
          ) : (
            <Button variant="default" onClick={() => setRecording(true)}>
              {t('act.recordMovement')}
            </Button>
          )}
        </Section>
      )}
      <Section title={t('stock.lastMovements')}>
        <MovementLines variantId={level.variantId} placeId={level.placeId} />
        <Link
          to="/stock/movements"
          search={{ variant: level.variantId, place: level.placeId }}
          className="bo-link bo-more"
        >
          {t('stock.allMovements')}
        </Link>
      </Section>
      {others.length > 0 && (
        <Section title={t('stock.elsewhere')}>
          <ul className="bo-plain-list">
            {others.map((one) => (
              <li key={one.placeId} className="bo-row-between">
                <span>{one.placeName}</span>
                <AvailableWhy level={one} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
