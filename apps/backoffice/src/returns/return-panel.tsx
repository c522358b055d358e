import { useState } from 'react'
import { Anchor, Button } from '@mantine/core'
import { IconArrowUpRight, IconClipboardCheck, IconPackageImport } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ReturnSlip } from '@ecluse/contracts/returns.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan, useMySites } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { Section } from '../common/section.tsx'
import { PanelLoading } from '../orders/order-panel.tsx'
import { touchedByReturns } from './findings.ts'
import { InspectReturn } from './inspect-return.tsx'
import { ReturnBadge } from './return-state.tsx'

/** One return: what was asked for, what was found, and what is to be done with it next. */
export function ReturnPanel({ returnId, onClose }: { returnId: string; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.getReturn, { params: { returnId }, query: { locale } }))
  const slip = query.data
  return (
    <SidePanel
      itemKey={returnId}
      title={slip?.number ?? t('returnList.one')}
      badge={slip && <ReturnBadge state={slip.state} />}
      onClose={onClose}
      footer={slip && <ReturnActs slip={slip} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <PanelLoading />}
      {slip && (
        <>
          <Section title={t('withdrawals.articles')}>
            <Articles slip={slip} />
          </Section>
          {slip.exchange && (
            <Section title={t('askReturn.exchange')}>
              <ul className="bo-plain-list">
                {slip.exchange.lines.map((line) => (
                  <li key={line.variantId} className="bo-line">
                    {line.quantity} × {[line.name, line.variantLabel].filter(Boolean).join(' · ')}{' '}
                    <Money value={line.unitPrice} />
                  </li>
                ))}
              </ul>
              <p className="bo-line bo-quiet">{t(`askReturn.exchange.${slip.exchange.state}`)}</p>
            </Section>
          )}
          <Section title={t('returnList.about')}>
            <Facts
              facts={[
                [t('orders.customer'), slip.customerName],
                [t('returnList.asked'), <RelativeTime key="asked" at={slip.askedAt} />],
                [t('returnList.askedBy'), t(`returnList.by.${slip.askedBy}`)],
                [t('returnList.until'), slip.state === 'asked' && <RelativeTime at={slip.expiresAt} />],
                [t('returnList.receivedAt'), slip.receivedAt && <RelativeTime at={slip.receivedAt} />],
                [t('returnList.where'), slip.siteName],
                [
                  t('withdrawals.due'),
                  slip.closedAt === null && slip.refundDueAt && <RelativeTime at={slip.refundDueAt} />,
                ],
                [t('withdrawals.refund'), slip.refund && <Money value={slip.refund} />],
              ]}
            />
          </Section>
          <Anchor component={Link} to={`/orders/${slip.orderId}`} size="sm" className="bo-more">
            {t('preparation.openOrder')} <IconArrowUpRight size={14} aria-hidden />
          </Anchor>
        </>
      )}
    </SidePanel>
  )
}

function Articles({ slip }: { slip: ReturnSlip }) {
  const t = useT()
  return (
    <ul className="bo-plain-list">
      {slip.lines.map((line, index) => (
        <li key={index} className="bo-return-article">
          <Thumb url={line.imageUrl} size={48} />
          <div>
            <p className="bo-line">
              <strong>
                {line.quantity} × {line.name}
              </strong>
            </p>
            <p className="bo-line bo-quiet">
              {[line.variantLabel, line.sku, t(`reason.${line.reason}`)].filter(Boolean).join(' · ')}
            </p>
            {line.comment && <p className="bo-line">« {line.comment} »</p>}
            {line.condition && (
              <p className="bo-line">
                {[t(`condition.${line.condition}`), line.disposition && t(`disposition.${line.disposition}`)]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            )}
            {line.deduction && (
              <p className="bo-line">
                {t('inspect.keptLine')} <Money value={line.deduction} /> · {line.deductionReason}
              </p>
            )}
            {line.note && <p className="bo-line bo-quiet">{line.note}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** What is to be done next: receive it here, look at it, or give it up. */
function ReturnActs({ slip }: { slip: ReturnSlip }) {
  const t = useT()
  const can = useCan()
  const sites = useMySites().filter(({ kind }) => kind !== 'office' && kind !== 'supplier')
  const [inspecting, setInspecting] = useState(false)
  const params = { returnId: slip.id }
  const site = sites.find(({ kind }) => kind === 'warehouse') ?? sites[0]
  const receive = useAct({
    act: (siteId: string, idempotencyKey) =>
      call(endpoints.receiveReturn, { params, body: { siteId } }, { idempotencyKey }),
    touches: touchedByReturns,
    done: ({ number }) => t('returnList.received', { number }),
  })
  const giveUp = useAct({
    act: (_: void, idempotencyKey) => call(endpoints.cancelReturn, { params, body: {} }, { idempotencyKey }),
    touches: touchedByReturns,
    done: ({ number }) => t('returnList.givenUp', { number }),
  })
  if (!can('returns:write') || !site || slip.closedAt !== null) return null
  return (
    <>
      {slip.state === 'asked' && (
        <>
          <Button
            leftSection={<IconPackageImport size={16} aria-hidden />}
            loading={receive.isPending}
            onClick={() => receive.mutate(site.id)}
          >
            {t('returnList.receive', { site: site.name })}
          </Button>
          <Button variant="default" loading={giveUp.isPending} onClick={() => giveUp.mutate()}>
            {t('returnList.giveUp')}
          </Button>
        </>
      )}
      <Button
        variant={slip.state === 'received' ? 'filled' : 'default'}
        leftSection={<IconClipboardCheck size={16} aria-hidden />}
        onClick={() => setInspecting(true)}
      >
        {t('inspect.open')}
      </Button>
      {inspecting && <InspectReturn slip={slip} onClose={() => setInspecting(false)} />}
    </>
  )
}
