import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { emailSchema } from '@ecluse/contracts/scalars.ts'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import type { Customer } from './basket.ts'
import { changeBasket } from './basket-store.ts'

/** Who buys, when they want their receipt by e-mail or to be recognised. Nobody has to say. */
export function CustomerForm({ customer, onClose }: { customer: Customer | null; onClose: () => void }) {
  const t = useT()
  const { site } = useShop()
  const form = useForm({
    initialValues: { name: customer?.name ?? '', email: customer?.email ?? '' },
    validate: {
      name: (name) => (name.trim().length > 120 ? t('customer.name.long') : null),
      email: (email) =>
        email.trim() === '' || emailSchema.safeParse(email.trim()).success ? null : t('door.email.invalid'),
    },
  })
  const set = (next: Customer | null): void => {
    changeBasket(site.id, (basket) => ({ ...basket, customer: next }))
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('customer.title')}
      closeButtonProps={{ 'aria-label': t('app.close'), size: 'lg' }}
    >
      <form
        noValidate
        onSubmit={form.onSubmit(({ name, email }) => {
          const next = { name: name.trim(), email: email.trim() }
          set(next.name || next.email ? next : null)
        })}
      >
        <Stack gap="md">
          <Text c="dimmed">{t('customer.help')}</Text>
          <TextInput
            size="md"
            type="email"
            label={t('customer.email')}
            autoComplete="off"
            data-autofocus
            {...form.getInputProps('email')}
          />
          <TextInput size="md" label={t('customer.name')} autoComplete="off" {...form.getInputProps('name')} />
          <Group justify="flex-end">
            {customer && (
              <Button size="md" variant="default" onClick={() => set(null)}>
                {t('customer.remove')}
              </Button>
            )}
            <Button size="md" type="submit">
              {t('customer.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
