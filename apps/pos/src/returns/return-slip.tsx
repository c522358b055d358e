import { useState } from 'react'
import { Title } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import type { ExchangeSums } from '@ecluse/contracts/exchanges.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import type { Money as Amount } from '@ecluse/contracts/scalars.ts'
import type { Voucher } from '@ecluse/contracts/vouchers.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatMoney } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { PaperActs } from '../receipts/paper-acts.tsx'
import { Paper, PaperRow } from '../receipts/paper.tsx'
import type { refundedTo } from './refund.ts'
import type { ReturnedLine } from './return-line.tsx'

/** A return as it was made: what the slip says. */
export type ReturnMade = {
  readonly order: Order
  readonly lines: Readonly<Record<string, ReturnedLine>>
  readonly means: ReturnType<typeof refundedTo>
  readonly number: string
  readonly refund: Amount
  readonly refundState: 'pending' | 'refunded' | 'failed'
  /** Given instead of money. */
  readonly voucher?: Voucher | null
  /** What was given for it. */
  readonly exchange?: Pick<ExchangeSums, 'lines' | 'difference' | 'credit' | 'total'>
}

/** After a return: what to give back now, the slip, and on to the next. */
export function ReturnSlip({ made }: { made: ReturnMade }) {
  const t = useT()
  const { locale } = useLocale()
  const money = (amount: Amount) => formatMoney(amount, locale)
  return (
    <div className="pos-receipt">
      <section className="pos-receipt-acts" aria-labelledby="slip-title">
        <Title order={1} id="slip-title" className="pos-receipt-title">
          <IconCircleCheck size={32} stroke={1.75} aria-hidden />
          {t(made.exchange ? 'exchange.done' : 'slip.done')}
        </Title>
        {made.means.map((one, index) => (
          <p key={index} className="pos-change" role="status">
            <span className="pos-grow">{t(`refund.to.${one.method}`)}</span>
            {money({ amountMinor: one.amountMinor, currency: 'EUR' })}
          </p>
        ))}
        {made.voucher && <VoucherWords voucher={made.voucher} />}
        {made.exchange && <Outcome difference={made.exchange.difference} />}
        {made.refundState === 'pending' && <p className="pos-dim">{t('slip.pending')}</p>}
        <PaperActs next={t('slip.next')} print={t('slip.print')} />
      </section>
      <Slip made={made} />
    </div>
  )
}

function Slip({ made }: { made: ReturnMade }) {
  const t = useT()
  const { locale } = useLocale()
  const { site } = useShop()
  const [at] = useState(() => new Date().toISOString())
  const money = (amount: Amount) => formatMoney(amount, locale)
  const returned = made.order.lines.filter((line) => made.lines[line.id])
  return (
    <Paper
      site={site}
      title={t(made.exchange ? 'exchange.slip' : 'slip.title')}
      number={made.number}
      code={made.voucher?.code ?? made.order.number}
      at={at}
    >
      <section className="pos-paper-part">
        <PaperRow words={t('slip.order')} amount={made.order.number} />
        {made.order.contact && !made.voucher && (
          <PaperRow words={t('slip.customer')} amount={made.order.contact.name} />
        )}
      </section>
      <section className="pos-paper-part">
        {returned.map((line) => (
          <div key={line.id} className="pos-paper-line">
            <PaperRow words={line.name} amount={`× ${made.lines[line.id]?.quantity ?? 0}`} />
            <p className="pos-paper-small">
              {[line.variantLabel, line.sku, t(`reason.${made.lines[line.id]?.reason ?? 'other'}`)]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <KeptWords line={made.lines[line.id]} />
          </div>
        ))}
      </section>
      {made.voucher && <VoucherPart voucher={made.voucher} />}
      {made.exchange && <GivenPart exchange={made.exchange} />}
      <section className="pos-paper-part">
        {!made.voucher && (!made.exchange || made.refund.amountMinor > 0) && (
          <PaperRow strong words={t('slip.refund')} amount={money(made.refund)} />
        )}
        {made.means.map((one, index) => (
          <PaperRow
            key={index}
            words={t(`means.${one.method}`)}
            amount={money({ amountMinor: one.amountMinor, currency: 'EUR' })}
          />
        ))}
      </section>
    </Paper>
  )
}

/** What was not given back of a line, and why: the customer takes it home in writing. */
function KeptWords({ line }: { line: ReturnedLine | undefined }) {
  const t = useT()
  const { locale } = useLocale()
  if (!line?.kept) return null
  const amount = formatMoney({ amountMinor: line.kept, currency: 'EUR' }, locale)
  return <p className="pos-paper-small">{t('slip.kept', { amount, reason: line.keptReason })}</p>
}

/** What to do with the drawer now. */
function Outcome({ difference }: { difference: Amount }) {
  const t = useT()
  const { locale } = useLocale()
  const minor = difference.amountMinor
  const words = minor === 0 ? 'exchange.even' : minor > 0 ? 'exchange.paid' : 'exchange.toGiveBack'
  return (
    <p className="pos-change" role="status">
      <span className="pos-grow">{t(words)}</span>
      {minor !== 0 && formatMoney({ ...difference, amountMinor: Math.abs(minor) }, locale)}
    </p>
  )
}

/** On the slip of an exchange: what was given, and what it came to. */
function GivenPart({ exchange }: { exchange: NonNullable<ReturnMade['exchange']> }) {
  const t = useT()
  const { locale } = useLocale()
  const { lines, difference } = exchange
  return (
    <section className="pos-paper-part">
      <PaperRow words={t('exchange.given')} amount="" />
      {lines.map((line) => (
        <PaperRow
          key={line.variantId}
          words={`${line.quantity} × ${[line.name, line.variantLabel].filter(Boolean).join(', ')}`}
          amount={formatMoney(line.lineTotal, locale)}
        />
      ))}
      {difference.amountMinor > 0 && (
        <PaperRow strong words={t('exchange.paid')} amount={formatMoney(difference, locale)} />
      )}
    </section>
  )
}

/** The code, to be read out or written down; it is on the slip as well. */
function VoucherWords({ voucher }: { voucher: Voucher }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <p className="pos-change" role="status">
      <span className="pos-grow">{t('voucher.title')}</span>
      {formatMoney(voucher.balance, locale)}
    </p>
  )
}

function VoucherPart({ voucher }: { voucher: Voucher }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <section className="pos-paper-part">
      <PaperRow strong words={t('voucher.worth')} amount={formatMoney(voucher.balance, locale)} />
      <PaperRow words={t('voucher.code')} amount={voucher.code} />
      <p className="pos-paper-small">
        {t('voucher.until', { date: formatDate(voucher.expiresAt, locale, 'dayLong') })}
      </p>
    </section>
  )
}
