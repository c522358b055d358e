import { useState } from 'react'
import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Customer } from '@ecluse/contracts/customers.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { touchedByMerge } from './touched.ts'

/** Finds the other file of the same person, and makes them one. */
export function MergeDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useT()
  const [q, setQ] = useState(customer.name)
  const [asked] = useDebouncedValue(q, 200)
  const [otherId, setOtherId] = useState<string | null>(null)
  const query = useQuery({
    ...apiQuery(endpoints.listCustomers, { query: { q: asked, limit: 8 } }),
    placeholderData: keepPreviousData,
  })
  const others = (query.data?.items ?? []).filter(({ id }) => id !== customer.id)
  const merge = useAct({
    act: (id: string, idempotencyKey) =>
      call(
        endpoints.mergeCustomers,
        { params: { customerId: customer.id }, body: { otherId: id } },
        { idempotencyKey },
      ),
    touches: touchedByMerge,
    done: () => t('customers.merge.done'),
    undo: ({ memberId }) => call(endpoints.unmergeCustomer, { params: { customerId: memberId }, body: {} }),
    onDone: onClose,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('customers.merge.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        <Text>{t('customers.merge.help', { name: customer.name })}</Text>
        <TextInput
          label={t('customers.search')}
          value={q}
          data-autofocus
          onChange={(event) => setQ(event.currentTarget.value)}
        />
        <Radio.Group label={t('customers.merge.other')} value={otherId} onChange={setOtherId}>
          <Stack gap="xs" mt="xs">
            {others.map((other) => (
              <Radio
                key={other.id}
                value={other.id}
                label={other.name}
                description={[other.email, other.phone, other.address?.locality].filter(Boolean).join(' · ')}
              />
            ))}
            {query.data && others.length === 0 && <Text c="dimmed">{t('customers.merge.none')}</Text>}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button
            disabled={!others.some(({ id }) => id === otherId)}
            loading={merge.isPending}
            onClick={() => otherId && merge.mutate(otherId)}
          >
            {t('customers.merge.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
