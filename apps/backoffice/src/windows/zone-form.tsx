import { useState } from 'react'
import { Checkbox, Modal, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DeliveryZone } from '@ecluse/contracts/windows.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { FormEnd } from '../common/form-end.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useSites } from '../network/use-channels.ts'
import { HoursEditor } from './hours-editor.tsx'
import { bodyOf, draftOf, type ZoneDraft } from './zone-draft.ts'
import { touchedByWindows } from './window-panel.tsx'

/** A zone: where, from which depot, and its week. Coming days follow; what is promised stays. */
export function ZoneForm({ zone, onClose }: { zone: DeliveryZone | undefined; onClose: () => void }) {
  const t = useT()
  const sites = useSites()
  const places = useQuery(apiQuery(endpoints.listPlaces, {}))
  const [draft, setDraft] = useState(() => draftOf(zone))
  const change = (patch: Partial<ZoneDraft>) => setDraft({ ...draft, ...patch })
  const located = (places.data?.items ?? []).flatMap((place) => {
    const site = sites.find(({ id }) => id === place.siteId)
    if (site?.latitude == null || site.longitude == null) return []
    return [{ ...place, at: { latitude: site.latitude, longitude: site.longitude } }]
  })
  const depot = located.find(({ id }) => id === draft.placeId)
  const save = useAct({
    act: () =>
      call(endpoints.putZone, {
        params: { code: draft.code },
        body: bodyOf(draft, zone?.centre ?? depot?.at ?? { latitude: 0, longitude: 0 }),
      }),
    touches: touchedByWindows,
    done: () => t('windows.changed'),
    onDone: onClose,
    quiet: true,
  })
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={zone?.name ?? t('windows.newZone')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <Stack gap="md">
          <FormProblem error={save.error} />
          <ZoneFields draft={draft} isNew={!zone} depots={located} onChange={change} />
          <FormEnd onCancel={onClose} busy={save.isPending} label={t('app.save')} />
        </Stack>
      </form>
    </Modal>
  )
}

type FieldsProps = {
  draft: ZoneDraft
  isNew: boolean
  depots: readonly { id: string; name: string }[]
  onChange: (patch: Partial<ZoneDraft>) => void
}

function ZoneFields({ draft, isNew, depots, onChange }: FieldsProps) {
  const t = useT()
  return (
    <>
      <TextInput
        label={t('windows.name')}
        required
        maxLength={80}
        data-autofocus
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      {isNew && (
        <TextInput
          label={t('windows.code')}
          description={t('windows.code.help')}
          required
          pattern="[a-z0-9]+(-[a-z0-9]+)*"
          value={draft.code}
          onChange={(event) => onChange({ code: event.currentTarget.value })}
        />
      )}
      <Select
        label={t('windows.depot')}
        description={t('windows.depot.help')}
        required
        searchable
        value={draft.placeId || null}
        data={depots.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value) => onChange({ placeId: value ?? '' })}
      />
      <PlaceFields draft={draft} onChange={onChange} />
    </>
  )
}

/** Where and when: postal codes, time at the door, the week. */
function PlaceFields({ draft, onChange }: Pick<FieldsProps, 'draft' | 'onChange'>) {
  const t = useT()
  return (
    <>
      <Textarea
        label={t('windows.areas')}
        description={t('windows.areas.help')}
        required
        autosize
        minRows={3}
        maxRows={8}
        value={draft.areas}
        onChange={(event) => onChange({ areas: event.currentTarget.value })}
      />
      <NumberInput
        label={t('windows.service')}
        min={1}
        max={60}
        value={draft.serviceMinutes}
        onChange={(value) => onChange({ serviceMinutes: Number(value) || 1 })}
      />
      <HoursEditor hours={draft.hours} onChange={(hours) => onChange({ hours })} />
      <Checkbox
        label={t('windows.active')}
        checked={draft.active}
        onChange={(event) => onChange({ active: event.currentTarget.checked })}
      />
    </>
  )
}
