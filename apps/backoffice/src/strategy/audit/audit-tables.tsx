import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import type { Audit, AuditReport } from '@ecluse/contracts/audits.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { BarsFigure } from '../../knowledge/bars-figure.tsx'
import { useChannelName } from '../../network/use-channels.ts'
import { useAuditWords } from './audit-words.ts'

type Part = { audit: Audit; report: AuditReport }

/** The figures behind a report, part by part; names of channels lead to their orders. */
export function AuditTables({ before, ...part }: Part & { before: AuditReport | null }) {
  return (
    <>
      <ChannelsCard {...part} before={before} />
      <MonthsCard {...part} />
      <FrictionCard {...part} />
      <DependenceCard {...part} />
      <ShopsCard {...part} />
      <PricesCard {...part} />
      <CompetitorsCard {...part} />
    </>
  )
}

/** The name of a channel, which leads to its orders of the time looked at. */
function OrdersLink({ audit, channel }: { audit: Audit; channel: string }) {
  const channelName = useChannelName()
  return (
    <Link
      to="/orders"
      search={{ channel, from: audit.from, until: audit.until, document: 'confirmed' }}
      className="bo-link"
    >
      {channelName(channel)}
    </Link>
  )
}

function ChannelsCard({ audit, report: { channels }, before }: Part & { before: AuditReport | null }) {
  const t = useT()
  const words = useAuditWords()
  return (
    <Card title={t('audits.channels')}>
      <Table
        label={t('audits.channels')}
        head={[
          t('orders.channel'),
          t('kpi.netRevenue'),
          t('audits.before'),
          t('audits.share'),
          t('kpi.contribution'),
          t('kpi.conversion'),
          t('kpi.returnRate'),
          t('kpi.promisesKept'),
          t('kpi.satisfaction'),
          t('kpi.retention'),
        ]}
        rows={channels.map((one) => [
          <OrdersLink key={one.channel} audit={audit} channel={one.channel} />,
          words.euros(one.netRevenue),
          words.euros(
            before?.channels.find(({ channel }) => channel === one.channel)?.netRevenue ?? one.netRevenueBefore,
          ),
          words.share(one.share),
          words.euros(one.contribution),
          words.share(one.conversion),
          words.share(one.returnRate),
          words.share(one.promisesKept),
          words.share(one.satisfaction),
          words.share(one.retention),
        ])}
      />
    </Card>
  )
}

/** Colours of the parts of a bar; a plot bears six. */
const colours = ['primary', 'ink', 'waiting-text', 'done-text', 'urgent-text', 'muted']

function MonthsCard({ report: { channels } }: Part) {
  const t = useT()
  const { locale } = useLocale()
  const words = useAuditWords()
  const channelName = useChannelName()
  const months = [...new Set(channels.flatMap((one) => one.months.map(({ month }) => month)))].sort()
  const shown = channels.slice(0, colours.length)
  if (months.length < 2) return null
  return (
    <Card title={t('audits.monthly')}>
      <BarsFigure
        title={t('audits.monthly')}
        stacked
        data={months.map((month) => ({
          month: formatDate(`${month}-15T12:00:00Z`, locale, 'month'),
          ...Object.fromEntries(
            shown.map((one) => [one.channel, one.months.find((each) => each.month === month)?.netRevenue ?? 0]),
          ),
        }))}
        by={{ name: 'month', label: t('objectives.month') }}
        series={shown.map(({ channel }, at) => ({
          name: channel,
          label: channelName(channel),
          color: `var(--color-${colours[at] ?? 'muted'})`,
        }))}
        format={words.euros}
      />
    </Card>
  )
}

function FrictionCard({ audit, report: { channels, returnReasons } }: Part) {
  const t = useT()
  const words = useAuditWords()
  return (
    <Card title={t('audits.friction')}>
      <Table
        label={t('audits.friction')}
        head={[
          t('orders.channel'),
          t('kpi.visits'),
          t('kpi.orders'),
          t('audits.cancelled'),
          t('audits.notFound'),
          t('audits.asked'),
          t('audits.answered'),
        ]}
        rows={channels.map((one) => [
          <OrdersLink key={one.channel} audit={audit} channel={one.channel} />,
          words.number(one.visits),
          words.number(one.orders),
          words.number(one.cancelled),
          words.number(one.notFound),
          words.number(one.asked),
          words.number(one.answered),
        ])}
      />
      {returnReasons.length > 0 && <h3>{t('audits.returns')}</h3>}
      {returnReasons.length > 0 && (
        <BarsFigure
          title={t('audits.returns')}
          data={returnReasons.map(({ reason, units }) => ({
            reason: t(`audits.reason.${reason as 'other'}`),
            units,
          }))}
          by={{ name: 'reason', label: t('audits.returns') }}
          series={[{ name: 'units', label: t('kpi.units'), color: 'var(--color-primary)' }]}
          format={words.number}
        />
      )}
    </Card>
  )
}

function DependenceCard({ report: { concentration, partners } }: Part) {
  const t = useT()
  const words = useAuditWords()
  return (
    <Card title={t('audits.dependence')}>
      <p className="bo-line">
        {t('audits.concentration', {
          channel: words.number(concentration.byChannel),
          circuit: words.number(concentration.byCircuit),
        })}
      </p>
      <p className="bo-line">
        {concentration.circuits
          .map(({ circuit, share }) => `${t(`audits.circuit.${circuit as 'direct'}`)} ${words.share(share)}`)
          .join(' · ')}
      </p>
      <h3>{t('audits.partners')}</h3>
      {partners.length === 0 ? (
        <p className="bo-line bo-quiet">{t('audits.partners.none')}</p>
      ) : (
        <Table
          label={t('audits.partners')}
          head={[t('audits.partner'), t('audits.amount'), t('audits.share')]}
          rows={partners.map(({ kind, companyId, name, amountMinor, share }) => [
            companyId === null ? (
              t(`audits.partner.${kind}`, { name })
            ) : (
              <Link key={companyId} to="/companies/$companyId" params={{ companyId }} className="bo-link">
                {t(`audits.partner.${kind}`, { name })}
              </Link>
            ),
            words.euros(amountMinor),
            words.share(share),
          ])}
        />
      )}
    </Card>
  )
}

function ShopsCard({ report: { shops } }: Part) {
  const t = useT()
  const words = useAuditWords()
  if (shops.length === 0) return null
  return (
    <Card title={t('audits.shops')}>
      <Table
        label={t('audits.shops')}
        head={[t('orders.site'), t('kpi.stockOuts')]}
        rows={shops.map(({ name, stockOuts }) => [name, words.share(stockOuts)])}
      />
    </Card>
  )
}

function PricesCard({ report: { prices } }: Part) {
  const t = useT()
  const words = useAuditWords()
  const channelName = useChannelName()
  if (prices.length === 0) return null
  return (
    <Card title={t('audits.prices')}>
      <Table
        label={t('audits.prices')}
        head={[
          t('audits.article'),
          t('audits.cheapest'),
          t('audits.price'),
          t('audits.dearest'),
          t('audits.price'),
          t('audits.gap'),
        ]}
        rows={prices.map(({ sku, name, low, high, gap }) => [
          `${name} (${sku})`,
          channelName(low.channel),
          words.euros(low.priceMinor),
          channelName(high.channel),
          words.euros(high.priceMinor),
          words.share(gap),
        ])}
      />
    </Card>
  )
}

function CompetitorsCard({ report: { competitors } }: Part) {
  const t = useT()
  const { locale } = useLocale()
  const words = useAuditWords()
  return (
    <Card title={t('audits.competitors')}>
      {competitors.length === 0 ? (
        <p className="bo-line bo-quiet">{t('audits.none.competitors')}</p>
      ) : (
        <Table
          label={t('audits.competitors')}
          head={[
            t('audits.competitor'),
            t('audits.article'),
            t('audits.theirs'),
            t('audits.ours'),
            t('audits.gap'),
            t('audits.seenOn'),
            t('audits.offer'),
          ]}
          rows={competitors.map((one) => [
            one.competitor,
            one.name ?? one.sku,
            words.euros(one.priceMinor),
            words.euros(one.ourPriceMinor),
            words.share(one.gap),
            formatDate(one.seenOn, locale, 'day'),
            one.offer,
          ])}
        />
      )}
    </Card>
  )
}

function Table({
  label,
  head,
  rows,
}: {
  label: string
  head: readonly string[]
  rows: readonly (readonly ReactNode[])[]
}) {
  return (
    <FigureTable label={label}>
      <thead>
        <tr>
          {head.map((name, at) => (
            <th scope="col" key={at}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...cells], row) => (
          <tr key={row}>
            <th scope="row">{name}</th>
            {cells.map((cell, at) => (
              <td key={at}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </FigureTable>
  )
}
