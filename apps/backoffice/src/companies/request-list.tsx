import { useState } from 'react'
import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PurchaseRequest, RequestSummary } from '@ecluse/contracts/company-orders.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { AgreedHours } from '../quotes/quote-hours.tsx'
import { PanelLoading } from '../orders/order-panel.tsx'

const tones: Record<RequestSummary['state'], StateTone> = {
  waiting: 'waiting',
  approved: 'primary',
  refused: 'neutral',
  withdrawn: 'neutral',
  expired: 'neutral',
  ordered: 'done',
}

/** Purchases of a company that wait, or waited, for approval. */
export function RequestList({ companyId }: { companyId: string }) {
  const query = useQuery(apiQuery(endpoints.listPurchaseRequests, { params: { companyId }, query: { limit: 50 } }))
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  return <Requests requests={query.data?.items} />
}

/** Requests as a list; each opens beside it. */
export function Requests({ requests }: { requests: readonly RequestSummary[] | undefined }) {
  const t = useT()
  const [open, setOpen] = useState<RequestSummary | null>(null)
  if (requests?.length === 0) return <EmptyState title={t('companies.requests.none')} compact />
  return (
    <>
      <ul className="bo-plain-list">
        {(requests ?? []).map((request) => (
          <li key={request.id} className="bo-row-between">
            <span className="bo-wrap">
              <button type="button" className="bo-link bo-link-button" onClick={() => setOpen(request)}>
                {request.number}
              </button>
              <span className="bo-quiet bo-block">
                {request.companyName} · {request.requesterName} · <RelativeTime at={request.createdAt} /> ·{' '}
                <Money value={request.total} />
              </span>
            </span>
            <StateBadge tone={tones[request.state]}>{t(`companies.request.${request.state}`)}</StateBadge>
          </li>
        ))}
      </ul>
      {open && <RequestPanel request={open} onClose={() => setOpen(null)} />}
    </>
  )
}

function RequestPanel({
  request: { id, companyId, number },
  onClose,
}: {
  request: RequestSummary
  onClose: () => void
}) {
  const t = useT()
  const params = { companyId, requestId: id }
  const query = useQuery(apiQuery(endpoints.getPurchaseRequest, { params }))
  const request = query.data
  return (
    <SidePanel
      itemKey={id}
      title={number}
      badge={request && <StateBadge tone={tones[request.state]}>{t(`companies.request.${request.state}`)}</StateBadge>}
      onClose={onClose}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <PanelLoading />}
      {request && <RequestDetails request={request} />}
    </SidePanel>
  )
}

function RequestDetails({ request }: { request: PurchaseRequest }) {
  const t = useT()
  const { order } = request
  return (
    <>
      <Facts
        facts={[
          [t('companies.one'), request.companyName],
          [t('companies.site'), request.siteName],
          [t('companies.request.by'), request.requesterName],
          [t('companies.request.why'), request.causes.map((cause) => t(`companies.cause.${cause}`)).join(', ')],
          [t('companies.reference'), request.purchaseReference],
          [t('companies.net'), <Money key="net" value={request.net} />],
          [t('companies.total'), <Money key="total" value={request.total} vat="included" />],
          [t('companies.request.until'), request.state === 'waiting' && <RelativeTime at={request.expiresAt} />],
          [t('companies.request.reason'), request.reason],
          [
            t('orders.one'),
            order && (
              <Link className="bo-link" to="/orders/$orderId" params={{ orderId: order.id }}>
                {order.number}
              </Link>
            ),
          ],
        ]}
      />
      <AgreedHours hours={request.hours} open />
      <ul className="bo-plain-list">
        {request.lines.map((line) => (
          <li key={line.variantId} className="bo-row-between">
            <span className="bo-wrap">
              {line.quantity} × {[line.name, line.variantLabel].filter(Boolean).join(' · ')}
              <span className="bo-quiet bo-block">{line.sku}</span>
            </span>
            <Money value={line.lineNet} vat="excluded" />
          </li>
        ))}
      </ul>
      <ol className="bo-plain-list">
        {request.steps.map((step) => (
          <li key={step.position} className="bo-row-between">
            <span>
              {step.decidedBy ?? step.memberName ?? t(step.byStaff ? 'companies.step.staff' : 'companies.step.any')}
            </span>
            <span className="bo-quiet">{t(`companies.step.${step.state}`)}</span>
          </li>
        ))}
      </ol>
      {request.may.decide && <Decide request={request} />}
    </>
  )
}

function Decide({ request }: { request: PurchaseRequest }) {
  const t = useT()
  const [reason, setReason] = useState('')
  const params = { companyId: request.companyId, requestId: request.id }
  const decide = useAct({
    act: (approved: boolean, idempotencyKey) =>
      call(endpoints.decidePurchaseRequest, { params, body: { approved, reason } }, { idempotencyKey }),
    touches: ['/companies', '/purchase-requests', '/orders'],
    done: (_, approved) => t(approved ? 'companies.request.approvedNow' : 'companies.request.refusedNow'),
  })
  return (
    <div className="bo-stack">
      <Textarea
        label={t('companies.request.reason')}
        value={reason}
        maxLength={500}
        autosize
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="bo-company-acts">
        <Button loading={decide.isPending} onClick={() => decide.mutate(true)}>
          {t('companies.request.approve')}
        </Button>
        <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate(false)}>
          {t('companies.request.refuse')}
        </Button>
      </div>
    </div>
  )
}
