import { useState } from 'react'
import { Anchor, Checkbox } from '@mantine/core'
import { IconArrowUpRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { PreparationLots } from '@ecluse/ui/staff/lots/preparation-lots.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { AskedSubstitute } from '@ecluse/ui/staff/asked-substitute.tsx'
import { GiftNote } from '@ecluse/ui/staff/gift-note.tsx'
import { SlipFile } from '@ecluse/ui/staff/slip-file.tsx'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { Section } from '../common/section.tsx'
import { PanelLoading } from '../orders/order-panel.tsx'
import { PreparationActs } from './preparation-acts.tsx'
import { PreparationBadge } from './preparation-badge.tsx'
import { touchedByPreparation } from './use-prepare.ts'

/** One preparation: what to pick, for whom, by when, and its next step. */
export function PreparationPanel({ preparationId, onClose }: { preparationId: string; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(
    apiQuery(endpoints.getFulfillment, { params: { fulfillmentId: preparationId }, query: { locale } }),
  )
  const preparation = query.data
  return (
    <SidePanel
      itemKey={preparationId}
      title={preparation?.orderNumber ?? t('preparation.one')}
      badge={preparation && <PreparationBadge preparation={preparation} />}
      onClose={onClose}
      footer={preparation && <PreparationActs preparation={preparation} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <PanelLoading />}
      {preparation && (
        <>
          {preparation.gift && <GiftNote />}
          <AskedSubstitute preparation={preparation} touches={touchedByPreparation} />
          <Section title={t('preparation.pick')}>
            <PickList key={preparation.id} preparation={preparation} />
          </Section>
          <PreparationLots
            className="bo-section"
            fulfillmentId={preparation.id}
            title={(id) => <h3 id={id}>{t('nav.lots')}</h3>}
          />
          <Section title={t('preparation.about')}>
            <Facts
              facts={[
                [t('orders.customer'), preparation.customerName],
                [t('orders.way'), t(`delivery.${preparation.method}`)],
                [t('orders.site'), preparation.siteName],
                [t('preparation.due'), preparation.dueAt && <RelativeTime at={preparation.dueAt} />],
                [t('preparation.readyAt'), preparation.readyAt && <RelativeTime at={preparation.readyAt} />],
                [t('preparation.wish'), preparation.substitutions && t(`wish.${preparation.substitutions}`)],
                [t('ship.carrier'), preparation.carrier],
                [t('ship.tracking'), preparation.trackingNumber],
              ]}
            />
          </Section>
          <p className="bo-line">
            <SlipFile fulfillmentId={preparation.id} />
          </p>
          <Anchor component={Link} to={`/orders/${preparation.orderId}`} size="sm" className="bo-more">
            {t('preparation.openOrder')} <IconArrowUpRight size={14} aria-hidden />
          </Anchor>
        </>
      )}
    </SidePanel>
  )
}

/** Articles to gather, ticked off as one goes round; the ticks are a help to memory and are not kept. */
function PickList({ preparation }: { preparation: Fulfillment }) {
  const t = useT()
  const [picked, setPicked] = useState<readonly string[]>([])
  const picking = preparation.state === 'to_prepare'
  return (
    <ul className="bo-plain-list">
      {preparation.lines.map((line) => {
        const name = [line.name, line.variantLabel].filter(Boolean).join(' · ')
        const words = (
          <span className="bo-named">
            <Thumb url={line.imageUrl} size={44} />
            <span className="bo-wrap">
              {t('preparation.line', { count: line.quantity, name })}
              {line.location && <strong className="bo-block">{line.location}</strong>}
              <span className="bo-quiet bo-block">{[line.sku, line.gtin].filter(Boolean).join(' · ')}</span>
              {line.substituteFor && (
                <span className="bo-quiet bo-block">{t('preparation.insteadOf', { name: line.substituteFor })}</span>
              )}
            </span>
          </span>
        )
        if (!picking) return <li key={line.lineId}>{words}</li>
        return (
          <li key={line.lineId}>
            <Checkbox
              label={words}
              checked={picked.includes(line.lineId)}
              onChange={(event) =>
                setPicked(
                  event.currentTarget.checked ? [...picked, line.lineId] : picked.filter((id) => id !== line.lineId),
                )
              }
              classNames={{ body: 'bo-pick' }}
            />
          </li>
        )
      })}
    </ul>
  )
}
