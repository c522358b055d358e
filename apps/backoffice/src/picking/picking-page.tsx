import { Button, Skeleton } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PickingRound } from '@ecluse/contracts/picking.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { ProgressLine } from '@ecluse/ui/progress-line.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { touchedByPreparation } from '../preparations/use-prepare.ts'
import { PickScan } from './pick-scan.tsx'
import { PickStop } from './pick-stop.tsx'
import './picking.css'

const route = getRouteApi('/picking/$roundId')

/** A walk through the shop for several orders: shelf by shelf, each article into the tray of who ordered it. */
export function PickingPage() {
  const t = useT()
  const { roundId } = route.useParams()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.getPickingRound, { params: { roundId }, query: { locale } }))
  const round = query.data
  const open = round?.doneAt === null
  return (
    <Page
      narrow
      title={t('picking.title', { count: round?.orders.length ?? 0 })}
      summary={round && [round.siteName, round.actor].filter(Boolean).join(' · ')}
      back={{ to: '/preparations', label: t('nav.preparations') }}
      acts={round && open && <Finish round={round} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {round && !open && <EmptyState title={t('picking.over')} hint={t('picking.over.help')} />}
      {round && open && (
        <>
          <ProgressLine
            label={t('picking.progress')}
            done={round.picked}
            total={round.units}
            state={round.picked === round.units ? 'done' : 'running'}
          />
          <PickScan round={round} />
          <Trays round={round} />
          <ol className="bo-pick-stops">
            {[...round.stops.filter(isLeft), ...round.stops.filter((stop) => !isLeft(stop))].map((stop) => (
              <PickStop key={`${stop.placeName}${stop.variantId}`} roundId={round.id} stop={stop} />
            ))}
          </ol>
        </>
      )}
    </Page>
  )
}

const isLeft = ({ picked, quantity }: PickingRound['stops'][number]): boolean => picked < quantity

/** Whose articles go into which tray. */
function Trays({ round }: { round: PickingRound }) {
  const t = useT()
  return (
    <ul className="bo-pick-orders" aria-label={t('picking.trays')}>
      {round.orders.map((order) => (
        <li key={order.fulfillmentId} data-done={order.picked === order.units || undefined}>
          <strong>{t('picking.tray', { tray: order.tray })}</strong>{' '}
          {[order.customerName, order.orderNumber].filter(Boolean).join(' · ')}{' '}
          <span className="bo-quiet">{t('picking.count', { picked: order.picked, quantity: order.units })}</span>
        </li>
      ))}
    </ul>
  )
}

function Finish({ round }: { round: PickingRound }) {
  const t = useT()
  const navigate = useNavigate()
  const finish = useAct({
    act: () => call(endpoints.finishPickingRound, { params: { roundId: round.id } }),
    touches: [...touchedByPreparation, '/picking-rounds'],
    done: ({ ready, left }) => t('picking.finished', { ready, left }),
    onDone: () => void navigate({ to: '/preparations' }),
  })
  const all = round.picked === round.units
  return (
    <Button
      variant={all ? 'filled' : 'default'}
      leftSection={<IconCheck size={16} aria-hidden />}
      loading={finish.isPending}
      onClick={() => finish.mutate()}
    >
      {t(all ? 'picking.finish' : 'picking.finish_part')}
    </Button>
  )
}
