import { Button, Select } from '@mantine/core'
import { IconCar } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DriveBoard as Board, DriveVisit } from '@ecluse/contracts/drive.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'

/** How often the board asks who has arrived: a customer in a car sees whether somebody comes. */
const askEveryMs = 4_000
/** Whoever waits longer than this is shown as late. */
const lateSeconds = 300

type Props = { siteId: string; onOpen: (visit: DriveVisit) => void }

/** Who waits in a car, in which bay and for how long; who is awaited next. Nothing where the shop has no drive. */
export function DriveBoard({ siteId, onOpen }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery({
    ...apiQuery(endpoints.getDriveBoard, { params: { siteId }, query: { locale } }),
    retry: false,
    refetchInterval: (state) => (state.state.error ? false : askEveryMs),
  })
  const board = query.data
  if (!board) return null
  const here = board.visits.filter(({ arrivedAt, servedAt }) => arrivedAt !== null && servedAt === null)
  const next = board.visits.filter(({ arrivedAt }) => arrivedAt === null).slice(0, 4)
  const { served, medianWaitSeconds } = board.measured
  return (
    <section className="pos-drive" aria-label={t('drive.title')}>
      <h2>
        <IconCar size={22} aria-hidden /> {t('drive.title')}
      </h2>
      <div aria-live="polite" className="pos-list">
        {here.length === 0 && <p className="pos-dim">{t('drive.nobody')}</p>}
        {here.map((visit) => (
          <Waiting key={visit.orderId} board={board} visit={visit} onOpen={() => onOpen(visit)} />
        ))}
      </div>
      {next.length > 0 && (
        <p className="pos-dim">
          {t('drive.next')}{' '}
          {next
            .map(({ startsAt, customerName, orderNumber }) =>
              t('drive.awaited', { time: formatDate(startsAt, locale, 'dateTime'), name: customerName ?? orderNumber }),
            )
            .join(', ')}
        </p>
      )}
      {served > 0 && medianWaitSeconds !== null && (
        <p className="pos-dim">
          {t('drive.measured', { count: served, minutes: Math.max(1, Math.round(medianWaitSeconds / 60)) })}
        </p>
      )}
    </section>
  )
}

/** One car: open its order, or send it to another bay. */
function Waiting({ board, visit, onOpen }: { board: Board; visit: DriveVisit; onOpen: () => void }) {
  const t = useT()
  const taken = new Set(
    board.visits.flatMap(({ bay, orderId }) => (bay !== null && orderId !== visit.orderId ? [bay] : [])),
  )
  const assign = useAct({
    act: (bay: number) => call(endpoints.assignBay, { params: { orderId: visit.orderId }, body: { bay } }),
    touches: ['/drive'],
    done: (_, bay) => t('drive.assigned', { bay }),
  })
  const waited = visit.waitedSeconds ?? 0
  return (
    <div className="pos-item pos-drive-car" data-late={waited > lateSeconds || undefined}>
      <span className="pos-drive-bay" aria-label={t('drive.bay')}>
        {visit.bay ?? '?'}
      </span>
      <span className="pos-grow">
        <span className="pos-strong">{visit.customerName ?? visit.orderNumber}</span>
        <span className="pos-dim">{[visit.orderNumber, visit.vehicle].filter(Boolean).join(' · ')}</span>
        <span className="pos-dim">{t('drive.waits', { minutes: Math.floor(waited / 60) })}</span>
      </span>
      <Select
        aria-label={t('drive.send')}
        placeholder={t('drive.send')}
        w={128}
        value={visit.bay === null ? null : String(visit.bay)}
        data={Array.from({ length: board.bays }, (_, index) => ({
          value: String(index + 1),
          label: t('drive.bayNo', { bay: index + 1 }),
          disabled: taken.has(index + 1),
        }))}
        disabled={assign.isPending}
        onChange={(value) => value && assign.mutate(Number(value))}
      />
      <Button size="md" onClick={onOpen}>
        {t(visit.state === 'ready' ? 'drive.handOver' : 'drive.prepare')}
      </Button>
    </div>
  )
}
