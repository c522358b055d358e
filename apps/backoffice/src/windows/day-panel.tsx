import { useState } from 'react'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DeliveryZone } from '@ecluse/contracts/windows.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Section } from '../common/section.tsx'
import { touchedByWindows } from './window-panel.tsx'

type Props = { zone: DeliveryZone; date: string; title: string; holiday: string | undefined; onClose: () => void }

/** A whole day of a zone: closed, opened although a public holiday, or as the week says. */
export function DayPanel({ zone, date, title, holiday, onClose }: Props) {
  const t = useT()
  const can = useCan()
  const decided = zone.exceptions.find((one) => one.date === date)
  const isOpen = decided ? decided.open : holiday === undefined
  const [reason, setReason] = useState(decided?.reason ?? '')
  const send = (open: boolean | null, words: string) =>
    call(endpoints.setZoneDay, { params: { code: zone.code, date }, body: { open, reason: words } })
  const decide = useAct({
    act: (open: boolean | null) => send(open, reason.trim()),
    touches: touchedByWindows,
    done: () => t('windows.changed'),
    undo: () => send(decided?.open ?? null, decided?.reason ?? ''),
  })
  return (
    <SidePanel itemKey={`${zone.code} ${date}`} title={title} onClose={onClose}>
      <Section title={zone.name}>
        <Stack gap="md">
          <Text>
            {holiday && `${holiday}. `}
            {t(isOpen ? 'windows.day.open' : 'windows.day.closed')}
            {decided?.reason ? ` (${decided.reason})` : ''}
          </Text>
          {can('windows:write') && (
            <>
              <TextInput
                label={t('windows.reason')}
                value={reason}
                maxLength={200}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <Group>
                <Button loading={decide.isPending} onClick={() => decide.mutate(!isOpen)}>
                  {t(isOpen ? 'windows.day.close' : 'windows.day.reopen')}
                </Button>
                {decided && (
                  <Button variant="default" onClick={() => decide.mutate(null)}>
                    {t('windows.day.week')}
                  </Button>
                )}
              </Group>
            </>
          )}
        </Stack>
      </Section>
    </SidePanel>
  )
}
