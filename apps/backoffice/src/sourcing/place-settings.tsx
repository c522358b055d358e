import { NumberInput, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { placeKinds, type PlaceSetting, type SourcingSettings } from '@ecluse/contracts/sourcing.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'
import { Disclosure } from '../common/disclosure.tsx'

type Props = { settings: SourcingSettings; locked: boolean; onChange: (settings: SourcingSettings) => void }

/** What each place costs and can do in a day, and what carriage costs. */
export function PlaceSettings({ settings, locked, onChange }: Props) {
  const t = useT()
  const places = useQuery({ ...apiQuery(endpoints.listPlaces, {}), staleTime: 600_000 }).data?.items ?? []
  const nameOf = (id: string): string => places.find((place) => place.id === id)?.name ?? ''
  const change = (placeId: string, part: Partial<PlaceSetting>) =>
    onChange({
      ...settings,
      places: settings.places.map((place) => (place.placeId === placeId ? { ...place, ...part } : place)),
    })
  return (
    <div>
      {settings.places.map((place) => (
        <Disclosure key={place.placeId} label={nameOf(place.placeId)}>
          <PlaceFields place={place} locked={locked} onChange={(part) => change(place.placeId, part)} />
        </Disclosure>
      ))}
      <Disclosure label={t('sourcing.carriage')}>
        {settings.carriage.map((band, index) => (
          <div key={index} className="bo-rule-fields">
            <MoneyInput
              label={
                band.zone
                  ? t(`sourcing.zone.${band.zone}`)
                  : band.upToKm === null
                    ? t('sourcing.carriage.beyond')
                    : t('sourcing.carriage.upTo', { km: band.upToKm })
              }
              disabled={locked}
              value={band.costMinor}
              onChange={(amount) =>
                onChange({
                  ...settings,
                  carriage: settings.carriage.map((one, at) =>
                    at === index ? { ...one, costMinor: amount ?? 0 } : one,
                  ),
                })
              }
            />
            <NumberInput
              label={t('sourcing.carriage.days')}
              disabled={locked}
              min={0}
              max={60}
              allowDecimal={false}
              value={band.transitDays}
              onChange={(days) =>
                onChange({
                  ...settings,
                  carriage: settings.carriage.map((one, at) =>
                    at === index ? { ...one, transitDays: typeof days === 'number' ? days : 0 } : one,
                  ),
                })
              }
            />
          </div>
        ))}
      </Disclosure>
    </div>
  )
}

type PlaceProps = { place: PlaceSetting; locked: boolean; onChange: (part: Partial<PlaceSetting>) => void }

function PlaceFields({ place, locked, onChange }: PlaceProps) {
  const t = useT()
  return (
    <div className="bo-rule-fields">
      <Select
        label={t('sourcing.place.kind')}
        disabled={locked}
        allowDeselect={false}
        data={placeKinds.map((kind) => ({ value: kind, label: t(`sourcing.placeKind.${kind}`) }))}
        value={place.kind}
        onChange={(chosen) => onChange({ kind: placeKinds.find((kind) => kind === chosen) ?? place.kind })}
      />
      <OwnerFields place={place} locked={locked} onChange={onChange} />
      <NumberInput
        label={t('sourcing.place.capacity')}
        description={t('sourcing.noLimit')}
        disabled={locked}
        min={0}
        max={100_000}
        allowDecimal={false}
        value={place.dailyCapacity ?? ''}
        onChange={(count) => onChange({ dailyCapacity: typeof count === 'number' ? count : null })}
      />
      <MoneyInput
        label={t('sourcing.place.perUnit')}
        disabled={locked}
        value={place.handlingMinorPerUnit}
        onChange={(amount) => onChange({ handlingMinorPerUnit: amount ?? 0 })}
      />
      <NumberInput
        label={t('sourcing.place.minutes')}
        disabled={locked}
        min={0}
        max={20_160}
        allowDecimal={false}
        suffix={'\u202fmin'}
        value={place.handlingMinutes}
        onChange={(minutes) => onChange({ handlingMinutes: typeof minutes === 'number' ? minutes : 0 })}
      />
      <TextInput
        type="time"
        label={t('sourcing.place.cutOff')}
        disabled={locked}
        value={place.cutOff}
        onChange={(event) => event.currentTarget.value && onChange({ cutOff: event.currentTarget.value })}
      />
    </div>
  )
}

/** What is not the company's own: what its owner agrees to, and what is left to them. */
function OwnerFields({ place, locked, onChange }: PlaceProps) {
  const t = useT()
  return (
    <>
      {place.kind === 'franchise' && (
        <Select
          label={t('sourcing.place.consents')}
          disabled={locked}
          allowDeselect={false}
          data={[
            { value: 'yes', label: t('sourcing.yes') },
            { value: 'no', label: t('sourcing.no') },
          ]}
          value={place.ownerConsents ? 'yes' : 'no'}
          onChange={(chosen) => onChange({ ownerConsents: chosen === 'yes' })}
        />
      )}
      {(place.kind === 'franchise' || place.kind === 'supplier') && (
        <NumberInput
          label={t('sourcing.place.margin')}
          disabled={locked}
          min={0}
          max={100}
          allowDecimal={false}
          suffix={'\u202f%'}
          value={place.marginKeptBasisPoints / 100}
          onChange={(share) => onChange({ marginKeptBasisPoints: typeof share === 'number' ? share * 100 : 0 })}
        />
      )}
    </>
  )
}
