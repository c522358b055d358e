import { useState } from 'react'
import { Button, Checkbox, Group, NumberInput, Select, Stack, Switch, TextInput } from '@mantine/core'
import { resourceKinds, type Resource, type Service } from '@ecluse/contracts/appointments.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { WeekRows, type WeekRow } from './week-rows.tsx'

type Props = { site: Site; start: Resource | null; services: readonly Service[]; onDone: () => void }

/** Who or what serves appointments: an adviser, a stand, a fitting room, a room with seats. */
export function ResourceForm({ site, start, services, onDone }: Props) {
  const t = useT()
  const [draft, setDraft] = useState<Resource>(() => start ?? fresh(site, services))
  const save = useAct({
    act: ({ id, ...body }: Resource) => call(endpoints.putResource, { params: { resourceId: id }, body }),
    touches: ['/services', '/resources'],
    done: ({ name }) => t('appointments.saved', { name }),
    onDone,
  })
  return (
    <form
      className="bo-stack"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ ...draft, name: draft.name.trim() })
      }}
    >
      <TextInput
        label={t('appointments.resourceName')}
        required
        maxLength={80}
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
      />
      <Select
        label={t('appointments.kind')}
        data={resourceKinds.map((kind) => ({ value: kind, label: t(`appointments.kind.${kind}`) }))}
        value={draft.kind}
        allowDeselect={false}
        onChange={(kind) => setDraft({ ...draft, kind: resourceKinds.find((one) => one === kind) ?? 'adviser' })}
      />
      <Numbers draft={draft} onChange={setDraft} />
      <Serves services={services} draft={draft} onChange={setDraft} />
      <WeekRows
        title={t('appointments.hours')}
        help={t('appointments.hours.help')}
        rows={(draft.hours ?? []).map(({ weekday, opens, closes }) => ({ weekday, from: opens, until: closes }))}
        fresh={{ weekday: 1, from: '09:00', until: '18:00' }}
        onChange={(rows) => setDraft({ ...draft, hours: hoursOf(rows) })}
      />
      <Switch
        label={t('appointments.active')}
        checked={draft.active}
        onChange={(event) => setDraft({ ...draft, active: event.currentTarget.checked })}
      />
      <Group>
        <Button
          type="submit"
          loading={save.isPending}
          disabled={draft.name.trim() === '' || (draft.hours ?? []).some(({ opens, closes }) => closes <= opens)}
        >
          {t('app.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('appointments.back')}
        </Button>
      </Group>
    </form>
  )
}

/** Hours of its own; those of the shop when there are none. */
function hoursOf(rows: readonly WeekRow[]): Resource['hours'] {
  if (rows.length === 0) return null
  return rows.map(({ weekday, from, until = from }) => ({ weekday, opens: from, closes: until }))
}

/** A new one, before anything is typed. */
function fresh(site: Site, services: readonly Service[]): Resource {
  return {
    id: crypto.randomUUID(),
    siteId: site.id,
    kind: 'adviser',
    name: '',
    capacity: 1,
    overbooking: 0,
    hours: null,
    serviceCodes: services.map(({ code }) => code),
    active: true,
  }
}

type PartProps = { draft: Resource; onChange: (draft: Resource) => void }

function Numbers({ draft, onChange: setDraft }: PartProps) {
  const t = useT()
  return (
    <Group grow>
      <NumberInput
        label={t('appointments.capacity')}
        value={draft.capacity}
        min={1}
        max={500}
        allowDecimal={false}
        onChange={(value) => setDraft({ ...draft, capacity: Math.max(1, Number(value)) })}
      />
      <NumberInput
        label={t('appointments.overbooking')}
        value={draft.overbooking}
        min={0}
        max={50}
        allowDecimal={false}
        onChange={(value) => setDraft({ ...draft, overbooking: Math.max(0, Number(value)) })}
      />
    </Group>
  )
}

function Serves({ services, draft, onChange: setDraft }: PartProps & { services: readonly Service[] }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <Checkbox.Group
      label={t('appointments.serves')}
      value={draft.serviceCodes}
      onChange={(serviceCodes) => setDraft({ ...draft, serviceCodes })}
    >
      <Stack gap="xs" mt="xs">
        {services.map(({ code, name }) => (
          <Checkbox key={code} value={code} label={name[locale] || name.fr} />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}
