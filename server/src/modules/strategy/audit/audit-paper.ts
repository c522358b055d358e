import type { Audit, AuditReport, Weakness, WeaknessKind } from '@ecluse/contracts/audits.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { intlOf, text } from '../../../kernel/messages.ts'
import { paperNumbers } from '../papers/paper-numbers.ts'
import type { Block, Paper } from '../papers/paper.ts'
import { barPlot } from '../plots/bar-plot.ts'

const mostPrices = 20

/** Which weaknesses are told in euros; the others are shares, and a correlation. */
const inEuros: readonly WeaknessKind[] = ['sales_falling', 'losing_money', 'prices_differ', 'dearer_than_competitor']

/** How a channel is called, by its code. */
type NameOf = (channel: string) => string

type Words = ReturnType<typeof wordsOf>

/** Words and figures of the report, in a language. */
function wordsOf(locale: Locale, nameOf: NameOf) {
  const intl = intlOf(locale)
  const say = (key: string, values?: Record<string, string | number>): string => text(locale, `audit.${key}`, values)
  const { money, share, number } = paperNumbers(locale)
  const euros = (minor: number): string => money(minor / 100)
  return {
    say,
    euros,
    share,
    number,
    nameOf,
    day: (at: string): string => intl.formatDate(at, { dateStyle: 'medium', timeZone: 'Europe/Paris' }),
    weakness: ({ kind, channel, other, value, against }: Weakness): string => {
      const said = kind === 'suspected_cannibal' ? number : inEuros.includes(kind) ? euros : share
      return say(`weak.${kind}`, {
        channel: channel === null ? '' : nameOf(channel),
        // Beside a channel that is suspected stands another; else an article.
        other: kind === 'suspected_cannibal' && other !== null ? nameOf(other) : (other ?? ''),
        value: said(value),
        against: said(against),
      })
    },
  }
}

/** An audit as it is read: what is weak, sales by channel, and the figures behind. */
export function auditPaper(audit: Audit, report: AuditReport, locale: Locale, nameOf: NameOf): Paper {
  const w = wordsOf(locale, nameOf)
  return {
    title: w.say('title'),
    about: w.say('made', {
      at: w.day(audit.at),
      from: w.day(audit.from),
      until: w.day(audit.until),
      by: audit.by ?? '',
    }),
    blocks: [
      { kind: 'heading', text: w.say('weak', { count: report.weaknesses.length }) },
      ...(report.weaknesses.length === 0 ? [said(w.say('weak.none'))] : []),
      ...report.weaknesses.map((one) => said(`– ${w.weakness(one)}`)),
      ...report.unsaid.map((one) => said(w.say(`unsaid.${one}`))),
      ...channelBlocks(report, w),
      ...dependenceBlocks(report, w),
      ...shopBlocks(report, w),
      ...priceBlocks(report, w),
      ...returnBlocks(report, w),
      said(w.say('hash', { hash: audit.hash ?? '' })),
    ],
  }
}

const said = (words: string): Block => ({ kind: 'text', text: words })

function channelBlocks({ channels }: AuditReport, w: Words): Block[] {
  return [
    bars(
      w.say('sales'),
      channels.map(({ channel, netRevenue, share }) => ({
        name: w.nameOf(channel),
        value: netRevenue,
        told: `${w.euros(netRevenue)} (${w.share(share)})`,
      })),
      w.euros,
    ),
    { kind: 'heading', text: w.say('channels') },
    {
      kind: 'table',
      head: ['channel', 'now', 'before', 'contribution', 'conversion', 'returned', 'kept', 'satisfied'].map((key) =>
        w.say(`head.${key}`),
      ),
      rows: channels.map((one) => [
        w.nameOf(one.channel),
        w.euros(one.netRevenue),
        w.euros(one.netRevenueBefore),
        one.contribution === null ? '–' : w.euros(one.contribution),
        w.share(one.conversion),
        w.share(one.returnRate),
        w.share(one.promisesKept),
        w.share(one.satisfaction),
      ]),
    },
  ]
}

function dependenceBlocks({ concentration, partners }: AuditReport, w: Words): Block[] {
  const { byChannel, byCircuit, circuits } = concentration
  return [
    { kind: 'heading', text: w.say('dependence') },
    said(w.say('concentration', { channel: w.number(byChannel), circuit: w.number(byCircuit) })),
    bars(
      w.say('circuits'),
      circuits.map(({ circuit, share }) => ({
        name: w.say(`circuit.${circuit}`),
        value: share,
        told: w.share(share),
      })),
      w.share,
    ),
    ...(partners.length === 0 ? [] : [said(w.say('partners')), partnerTable(partners, w)]),
  ]
}

function partnerTable(partners: AuditReport['partners'], w: Words): Block {
  return {
    kind: 'table',
    head: ['partner', 'amount', 'share'].map((key) => w.say(`head.${key}`)),
    rows: partners.map(({ kind, name, amountMinor, share }) => [
      w.say(`partner.${kind}`, { name }),
      w.euros(amountMinor),
      w.share(share),
    ]),
  }
}

function shopBlocks({ shops }: AuditReport, w: Words): Block[] {
  if (shops.length === 0) return []
  return [
    bars(
      w.say('shops'),
      shops.map(({ name, stockOuts }) => ({ name, value: stockOuts, told: w.share(stockOuts) })),
      w.share,
    ),
  ]
}

function priceBlocks({ prices }: AuditReport, w: Words): Block[] {
  if (prices.length === 0) return []
  return [
    { kind: 'heading', text: w.say('prices') },
    {
      kind: 'table',
      head: ['article', 'cheapest', 'dearest', 'gap'].map((key) => w.say(`head.${key}`)),
      rows: prices
        .slice(0, mostPrices)
        .map(({ sku, name, low, high, gap }) => [
          `${name} (${sku})`,
          `${w.euros(low.priceMinor)}, ${w.nameOf(low.channel)}`,
          `${w.euros(high.priceMinor)}, ${w.nameOf(high.channel)}`,
          w.share(gap),
        ]),
    },
  ]
}

function returnBlocks({ returnReasons }: AuditReport, w: Words): Block[] {
  if (returnReasons.length === 0) return []
  return [
    bars(
      w.say('returns'),
      returnReasons.map(({ reason, units }) => ({
        name: w.say(`reason.${reason}`),
        value: units,
        told: w.number(units),
      })),
      w.number,
    ),
  ]
}

function bars(
  title: string,
  rows: readonly { name: string; value: number; told: string }[],
  format: (value: number) => string,
): Block {
  const drawn = rows.map(({ name, value, told }) => ({ label: name, from: 0, to: value, told }))
  return { kind: 'plot', title, drawing: barPlot(drawn, { label: title, format }) }
}
