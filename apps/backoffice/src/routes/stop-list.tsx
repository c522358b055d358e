import { Button } from '@mantine/core'
import { IconTruckDelivery } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DayRoutes, RouteStop } from '@ecluse/contracts/windows.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { PhoneLink } from '../common/phone-link.tsx'

/** Stops in the order they are driven, vehicle by vehicle; what is on no route first. */
export function StopList({ day, onOpen }: { day: DayRoutes; onOpen: (stopId: string) => void }) {
  const t = useT()
  const can = useCan()
  return (
    <div className="bo-stack">
      {day.unserved.length > 0 && (
        <Card title={t('routes.unserved')}>
          <p className="bo-quiet">{t('routes.unserved.help')}</p>
          <Stops stops={day.unserved} onOpen={onOpen} />
        </Card>
      )}
      {day.routes.map((one) => (
        <Card
          key={one.vehicleId}
          title={one.vehicleName}
          acts={can('fulfillment:write') && one.leftAt === null && <Depart day={day} vehicleId={one.vehicleId} />}
        >
          <RouteFacts route={one} />
          <Stops stops={one.stops} onOpen={onOpen} />
        </Card>
      ))}
    </div>
  )
}

function RouteFacts({ route }: { route: DayRoutes['routes'][number] }) {
  const t = useT()
  const { locale } = useLocale()
  const time = (at: string): string => formatDate(at, locale, 'time')
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  return (
    <p className="bo-quiet">
      {t(route.leftAt ? 'routes.left' : 'routes.leaves', {
        from: time(route.leftAt ?? route.departsAt),
        until: time(route.returnsAt),
        kilometres: number.format(route.kilometres),
        load: number.format(route.loadKg),
        capacity: number.format(route.capacityKg),
      })}
    </p>
  )
}

function Depart({ day, vehicleId }: { day: DayRoutes; vehicleId: string }) {
  const t = useT()
  const depart = useAct({
    act: () => call(endpoints.departRoute, { params: { placeId: day.placeId, date: day.date }, body: { vehicleId } }),
    touches: ['/depots', '/fulfillments', '/orders', '/today', '/delivery-promises'],
    done: () => t('routes.departed'),
  })
  return (
    <Button
      className="bo-no-print"
      size="compact-sm"
      variant="default"
      leftSection={<IconTruckDelivery size={16} aria-hidden />}
      loading={depart.isPending}
      onClick={() => depart.mutate()}
    >
      {t('routes.depart')}
    </Button>
  )
}

function Stops({ stops, onOpen }: { stops: readonly RouteStop[]; onOpen: (stopId: string) => void }) {
  const t = useT()
  const { locale } = useLocale()
  const time = (at: string): string => formatDate(at, locale, 'time')
  return (
    <ol className="bo-stops">
      {stops.map((stop) => (
        <li key={stop.id}>
          <div className="bo-stop-head">
            <button type="button" className="bo-text-button bo-link" onClick={() => onOpen(stop.id)}>
              {stop.customerName ?? t('orders.anonymous')}
            </button>
            <StopBadge stop={stop} />
          </div>
          <div>
            {stop.address.street}, {stop.address.postalCode} {stop.address.locality}
          </div>
          <div className="bo-quiet">
            {stop.plannedAt && `${t('routes.plannedAt', { time: time(stop.plannedAt) })} · `}
            {t('routes.window', { from: time(stop.startsAt), until: time(stop.endsAt) })} ·{' '}
            {t('routes.pieces', { count: stop.pieces })}
            {stop.orderNumber && (
              <>
                {' · '}
                <span className="bo-nowrap">{stop.orderNumber}</span>
              </>
            )}
          </div>
          {stop.phone && <PhoneLink phone={stop.phone} />}
          <ul className="bo-stop-articles">
            {stop.articles.map((article) => (
              <li key={article.sku}>
                {article.quantity} × {article.name} ({article.sku})
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

const tones: Record<RouteStop['state'], StateTone> = {
  reserved: 'neutral',
  booked: 'waiting',
  on_the_road: 'primary',
  delivered: 'done',
  failed: 'urgent',
}

/** Where a delivery stands; late is told beside it. */
export function StopBadge({ stop }: { stop: RouteStop }) {
  const t = useT()
  return (
    <span className="bo-marks">
      <StateBadge tone={tones[stop.state]}>{t(`stop.${stop.state}`)}</StateBadge>
      {stop.late && stop.state !== 'failed' && <StateBadge tone="urgent">{t('stop.late')}</StateBadge>}
    </span>
  )
}
