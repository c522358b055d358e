import { Anchor, Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconExternalLink,
  IconMapPinCheck,
  IconPackageOff,
  IconPrinter,
  IconScale,
  IconTruckDelivery,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Parcel } from '@ecluse/contracts/parcels.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatWeight } from '@ecluse/ui/format.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { SlipFile } from '@ecluse/ui/staff/slip-file.tsx'
import { useT } from '../app/i18n.ts'
import { LotLinks } from '../lots/lot-links.tsx'
import { ShipParcel } from '../preparations/ship-parcel.tsx'
import { MoveParcel } from './move-parcel.tsx'
import { needsDecision, nextSteps, parcelTones, touchedByParcel } from './parcel-queries.ts'
import { ResolveParcel } from './resolve-parcel.tsx'

/** One parcel: what is in it, where it is and since when, and its next step. */
export function ParcelCard({ parcel, orderNumber }: { parcel: Parcel; orderNumber: string }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <section className="bo-parcel" aria-label={t('parcels.one', { position: parcel.position })}>
      <div className="bo-parcel-head">
        <strong>{t('parcels.one', { position: parcel.position })}</strong>
        <StateBadge tone={parcelTones[parcel.state]}>{t(`parcel.${parcel.state}`)}</StateBadge>
        {parcel.resolution && <StateBadge tone="neutral">{t(`parcel.${parcel.resolution}`)}</StateBadge>}
        <span className="bo-quiet">
          {[parcel.siteName, parcel.weightGrams && formatWeight(parcel.weightGrams, locale)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <ul className="bo-plain-list">
        {parcel.lines.map((line) => (
          <li key={line.lineId} className="bo-line">
            {t('preparation.line', {
              count: line.quantity,
              name: [line.name, line.variantLabel].filter(Boolean).join(' · '),
            })}
            <LotLinks lots={line.lots} />
          </li>
        ))}
      </ul>
      {parcel.carrier && (
        <p className="bo-line">
          {parcel.carrier}
          {parcel.trackingNumber && ' · '}
          {parcel.trackingUrl ? (
            <Anchor href={parcel.trackingUrl} target="_blank" rel="noreferrer" inherit>
              {parcel.trackingNumber} <IconExternalLink size={14} aria-label={t('parcels.newTab')} />
            </Anchor>
          ) : (
            parcel.trackingNumber
          )}
        </p>
      )}
      <ol className="bo-parcel-steps">
        {parcel.steps.map(({ state, at }) => (
          <li key={state}>
            {t(`parcel.${state}`)} <RelativeTime at={at} />
          </li>
        ))}
      </ol>
      {parcel.note && <p className="bo-line bo-quiet">{parcel.note}</p>}
      <ParcelActs parcel={parcel} orderNumber={orderNumber} />
    </section>
  )
}

function ParcelActs({ parcel, orderNumber }: { parcel: Parcel; orderNumber: string }) {
  const t = useT()
  const can = useCan()
  const [shipping, ship] = useDisclosure(false)
  const [moving, move] = useDisclosure(false)
  const [resolving, resolve] = useDisclosure(false)
  const params = { fulfillmentId: parcel.fulfillmentId, parcelId: parcel.id }
  const unpack = useAct({
    act: () => call(endpoints.unpackParcel, { params }),
    touches: touchedByParcel,
    done: () => t('parcels.unpacked', { position: parcel.position }),
  })
  const steps = parcel.resolution === null ? nextSteps[parcel.state] : []
  return (
    <div className="bo-parcel-acts bo-no-print">
      {can('fulfillment:write') && parcel.state === 'packed' && (
        <Button size="xs" leftSection={<IconTruckDelivery size={16} aria-hidden />} onClick={ship.open}>
          {t('parcels.ship')}
        </Button>
      )}
      {can('orders:write') && needsDecision(parcel) && (
        <Button size="xs" leftSection={<IconScale size={16} aria-hidden />} onClick={resolve.open}>
          {t('parcels.decide')}
        </Button>
      )}
      {can('fulfillment:write') && steps.length > 0 && (
        <Button size="xs" variant="default" leftSection={<IconMapPinCheck size={16} aria-hidden />} onClick={move.open}>
          {t('parcels.where')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        component={Link}
        to={`/preparations/${parcel.fulfillmentId}/slips/${parcel.id}`}
        leftSection={<IconPrinter size={16} aria-hidden />}
      >
        {t('parcels.slip')}
      </Button>
      <SlipFile fulfillmentId={parcel.fulfillmentId} parcelId={parcel.id} />
      {can('fulfillment:write') && parcel.state === 'packed' && (
        <Button
          size="xs"
          variant="subtle"
          loading={unpack.isPending}
          leftSection={<IconPackageOff size={16} aria-hidden />}
          onClick={() => unpack.mutate()}
        >
          {t('parcels.unpack')}
        </Button>
      )}
      {shipping && <ShipParcel of={{ ...params, orderNumber }} onClose={ship.close} />}
      {moving && <MoveParcel parcel={parcel} onClose={move.close} />}
      {resolving && <ResolveParcel parcel={parcel} onClose={resolve.close} />}
    </div>
  )
}
