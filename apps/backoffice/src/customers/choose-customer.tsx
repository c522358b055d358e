import { useState } from 'react'
import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Customer } from '@ecluse/contracts/customers.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'

/** Finds another customer, to do something with both. */
export function ChooseCustomer({
  customer,
  title,
  help,
  label,
  confirm,
  busy,
  onChoose,
  onClose,
}: {
  customer: Pick<Customer, 'id' | 'name'>
  title: string
  help: string
  label: string
  confirm: string
  busy: boolean
  onChoose: (otherId: string) => void
  onClose: () => void
}) {
  const t = useT()
  const { locale } = useLocale()
  const [q, setQ] = useState(customer.name)
  const [asked] = useDebouncedValue(q, 200)
  const [otherId, setOtherId] = useState<string | null>(null)
  const query = useQuery({
    ...apiQuery(endpoints.listCustomers, { query: { q: asked, limit: 8 } }),
    placeholderData: keepPreviousData,
  })
  const others = (query.data?.items ?? []).filter(({ id }) => id !== customer.id)
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <Stack gap="md">
        <Text>{help}</Text>
        <TextInput
          label={t('customers.search')}
          value={q}
          data-autofocus
          onChange={(event) => setQ(event.currentTarget.value)}
        />
        <Radio.Group label={label} value={otherId} onChange={setOtherId}>
          <Stack gap="xs" mt="xs">
            {others.map((other) => (
              <Radio
                key={other.id}
                value={other.id}
                label={other.name}
                description={[other.email, other.phone && formatPhone(other.phone, locale), other.address?.locality]
                  .filter(Boolean)
                  .join(' · ')}
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
            loading={busy}
            onClick={() => otherId && onChoose(otherId)}
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
