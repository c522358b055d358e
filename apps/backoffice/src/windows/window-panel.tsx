import { useState } from 'react'
import { Button, Checkbox, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DatedWindow } from '@ecluse/contracts/windows.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { Section } from '../common/section.tsx'

export const touchedByWindows = ['/delivery-calendar', '/delivery-zones', '/depots']

/** One window of a date: what is sold, and what can be changed about it. */
export function WindowPanel({ window, onClose }: { window: DatedWindow; onClose: () => void }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const hours = `${formatDate(window.startsAt, locale, 'time')} – ${formatDate(window.endsAt, locale, 'time')}`
  return (
    <SidePanel
      itemKey={window.id}
      title={`${formatDate(window.startsAt, locale, 'weekday')}, ${hours}`}
      onClose={onClose}
    >
      <Section title={window.zoneName}>
        <Facts
          facts={[
            [t('windows.taken'), t('windows.cell', { taken: window.taken, capacity: window.capacity })],
            [t('windows.cutOff'), formatDate(window.cutOffAt, locale, 'dateTime')],
            [
              t('windows.fee'),
              window.feeMinor === null ? (
                t('windows.fee.channel')
              ) : (
                <Money value={{ amountMinor: window.feeMinor, currency: 'EUR' }} />
              ),
            ],
            [t('windows.overbooking'), window.overbooking > 0 ? window.overbooking : null],
            [t('windows.reason'), window.reason],
          ]}
        />
      </Section>
      {can('windows:write') && <ChangeForm window={window} />}
    </SidePanel>
  )
}

function ChangeForm({ window }: { window: DatedWindow }) {
  const t = useT()
  const [capacity, setCapacity] = useState<number>(window.capacity)
  const [reason, setReason] = useState('')
  const [overbook, setOverbook] = useState(false)
  const below = capacity < window.taken
  const change = useChange(window, overbook, reason.trim())
  return (
    <Section title={t('windows.change')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate({ capacity })
        }}
      >
        <Stack gap="md">
          <FormProblem error={change.error} />
          <NumberInput
            label={t('windows.capacity')}
            min={0}
            max={1_000}
            allowDecimal={false}
            value={capacity}
            onChange={(value) => setCapacity(Number(value) || 0)}
          />
          {below && (
            <Checkbox
              label={t('windows.overbook', { taken: window.taken })}
              checked={overbook}
              onChange={(event) => setOverbook(event.currentTarget.checked)}
            />
          )}
          <TextInput
            label={t('windows.reason')}
            description={t('windows.reason.help')}
            value={reason}
            maxLength={200}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={change.isPending} disabled={below && (!overbook || !reason.trim())}>
              {t('app.save')}
            </Button>
            <Button variant="default" onClick={() => change.mutate({ closed: !window.closed })}>
              {t(window.closed ? 'windows.reopen' : 'windows.close')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}

/** Changes the window, and takes the change back. */
function useChange(window: DatedWindow, overbook: boolean, reason: string) {
  const t = useT()
  return useAct({
    act: (body: { closed?: boolean; capacity?: number }) =>
      call(endpoints.changeWindow, {
        params: { windowId: window.id },
        body: { ...body, overbook, ...(reason ? { reason } : {}) },
      }),
    touches: touchedByWindows,
    done: () => t('windows.changed'),
    undo: () =>
      call(endpoints.changeWindow, {
        params: { windowId: window.id },
        body: {
          closed: window.closed,
          capacity: window.capacity,
          overbook: true,
          reason: window.reason || t('app.undo'),
        },
      }),
    quiet: true,
  })
}
