import { useState, type ReactNode } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { urlOf } from '@ecluse/contracts/client.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { VisitSheet } from '@ecluse/contracts/sales-visits.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatMoney } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { CloseVisit } from './close-visit.tsx'

const route = getRouteApi('/customers/$customerId/visit-sheet')

/** What a representative takes along to a customer, on screen and on paper. */
export function VisitSheetPage() {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const { customerId } = route.useParams()
  const [closing, setClosing] = useState(false)
  const query = useQuery(apiQuery(endpoints.getVisitSheet, { params: { customerId } }))
  const sheet = query.data
  return (
    <Page
      title={t('visits.sheet')}
      summary={sheet && (sheet.customer.name || t('customers.nameless'))}
      back={{ to: '/sales-visits', label: t('nav.visits') }}
      acts={
        <>
          {sheet?.visit && can('messages:write') && (
            <Button variant="default" onClick={() => setClosing(true)}>
              {t('visits.outcome')}
            </Button>
          )}
          <Button
            component="a"
            variant="default"
            href={urlOf(endpoints.getVisitSheetPdf.path, { customerId }, { locale })}
            target="_blank"
            rel="noreferrer"
            leftSection={<IconFileTypePdf size={16} aria-hidden />}
          >
            {t('quotes.pdf')}
          </Button>
        </>
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
      {sheet && <Sheet sheet={sheet} />}
      {closing && sheet?.visit && <CloseVisit visit={sheet.visit} onClose={() => setClosing(false)} />}
    </Page>
  )
}

function Sheet({ sheet }: { sheet: VisitSheet }) {
  const t = useT()
  const { locale } = useLocale()
  const { customer, visit, orders } = sheet
  const day = (at: string): string => formatDate(at, locale)
  const documents = (list: VisitSheet['quotes']): string[] =>
    list.map(({ number, at, total }) =>
      [number, day(at), total && formatMoney(total, locale)].filter(Boolean).join(' · '),
    )
  const named = (words: 'visits.segments' | 'visits.interests' | 'visits.sizes', names: readonly string[]): string =>
    names.length === 0 ? '' : t(words, { names: names.join(', ') })
  return (
    <div className="bo-grid-2">
      <div className="bo-stack">
        <Part title={t('visits.who')}>
          {[
            sheet.restricted ? t('visits.restricted') : '',
            customer.place,
            customer.phone === null ? '' : formatPhone(customer.phone, locale),
            customer.email ?? '',
            named('visits.segments', sheet.segments),
          ]}
        </Part>
        {visit && (
          <Part title={t('visits.why', { on: formatDate(visit.on, locale, 'weekday') })}>
            {[visit.about, ...visit.questions.split('\n')]}
          </Part>
        )}
        <Part title={t('visits.ask')}>{sheet.questions.map((one) => t(`visits.question.${one}`))}</Part>
        <Part title={t('visits.earlier')}>
          {sheet.visits.map(({ closedAt, outcome, note }) =>
            [closedAt && day(closedAt), outcome && t(`visits.outcome.${outcome}`), note].filter(Boolean).join(' · '),
          )}
        </Part>
      </div>
      <div className="bo-stack">
        <Part title={t('visits.permissions')}>
          {sheet.permissions.map(({ medium, allowed }) =>
            t(allowed ? 'visits.may' : 'visits.mayNot', { medium: t(`consents.medium.${medium}`) }),
          )}
        </Part>
        <Part title={t('visits.returns')}>{documents(sheet.returns)}</Part>
        <Part title={t('visits.quotes')}>{documents(sheet.quotes)}</Part>
        <Part title={t('visits.orders', { count: orders.count, total: formatMoney(orders.total, locale) })}>
          {documents(sheet.latestOrders)}
        </Part>
        <Part title={t('visits.bought')}>
          {sheet.bought.map(({ name, quantity, lastAt }) => `${quantity} × ${name} (${day(lastAt)})`)}
        </Part>
        <Part title={t('visits.recommended')}>
          {[
            named(
              'visits.interests',
              sheet.interests.map(({ name }) => name),
            ),
            named(
              'visits.sizes',
              sheet.sizes.map(({ name, value }) => `${name} ${value}`),
            ),
            ...sheet.offers.map(({ name, interest }) => `${name} (${interest})`),
          ]}
        </Part>
      </div>
    </div>
  )
}

/** A part of the sheet, line by line; what there is nothing of is left out. */
function Part({ title, children }: { title: string; children: readonly string[] }): ReactNode {
  const lines = children.filter((one) => one !== '')
  if (lines.length === 0) return null
  return (
    <Card title={title}>
      <ul className="bo-contact-why">
        {lines.map((line, nth) => (
          <li key={nth}>{line}</li>
        ))}
      </ul>
    </Card>
  )
}
