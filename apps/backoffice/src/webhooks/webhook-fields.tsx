import type { ReactNode } from 'react'
import { Checkbox, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { publicEventTypes, type PublicEventType } from '@ecluse/contracts/public-events.ts'
import { useT } from '../app/i18n.ts'
import { eventName } from './delivery-words.tsx'

export type WebhookValues = { url: string; description: string; every: boolean; types: string[] }

export function bodyOf({ url, description, every, types }: WebhookValues): unknown {
  return { url: url.trim(), description, types: every ? null : types }
}

/** Where events go, what the address is, and which events. */
export function WebhookFields({ form }: { form: UseFormReturnType<WebhookValues> }) {
  const t = useT()
  const { every, types } = form.values
  return (
    <Stack gap="md">
      <TextInput
        label={t('hooks.url')}
        description={t('hooks.url.help')}
        placeholder="https://"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        {...form.getInputProps('url')}
      />
      <TextInput
        label={t('hooks.description')}
        description={t('hooks.description.help')}
        autoComplete="off"
        {...form.getInputProps('description')}
      />
      <Radio.Group
        label={t('hooks.types')}
        value={every ? 'every' : 'some'}
        onChange={(value) => form.setFieldValue('every', value === 'every')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="every" label={t('hooks.types.all')} />
          <Radio value="some" label={t('hooks.types.choose')} />
        </Stack>
      </Radio.Group>
      {!every && (
        <EventTypes types={types} error={form.errors['types']} onChange={(next) => form.setFieldValue('types', next)} />
      )}
    </Stack>
  )
}

/** Types of event to tick, in the order of the catalogue. */
export function EventTypes({
  types,
  error,
  onChange,
}: {
  types: readonly string[]
  error?: ReactNode
  onChange: (types: PublicEventType[]) => void
}) {
  const t = useT()
  return (
    <Checkbox.Group
      aria-label={t('hooks.types')}
      value={[...types]}
      error={error}
      onChange={(chosen) => onChange(publicEventTypes.filter((one) => chosen.includes(one)))}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {publicEventTypes.map((type) => (
          <Checkbox key={type} value={type} label={eventName(t, type)} description={type} className="bo-hook-type" />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  )
}
