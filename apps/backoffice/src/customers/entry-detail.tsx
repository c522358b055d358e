import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { callOutcomes } from '@ecluse/contracts/calls.ts'
import { visitOutcomes } from '@ecluse/contracts/sales-visits.ts'
import { media } from '@ecluse/contracts/consents.ts'
import type { TimelineDocument, TimelineEntry } from '@ecluse/contracts/customer-timeline.ts'
import type { CustomerProfile } from '@ecluse/contracts/customers.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { AppointmentBadge } from '@ecluse/ui/staff/appointments/appointment-badge.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { useCategoryChoices } from '../loyalty/choices.ts'
import { MessageBadge } from '../messages/message-badge.tsx'
import { useSites } from '../network/use-channels.ts'
import { QuoteBadge } from '../quotes/quote-state.tsx'
import { ReservationBadge } from '../reservations/reservation-badge.tsx'
import { useSource } from './use-source.ts'

/** What an entry of a customer's timeline tells: its document, amounts, what was learned or allowed, and of whom. */
export function EntryDetail({ entry, profile }: { entry: TimelineEntry; profile: CustomerProfile }) {
  const t = useT()
  const { document, amount, count } = entry
  const other = entry.memberId === profile.customer.id ? undefined : ownerOf(entry.memberId, profile)
  return (
    <>
      {document && (
        <span className="bo-marks">
          <DocumentLink document={document} />
          {count !== null && <span>{t('customers.timeline.articles', { count })}</span>}
          {amount && <Money value={amount} />}
          <DocumentState document={document} />
        </span>
      )}
      <Left entry={entry} />
      <Said entry={entry} />
      {other !== undefined && entry.merge === null && (
        <span className="bo-quiet bo-block">
          {t('customers.learnt.of', { name: other || t('customers.nameless') })}
        </span>
      )}
    </>
  )
}

function ownerOf(memberId: string, { members }: CustomerProfile): string | undefined {
  return members.find(({ id }) => id === memberId)?.name
}

/** What an entry without a document leaves open: the medium of a message, what came of a call, the category looked at. */
function Left({ entry: { kind, detail } }: { entry: TimelineEntry }) {
  const t = useT()
  const categories = useCategoryChoices()
  if (detail === null) return null
  if (kind === 'category_view') return categories.find(({ value }) => value === detail)?.label ?? detail
  const outcome = callOutcomes.find((one) => one === detail)
  if (kind !== 'sales_visit' && outcome) return t(`calls.outcome.${outcome}`)
  const visit = visitOutcomes.find((one) => one === detail)
  if (visit) return t(`visits.outcome.${visit}`)
  const medium = media.find((one) => one === detail)
  return medium ? t(`consents.medium.${medium}`) : null
}

/** What was learned, or what was said of being contacted. */
function Said({ entry: { learnt, consent, source } }: { entry: TimelineEntry }) {
  const t = useT()
  const { locale } = useLocale()
  const sourceOf = useSource()
  if (consent)
    return (
      <span className="bo-wrap">
        {t(`consents.medium.${consent.medium ?? 'all'}`)} · {t(`consents.purpose.${consent.purpose ?? 'all'}`)}
      </span>
    )
  if (!learnt) return null
  return (
    <span className="bo-wrap">
      {learnt
        .map(({ kind, value }) => {
          const name = t(`customers.learnt.${kind}`)
          // What an account is called within says nothing to anybody.
          if (kind === 'account') return name
          return `${name} ${kind === 'phone' ? formatPhone(value, locale) : value}`
        })
        .join(' · ')}
      {source && <span className="bo-quiet bo-block">{sourceOf(source)}</span>}
    </span>
  )
}

/** Leads to the document, for whoever may open it. */
function DocumentLink({ document }: { document: TimelineDocument }): ReactNode {
  const t = useT()
  const can = useCan()
  const sites = useSites()
  const { id } = document
  const label = document.label || t('customers.timeline.unwritten')
  switch (document.type) {
    case 'order':
      if (!can('orders:read')) return label
      return (
        <Link to="/orders/$orderId" params={{ orderId: id }} className="bo-link">
          {label}
        </Link>
      )
    case 'quote':
      if (!can('quotes:read')) return label
      return (
        <Link to="/quotes/$quoteId" params={{ quoteId: id }} className="bo-link">
          {label}
        </Link>
      )
    case 'reservation':
      if (!can('orders:read')) return label
      return (
        <Link to="/reservations" search={{ open: id }} className="bo-link">
          {label}
        </Link>
      )
    case 'appointment': {
      const site = sites.find((one) => one.id === document.siteId)
      return <AppointmentLink document={document} timeZone={site?.timeZone ?? 'Europe/Paris'} siteName={site?.name} />
    }
    case 'product':
      if (!can('catalog:read')) return label
      return (
        <Link to="/products/$productId" params={{ productId: id }} className="bo-link">
          {label}
        </Link>
      )
    case 'message':
      if (!can('messages:read')) return label
      return (
        <Link to="/messages" search={{ open: id }} className="bo-link">
          {label}
        </Link>
      )
  }
}

function AppointmentLink(props: {
  document: Extract<TimelineDocument, { type: 'appointment' }>
  timeZone: string
  siteName: string | undefined
}) {
  const can = useCan()
  const { locale } = useLocale()
  const { id, startsAt, siteId } = props.document
  const words = [formatDate(startsAt, locale, 'full'), props.siteName].filter(Boolean).join(' · ')
  if (!can('orders:read')) return words
  const date = new Date(startsAt).toLocaleDateString('sv-SE', { timeZone: props.timeZone })
  return (
    <Link to="/appointments" search={{ site: siteId, date, open: id }} className="bo-link">
      {words}
    </Link>
  )
}

function DocumentState({ document }: { document: TimelineDocument }) {
  switch (document.type) {
    case 'quote':
      return <QuoteBadge state={document.state} />
    case 'reservation':
      return <ReservationBadge state={document.state} />
    case 'appointment':
      return <AppointmentBadge state={document.state} />
    case 'message':
      return <MessageBadge state={document.state} />
    case 'order':
    case 'product':
      return null
  }
}
