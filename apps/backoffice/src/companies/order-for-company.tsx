import { useState } from 'react'
import { Alert, Button, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import type { Company } from '@ecluse/contracts/companies.ts'
import type { CompanyPreview } from '@ecluse/contracts/company-orders.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Gift } from '@ecluse/contracts/gifts.ts'
import type { QuickOrderLine } from '@ecluse/contracts/quick-orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { GiftChoice } from '@ecluse/ui/staff/gift-choice.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Facts } from '../common/facts.tsx'
import { useChannels } from '../network/use-channels.ts'
import { OrderHour, type ChosenHour } from './order-hour.tsx'
import { UblUpload } from './ubl-upload.tsx'

const onAccount = { method: 'on_account' as const }

type Read = { lines: QuickOrderLine[]; ready: { variantId: string; quantity: number }[] }

/** An order taken for a company, by telephone or from its list: codes and quantities are pasted, then checked line by line. */
export function OrderForCompany({ company }: { company: Company }) {
  const t = useT()
  const { locale } = useLocale()
  const channels = useChannels().filter(({ medium, active }) => active && (medium === 'phone' || medium === 'web'))
  const sites = company.sites.filter(({ active }) => active)
  const [channel, setChannel] = useState<string | null>(null)
  const [siteId, setSiteId] = useState(sites[0]?.id ?? null)
  const [text, setText] = useState('')
  const [read, setRead] = useState<Read | null>(null)
  const code = channel ?? channels.find(({ medium }) => medium === 'phone')?.code ?? channels[0]?.code ?? 'web'
  const params = { companyId: company.id }
  const check = useAct({
    act: () => call(endpoints.readQuickOrder, { params, body: { channel: code, locale, text } }),
    touches: [],
    onDone: setRead,
  })
  if (sites.length === 0) return <EmptyState title={t('companies.site.none')} hint={t('companies.site.none.help')} />
  return (
    <div className="bo-stack">
      <Card title={t('companies.tab.order')}>
        <form
          className="bo-stack"
          onSubmit={(event) => {
            event.preventDefault()
            if (text.trim() !== '') check.mutate()
          }}
        >
          <Select
            label={t('companies.order.channel')}
            data={channels.map((one) => ({ value: one.code, label: one.name[locale] }))}
            value={code}
            allowDeselect={false}
            onChange={setChannel}
          />
          <Select
            label={t('companies.site')}
            data={sites.map(({ id, name }) => ({ value: id, label: name }))}
            value={siteId}
            allowDeselect={false}
            onChange={setSiteId}
          />
          <PastedLines
            text={text}
            onChange={(next) => {
              setText(next)
              setRead(null)
            }}
            onCheck={() => text.trim() !== '' && check.mutate()}
          />
          <div>
            <Button type="submit" loading={check.isPending} disabled={text.trim() === ''}>
              {t('companies.order.check')}
            </Button>
          </div>
        </form>
      </Card>
      {siteId && !read && <UblUpload company={company} channel={code} siteId={siteId} />}
      {read && (
        <ReadLines read={read} onReplace={(line, sku) => setText(text.replace(line.text, `${sku} ${line.quantity}`))} />
      )}
      {read && read.ready.length > 0 && siteId && (
        <Send key={JSON.stringify(read.ready)} company={company} channel={code} siteId={siteId} read={read} />
      )}
    </div>
  )
}

function PastedLines(props: { text: string; onChange: (text: string) => void; onCheck: () => void }) {
  const t = useT()
  return (
    <Textarea
      label={t('companies.order.lines')}
      description={t('companies.order.lines.help')}
      placeholder="CASQUE-M 3"
      autosize
      minRows={5}
      maxRows={16}
      value={props.text}
      styles={{ input: { fontVariantNumeric: 'tabular-nums' } }}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) props.onCheck()
      }}
    />
  )
}

function ReadLines({ read, onReplace }: { read: Read; onReplace: (line: QuickOrderLine, sku: string) => void }) {
  const t = useT()
  return (
    <Card title={t('companies.order.read')}>
      <ul className="bo-plain-list">
        {read.lines.map((line) => (
          <li key={line.position} className="bo-row-between">
            <span className="bo-wrap">
              {line.quantity} ×{' '}
              {line.article ? [line.article.name, line.article.variantLabel].filter(Boolean).join(' · ') : line.text}
              <span className="bo-quiet bo-block">
                {line.article?.sku ?? t('companies.order.line', { line: line.position })}
              </span>
              {line.suggestions.map(({ sku, name }) => (
                <Button key={sku} size="compact-xs" variant="default" onClick={() => onReplace(line, sku)}>
                  {sku} · {name}
                </Button>
              ))}
            </span>
            {line.problem ? (
              <StateBadge tone="urgent">
                {t(`companies.order.problem.${line.problem}`, { available: line.article?.available ?? 0 })}
              </StateBadge>
            ) : (
              line.article && <Money value={line.article.unitNet} vat="excluded" />
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Send(props: { company: Company; channel: string; siteId: string; read: Read }) {
  const { company, channel, siteId, read } = props
  const t = useT()
  const { locale } = useLocale()
  const [reference, setReference] = useState('')
  const [gift, setGift] = useState<Gift | null>(null)
  const purchase = {
    channel,
    locale,
    lines: read.ready,
    companySiteId: siteId,
    delivery: { method: 'delivery' as const },
  }
  const [hour, setHour] = useState<ChosenHour | null>(null)
  const agreed = {
    purchaseReference: reference || null,
    payment: onAccount,
    ...(gift ? { gift } : {}),
    ...(hour ? { appointment: hour } : {}),
  }
  const { preview, send } = usePlacing(company.id, purchase, agreed)
  const sums = preview.data
  return (
    <Card title={t('companies.order.send')}>
      {sums && <Sums sums={sums} />}
      {sums && !sums.onAccount && <Alert color="orange">{t('companies.order.noAccount')}</Alert>}
      <form
        className="bo-stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (sums) send.mutate(sums.total.amountMinor)
        }}
      >
        <TextInput
          label={t('companies.reference')}
          description={company.referenceRequired ? t('companies.referenceRequired') : undefined}
          required={company.referenceRequired}
          value={reference}
          maxLength={100}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <GiftChoice gift={gift} onChange={setGift} />
        {sums && <Hour {...{ read, sums, hour }} onChange={setHour} />}
        <div>
          <Button type="submit" loading={send.isPending} disabled={!sums?.onAccount}>
            {t('companies.order.place')}
          </Button>
        </div>
      </form>
    </Card>
  )
}

type Purchase = Omit<z.input<typeof endpoints.previewCompanyOrder.body>, 'contact'>
type Agreed = Pick<
  z.input<typeof endpoints.placeCompanyOrder.body>,
  'purchaseReference' | 'payment' | 'gift' | 'appointment'
>

/** What a purchase comes to, and placing it. */
function usePlacing(companyId: string, purchase: Purchase, agreed: Agreed) {
  const t = useT()
  const navigate = useNavigate()
  const params = { companyId }
  const preview = useQuery({
    queryKey: ['/companies', 'order-preview', companyId, purchase],
    queryFn: () => call(endpoints.previewCompanyOrder, { params, body: purchase }),
  })
  const send = useAct({
    act: (expectedTotalMinor: number, idempotencyKey) =>
      call(
        endpoints.placeCompanyOrder,
        { params, body: { ...purchase, ...agreed, expectedTotalMinor } },
        { idempotencyKey },
      ),
    touches: ['/companies', '/orders'],
    done: (answer) =>
      'orderId' in answer
        ? t('companies.order.placed', { number: answer.number })
        : t('companies.order.asked', { number: answer.requestNumber }),
    onDone: (answer) => {
      if ('orderId' in answer) void navigate({ to: '/orders/$orderId', params: { orderId: answer.orderId } })
      else void navigate({ to: '/companies/$companyId', params, search: { tab: 'approval' } })
    },
  })
  return { preview, send }
}

type HourProps = {
  read: Read
  sums: CompanyPreview
  hour: ChosenHour | null
  onChange: (hour: ChosenHour | null) => void
}

/** An hour that goes with an article; it is kept while approvers decide. */
function Hour({ read, sums, ...chosen }: HourProps) {
  const productIds = read.lines.flatMap(({ article }) => (article ? [article.productId] : []))
  return <OrderHour productIds={productIds} from={sums.promisedAt} {...chosen} />
}

function Sums({ sums }: { sums: CompanyPreview }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <Facts
      facts={[
        [t('companies.net'), <Money key="net" value={sums.net} />],
        [t('companies.vatAmount'), <Money key="vat" value={sums.vat} />],
        [t('companies.total'), <Money key="total" value={sums.total} vat="included" />],
        [t('credit.due'), sums.onAccount && formatDate(`${sums.onAccount.dueOn}T12:00:00Z`, locale, 'dayLong')],
        [t('credit.available'), sums.onAccount?.available && <Money value={sums.onAccount.available} />],
        [t('companies.request.why'), sums.causes.map((cause) => t(`companies.cause.${cause}`)).join(', ')],
      ]}
    />
  )
}
