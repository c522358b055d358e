import { Button, Select, Skeleton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Availability } from '@ecluse/contracts/availability.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { useChannels } from '../network/use-channels.ts'
import { AdvancePart } from './advance-part.tsx'
import { ArrivalsPart } from './arrivals-part.tsx'
import { BalancePlot } from './balance-plot.tsx'
import { BuffersPart } from './buffers-part.tsx'
import { PromisesPart } from './promises-part.tsx'
import { SumPart } from './sum-part.tsx'
import './availability.css'

const route = getRouteApi('/stock/availability/$variantId')

/** What is promised of one article: the sum place by place, day by day, what comes in, and to whom it is promised. */
export function AvailabilityPage() {
  const t = useT()
  const { locale } = useLocale()
  const { variantId } = route.useParams()
  const { channel, by, units } = route.useSearch()
  const query = useQuery({
    ...apiQuery(endpoints.getAvailability, { params: { variantId }, query: { locale, channel, by, units } }),
    placeholderData: keepPreviousData,
  })
  const article = query.data
  return (
    <Page
      title={
        article ? [article.productName, article.variantLabel].filter(Boolean).join(' · ') : t('availability.title')
      }
      summary={article && <Summary article={article} />}
      back={{ to: '/stock', label: t('nav.stock') }}
      acts={article && <Acts article={article} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={640} />}
      {article && (
        <div className="bo-stack" data-stale={query.isPlaceholderData || undefined}>
          <SumPart article={article} />
          <BalancePlot article={article} />
          <ArrivalsPart article={article} />
          <Promises article={article} />
          <AdvancePart variantId={variantId} />
          <BuffersPart article={article} />
        </div>
      )}
    </Page>
  )
}

function Summary({ article }: { article: Availability }) {
  const t = useT()
  return (
    <>
      {t('availability.summary', { sku: article.sku })} <RelativeTime at={article.asOf} />
    </>
  )
}

function Acts({ article }: { article: Availability }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const { channel } = route.useSearch()
  const navigate = route.useNavigate()
  const channels = useChannels().filter(({ sells }) => sells)
  return (
    <>
      <Select
        aria-label={t('availability.seenBy')}
        placeholder={t('availability.seenBy.all')}
        value={channel ?? null}
        data={channels.map(({ code, name }) => ({ value: code, label: name[locale] }))}
        clearable
        clearButtonProps={{ 'aria-label': t('availability.seenBy.all') }}
        onChange={(next) =>
          void navigate({ search: (before) => ({ ...before, channel: next ?? undefined }), replace: true })
        }
      />
      {can('catalog:read') && (
        <Button component={Link} to={`/products/${article.productId}`} variant="default">
          {t('availability.product')}
        </Button>
      )}
    </>
  )
}

/** To whom: names of customers are for those who may read orders. */
function Promises({ article }: { article: Availability }) {
  const can = useCan()
  return can('orders:read') ? <PromisesPart variantId={article.variantId} /> : null
}
