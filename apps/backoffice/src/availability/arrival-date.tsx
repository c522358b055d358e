import { useState } from 'react'
import { Button, Popover, Stack, Text, TextInput } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import type { Arrival } from '@ecluse/contracts/availability.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'

/** Says that a supplier delivers on another day: customers who were promised these units are told. */
export function ArrivalDate({ arrival, variantId }: { arrival: Arrival; variantId: string }) {
  const t = useT()
  const [opened, setOpened] = useState(false)
  const [date, setDate] = useState(arrival.expectedOn ?? '')
  const label = t('availability.arrivals.move', { number: arrival.number })
  const move = (expectedOn: string | null) =>
    call(endpoints.rescheduleSupplierOrder, {
      params: { supplierOrderId: arrival.supplierOrderId },
      body: { lines: [{ variantId, expectedOn }] },
    })
  const act = useAct<string | null>({
    act: move,
    touches: ['/availability', '/supplier-orders'],
    done: () => t('availability.arrivals.moved'),
    onDone: () => setOpened(false),
  })
  return (
    <Popover opened={opened} onChange={setOpened} width={300} position="bottom-end" trapFocus returnFocus withRoles>
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPencil size={14} aria-hidden />}
          aria-label={label}
          onClick={() => setOpened(!opened)}
        >
          {t('availability.change')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            act.mutate(date || null)
          }}
        >
          <Stack gap="sm">
            <TextInput
              type="date"
              label={t('availability.arrivals.expectedOn')}
              value={date}
              data-autofocus
              onChange={(event) => setDate(event.currentTarget.value)}
            />
            <Text size="xs" c="dimmed">
              {t('availability.arrivals.move.help')}
            </Text>
            <FormEnd onCancel={() => setOpened(false)} busy={act.isPending} label={t('app.save')} />
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
