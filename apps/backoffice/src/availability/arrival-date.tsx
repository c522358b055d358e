import { useState } from 'react'
import { Button, Popover, Stack, Text, TextInput } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'

type Expected = {
  readonly kind: 'supplier_order' | 'transfer'
  readonly documentId: string
  readonly number: string
  readonly expectedOn: string | null
}

/**
 * Says that goods arrive on another day: customers who were promised these units are told.
 * @param variantId the article of an order to a supplier; a transfer arrives as a whole
 */
export function ArrivalDate({ arrival, variantId }: { arrival: Expected; variantId?: string }) {
  const t = useT()
  const [opened, setOpened] = useState(false)
  const [date, setDate] = useState(arrival.expectedOn ?? '')
  const label = t('availability.arrivals.move', { number: arrival.number })
  const move = async (expectedOn: string | null): Promise<unknown> =>
    arrival.kind === 'transfer'
      ? call(endpoints.rescheduleTransfer, { params: { transferId: arrival.documentId }, body: { expectedOn } })
      : call(endpoints.rescheduleSupplierOrder, {
          params: { supplierOrderId: arrival.documentId },
          body: { lines: [{ variantId: variantId ?? '', expectedOn }] },
        })
  const act = useAct<string | null>({
    act: move,
    touches: ['/availability', '/supplier-orders', '/transfers'],
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
