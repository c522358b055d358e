import { useState } from 'react'
import { Button, Checkbox, Group, NumberInput, Skeleton, Stack, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Depot } from '@ecluse/contracts/windows.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { touchedByWindows } from './window-panel.tsx'

type Vehicle = Omit<Depot['vehicles'][number], 'id'> & { id?: string | undefined }

/** The vehicles of a depot: what they carry and when they drive. Coming days are drawn again after a change. */
export function VehiclesPanel({ placeId, onClose }: { placeId: string; onClose: () => void }) {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.listDepots, {}))
  const depot = query.data?.items.find((one) => one.placeId === placeId)
  return (
    <SidePanel itemKey={placeId} title={t('windows.vehiclesOf', { place: depot?.name ?? '' })} onClose={onClose}>
      {query.isPending && <Skeleton height={200} />}
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {depot && <VehiclesForm depot={depot} />}
    </SidePanel>
  )
}

function VehiclesForm({ depot }: { depot: Depot }) {
  const t = useT()
  const [vehicles, setVehicles] = useState<readonly Vehicle[]>(depot.vehicles)
  const save = useAct({
    act: () =>
      call(endpoints.putVehicles, {
        params: { placeId: depot.placeId },
        body: { vehicles: vehicles.map((v) => ({ ...v })) },
      }),
    touches: touchedByWindows,
    done: () => t('windows.changed'),
    quiet: true,
  })
  const change = (index: number, patch: Partial<Vehicle>) =>
    setVehicles(vehicles.map((one, at) => (at === index ? { ...one, ...patch } : one)))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Stack gap="lg">
        <FormProblem error={save.error} />
        {vehicles.map((vehicle, index) => (
          <VehicleFields
            key={vehicle.id ?? `new-${index}`}
            vehicle={vehicle}
            onChange={(patch) => change(index, patch)}
          />
        ))}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t('app.save')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() =>
              setVehicles([...vehicles, { name: '', capacityKg: 500, from: '08:00', until: '19:00', active: true }])
            }
          >
            {t('windows.newVehicle')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function VehicleFields({ vehicle, onChange }: { vehicle: Vehicle; onChange: (patch: Partial<Vehicle>) => void }) {
  const t = useT()
  return (
    <fieldset className="bo-vehicle">
      <legend>{vehicle.name || t('windows.newVehicle')}</legend>
      <TextInput
        label={t('windows.vehicle.name')}
        required
        maxLength={60}
        value={vehicle.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <NumberInput
        label={t('windows.vehicle.capacity')}
        min={1}
        max={40_000}
        value={vehicle.capacityKg}
        onChange={(value) => onChange({ capacityKg: Number(value) || 1 })}
      />
      <Group grow>
        <TextInput
          type="time"
          label={t('windows.vehicle.from')}
          required
          value={vehicle.from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t('windows.vehicle.until')}
          required
          value={vehicle.until}
          onChange={(event) => onChange({ until: event.currentTarget.value })}
        />
      </Group>
      <Checkbox
        label={t('windows.vehicle.active')}
        checked={vehicle.active}
        onChange={(event) => onChange({ active: event.currentTarget.checked })}
      />
    </fieldset>
  )
}
