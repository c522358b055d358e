import { useState } from 'react'
import { Alert, Button, FileButton } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { urlOf } from '@ecluse/contracts/client.ts'
import type { Company } from '@ecluse/contracts/companies.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { UblOrder } from '@ecluse/contracts/ubl-orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'

type Props = { company: Company; channel: string; siteId: string }

/** An Order in UBL, from a file: what each line matched is read before anything is ordered. */
export function UblUpload({ company, channel, siteId }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const [order, setOrder] = useState<UblOrder | null>(null)
  const receive = useAct({
    act: async (file: File, idempotencyKey) => {
      const body = { channel, locale, xml: await file.text() }
      return call(endpoints.receiveUblOrder, { params: { companyId: company.id }, body }, { idempotencyKey })
    },
    touches: [],
    onDone: setOrder,
  })
  return (
    <>
      <Card title={t('ubl.title')}>
        <p className="bo-line bo-quiet">{t('ubl.help')}</p>
        <FileButton accept=".xml,application/xml,text/xml" onChange={(file) => file && receive.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={receive.isPending}
              leftSection={<IconFileUpload size={16} aria-hidden />}
            >
              {t('ubl.choose')}
            </Button>
          )}
        </FileButton>
      </Card>
      {order && <Received key={order.id} company={company} order={order} siteId={order.companySiteId ?? siteId} />}
    </>
  )
}

function Received({ company, order, siteId }: { company: Company; order: UblOrder; siteId: string }) {
  const t = useT()
  const { locale } = useLocale()
  const [ordered, setOrdered] = useState<Ordered>(order)
  const changed = order.lines.filter(({ problem, priceDiffers }) => problem !== null || priceDiffers).length
  const site = company.sites.find(({ id }) => id === siteId)
  const params = { companyId: company.id, ublOrderId: order.id }
  const confirm = useAct({
    act: (_input: void, idempotencyKey) =>
      call(
        endpoints.confirmUblOrder,
        { params, body: { locale, companySiteId: siteId, acceptChanges: changed > 0 } },
        { idempotencyKey },
      ),
    touches: ['/companies', '/orders'],
    onDone: (answer) =>
      setOrdered(
        'orderId' in answer ? { ...ordered, orderId: answer.orderId } : { ...ordered, requestId: answer.requestId },
      ),
  })
  return (
    <Card title={t('ubl.received', { number: order.documentId })}>
      {order.problems.map((problem) => (
        <Alert key={problem} color="orange" mb="xs">
          {t(`ubl.problem.${problem}`, { site: site?.name ?? '' })}
        </Alert>
      ))}
      <ul className="bo-plain-list">
        {order.lines.map((line) => (
          <UblLine key={line.position} line={line} />
        ))}
      </ul>
      <p>
        {t('companies.net')} <Money value={order.net} />
      </p>
      {ordered.orderId || ordered.requestId ? (
        <Answered
          company={company}
          ordered={ordered}
          name={order.documentId}
          answer={urlOf(endpoints.getUblOrderResponse.path, params, { locale })}
        />
      ) : (
        <Button
          loading={confirm.isPending}
          disabled={order.problems.includes('nothing_ready') || order.problems.includes('other_company')}
          onClick={() => confirm.mutate()}
        >
          {t(changed > 0 ? 'ubl.confirmChanged' : 'ubl.confirm')}
        </Button>
      )}
    </Card>
  )
}

type Ordered = Pick<UblOrder, 'orderId' | 'requestId'>

type AnsweredProps = { company: Company; ordered: Ordered; name: string; answer: string }

/** What became of the document, and the answer the buyer's software reads. */
function Answered({ company, ordered, name, answer }: AnsweredProps) {
  const t = useT()
  const { orderId } = ordered
  return (
    <p className="bo-line" role="status">
      {t(orderId ? 'ubl.done' : 'ubl.asked')}{' '}
      {orderId ? (
        <Link to="/orders/$orderId" params={{ orderId }} className="bo-link">
          {t('ubl.order')}
        </Link>
      ) : (
        <Link
          to="/companies/$companyId"
          params={{ companyId: company.id }}
          search={{ tab: 'approval' }}
          className="bo-link"
        >
          {t('ubl.request')}
        </Link>
      )}{' '}
      ·{' '}
      <a href={answer} className="bo-link" download={`${name}-response.xml`}>
        {t('ubl.answer')}
      </a>
    </p>
  )
}

function UblLine({ line }: { line: UblOrder['lines'][number] }) {
  const t = useT()
  const { article, problem } = line
  return (
    <li className="bo-row-between">
      <span className="bo-wrap">
        {line.quantity} × {article ? [article.name, article.variantLabel].filter(Boolean).join(' · ') : line.text}
        <span className="bo-quiet bo-block">
          {line.lineId} · {article?.sku ?? line.code}
        </span>
      </span>
      {problem ? (
        <StateBadge tone="urgent">
          {t(`companies.order.problem.${problem}`, { available: article?.available ?? 0 })}
        </StateBadge>
      ) : (
        article && (
          <span className="bo-company-acts">
            {line.priceDiffers && line.expectedNet && (
              <StateBadge tone="waiting">
                {t('ubl.expected')} <Money value={line.expectedNet} />
              </StateBadge>
            )}
            <Money value={article.unitNet} vat="excluded" />
          </span>
        )
      )}
    </li>
  )
}
