import { useState } from 'react'
import { Button } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Lot } from '@ecluse/contracts/lots.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { touchedByLots } from './touched.ts'

/** Where a lot lies; what was kept back of it is destroyed from here. */
export function LotPlaces({ lot }: { lot: Lot }) {
  const t = useT()
  const can = useCan()
  // What is destroyed does not come back: it is asked once more, in place.
  const [asked, setAsked] = useState<string | null>(null)
  const writeOff = useAct({
    act: ({ placeId, keptBack }: Lot['places'][number], key) =>
      call(
        endpoints.writeOffLot,
        {
          params: { lotId: lot.id },
          body: { placeId, units: keptBack, reasonCode: lot.blocked ? 'other' : 'expired' },
        },
        { idempotencyKey: key },
      ),
    touches: touchedByLots,
    done: () => t('lots.writeOff.done'),
  })
  return (
    <Card title={t('lots.places')}>
      {lot.places.length === 0 && <p className="bo-quiet">{t('lots.places.none')}</p>}
      <ul className="bo-plain-list">
        {lot.places.map((place) => (
          <li key={place.placeId} className="bo-row-between">
            <span className="bo-wrap">
              {place.placeName}
              <span className="bo-quiet bo-block">
                {[
                  place.units > 0 && t('lots.place.onHand', { count: place.units }),
                  place.keptBack > 0 && t('lots.place.keptBack', { count: place.keptBack }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {place.keptBack > 0 && can('stock:write') && (
              <Button
                variant={asked === place.placeId ? 'filled' : 'default'}
                color={asked === place.placeId ? 'red' : undefined}
                size="compact-sm"
                aria-label={t('lots.writeOff.of', { count: place.keptBack, place: place.placeName })}
                loading={writeOff.isPending && writeOff.variables === place}
                onBlur={() => setAsked(null)}
                onClick={() => (asked === place.placeId ? writeOff.mutate(place) : setAsked(place.placeId))}
              >
                {asked === place.placeId ? t('lots.writeOff.sure', { count: place.keptBack }) : t('lots.writeOff')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
