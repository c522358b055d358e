import { useState } from 'react'
import { Button, NumberInput, Popover, Radio, Stack } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import type { PlaceAvailability } from '@ecluse/contracts/availability.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'

type Props = { place: PlaceAvailability; variantId: string; canEdit: boolean }
type Change = { scope: 'article' | 'place'; units: number | null }

/** What is kept back at a place, and by which number: changed where it is read. */
export function SafetyEdit({ place, variantId, canEdit }: Props) {
  const t = useT()
  const [opened, setOpened] = useState(false)
  const { units, own, ofPlace } = place.safety
  const set = ({ scope, units: level }: Change) =>
    call(endpoints.setSafetyStock, {
      body: { placeId: place.placeId, variantId: scope === 'article' ? variantId : null, units: level },
    })
  const act = useAct<Change>({
    act: set,
    touches: ['/availability', '/stock'],
    done: () => t('availability.safety.saved', { place: place.placeName }),
    undo: (_output, { scope }) => set({ scope, units: scope === 'place' ? ofPlace : own ? units : null }),
    onDone: () => setOpened(false),
  })
  const said = t(own ? 'availability.safety.own' : 'availability.safety.usual', { count: units })
  if (!canEdit) return <p className="av-rule bo-quiet">{said}</p>
  return (
    <p className="av-rule bo-quiet">
      {said}{' '}
      <Popover opened={opened} onChange={setOpened} width={320} position="bottom-start" trapFocus returnFocus withRoles>
        <Popover.Target>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPencil size={14} aria-hidden />}
            aria-label={t('availability.safety.change', { place: place.placeName })}
            onClick={() => setOpened(!opened)}
          >
            {t('availability.change')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('availability.safety.change', { place: place.placeName })}>
          <SafetyForm place={place} busy={act.isPending} onCancel={() => setOpened(false)} onSend={act.mutate} />
        </Popover.Dropdown>
      </Popover>
    </p>
  )
}

function SafetyForm({
  place,
  busy,
  onCancel,
  onSend,
}: {
  place: PlaceAvailability
  busy: boolean
  onCancel: () => void
  onSend: (change: Change) => void
}) {
  const t = useT()
  const { units, own, ofPlace } = place.safety
  const [scope, setScope] = useState<'article' | 'place' | 'usual'>('article')
  const [level, setLevel] = useState<number | string>(units)
  const choose = (next: string) => {
    setScope(next as typeof scope)
    setLevel(next === 'place' ? ofPlace : units)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (scope === 'usual') onSend({ scope: 'article', units: null })
        else if (level !== '') onSend({ scope, units: Number(level) })
      }}
    >
      <Stack gap="sm">
        <Radio.Group label={t('availability.safety.of')} value={scope} onChange={choose}>
          <Stack gap={4} mt={4}>
            <Radio value="article" label={t('availability.safety.of.article')} />
            <Radio value="place" label={t('availability.safety.of.place', { place: place.placeName })} />
            {own && <Radio value="usual" label={t('availability.safety.of.usual', { count: ofPlace })} />}
          </Stack>
        </Radio.Group>
        {scope !== 'usual' && (
          <NumberInput
            label={t('availability.safety.units')}
            value={level}
            min={0}
            max={1_000_000}
            allowDecimal={false}
            allowNegative={false}
            data-autofocus
            onChange={setLevel}
          />
        )}
        <FormEnd onCancel={onCancel} busy={busy} label={t('app.save')} />
      </Stack>
    </form>
  )
}
