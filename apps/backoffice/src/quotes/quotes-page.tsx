import { useMemo, useState, type FormEvent } from 'react'
import { Button, Group, TextInput } from '@mantine/core'
import { IconAdjustments, IconPlus, IconQrcode } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { quoteStates, type QuoteSummary } from '@ecluse/contracts/quotes.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import type { QuotesSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { FilterSelect } from '../list/filter-select.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import { ChannelOf } from '../network/channel-of.tsx'
import { QuoteBadge } from './quote-state.tsx'
import { QuoteRulesForm } from './quote-rules-form.tsx'

const route = getRouteApi('/quotes')
const filterNames = ['q', 'state'] as const

export function QuotesPage() {
  const t = useT()
  const can = useCan()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [ruling, setRuling] = useState(false)
  const setSearch = (patch: Partial<QuotesSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listQuotes, { query: { q: search.q, state: search.state } }),
    placeholderData: keepPreviousData,
  })
  const acts = (
    <>
      {can('quotes:approve') && (
        <Button
          variant="default"
          leftSection={<IconAdjustments size={16} aria-hidden />}
          onClick={() => setRuling(true)}
        >
          {t('quotes.rules')}
        </Button>
      )}
      {can('quotes:write') && (
        <Button component={Link} to="/quotes/new" leftSection={<IconPlus size={16} aria-hidden />}>
          {t('quotes.new')}
        </Button>
      )}
    </>
  )
  return (
    <Page title={t('nav.quotes')} summary={t('quotes.summary')} acts={acts}>
      {can('quotes:write') && <OpenPass />}
      <ListScreen
        name={t('quotes.file')}
        label={t('nav.quotes')}
        columns={useColumns()}
        pages={pages}
        rowId={(quote) => quote.id}
        rowName={(quote) => quote.number}
        search={search}
        onSearch={setSearch}
        searchLabel={t('quotes.search')}
        filters={
          <FilterSelect
            label={t('orders.state')}
            value={search.state}
            options={quoteStates.map((value) => ({ value, label: t(`quote.state.${value}`) }))}
            onChange={(state) => setSearch({ state })}
          />
        }
        filterNames={filterNames}
        views={[
          { id: 'all', label: t('views.all'), filters: {} },
          { id: 'approve', label: t('quote.state.to_approve'), filters: { state: 'to_approve' } },
          { id: 'sent', label: t('quote.state.sent'), filters: { state: 'sent' } },
          { id: 'accepted', label: t('quote.state.accepted'), filters: { state: 'accepted' } },
        ]}
        onOpen={(quote) => void navigate({ to: '/quotes/$quoteId', params: { quoteId: quote.id } })}
        empty={<EmptyState title={t('quotes.empty')} hint={t('quotes.empty.help')} />}
      />
      {ruling && <QuoteRulesForm onClose={() => setRuling(false)} />}
    </Page>
  )
}

/** A customer on the phone reads their code aloud: their basket opens here. */
function OpenPass() {
  const t = useT()
  const navigate = route.useNavigate()
  const [code, setCode] = useState('')
  const open = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim() !== '') void navigate({ to: '/quotes/new', search: { pass: code.trim() } })
  }
  return (
    <form onSubmit={open} className="bo-open-pass">
      <Group align="end" gap="xs">
        <TextInput
          label={t('quotes.pass')}
          placeholder="7K4M-9QXD"
          value={code}
          maxLength={60}
          autoComplete="off"
          leftSection={<IconQrcode size={16} aria-hidden />}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('quotes.openPass')}
        </Button>
      </Group>
    </form>
  )
}

function useColumns(): readonly Column<QuoteSummary>[] {
  const t = useT()
  const { locale } = useLocale()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('quotes.one'),
        cell: (quote) => (
          <TwoLines
            first={
              <Link to="/quotes/$quoteId" params={{ quoteId: quote.id }} className="bo-link" tabIndex={-1}>
                {quote.number}
              </Link>
            }
            second={quote.company ?? quote.contactName}
            narrow={<QuoteBadge state={quote.state} />}
          />
        ),
        sort: (quote) => quote.number,
        csv: (quote) => quote.number,
      },
      {
        id: 'revision',
        header: t('quotes.revision'),
        cell: (quote) => quote.revision,
        csv: (quote) => String(quote.revision),
        from: 'lg',
        width: 96,
        end: true,
      },
      {
        id: 'state',
        header: t('orders.state'),
        cell: (quote) => <QuoteBadge state={quote.state} />,
        sort: (quote) => quote.state,
        csv: (quote) => t(`quote.state.${quote.state}`),
        from: 'sm',
        width: 196,
      },
      {
        id: 'channel',
        header: t('orders.channel'),
        cell: (quote) => <ChannelOf code={quote.channelCode} variant="plain" />,
        csv: (quote) => quote.channelCode,
        from: 'md',
        width: 156,
      },
      {
        id: 'valid',
        header: t('quotes.valid'),
        cell: (quote) => formatDate(quote.validUntil, locale, 'dayLong'),
        sort: (quote) => quote.validUntil,
        csv: (quote) => quote.validUntil,
        from: 'md',
        width: 170,
      },
      {
        id: 'total',
        header: t('orders.total'),
        cell: (quote) => <Money value={quote.total} />,
        sort: (quote) => quote.total.amountMinor,
        csv: (quote) => (quote.total.amountMinor / 100).toFixed(2),
        end: true,
        width: 116,
      },
    ],
    [t, locale],
  )
}
