import { useState } from 'react'
import { Button, Group, NumberInput, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SourcingRule, SourcingSettings } from '@ecluse/contracts/sourcing.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { useChannels, useSites } from '../network/use-channels.ts'
import { VariantPicker } from '../stock/variant-picker.tsx'
import { SourcingView } from './sourcing-view.tsx'

/** What the rules on the screen would decide for an order one makes up, with the stock there is now: nothing is taken. */
export function TryOut({ rules, settings }: { rules: SourcingRule[]; settings: SourcingSettings }) {
  const t = useT()
  const sites = useSites().filter(({ offersPickup }) => offersPickup)
  const web = useChannels().find(({ medium }) => medium === 'web')?.code
  const [lines, setLines] = useState<readonly { key: number; variantId: string; quantity: number }[]>([
    { key: 0, variantId: '', quantity: 1 },
  ])
  const [method, setMethod] = useState<'delivery' | 'pickup'>('delivery')
  const [postalCode, setPostalCode] = useState('44000')
  const [siteId, setSiteId] = useState<string | null>(null)
  const wanted = lines.filter(({ variantId }) => variantId !== '')
  const attempt = useMutation({
    mutationFn: () =>
      call(endpoints.trySourcing, {
        body: {
          rules,
          settings,
          lines: wanted.map(({ variantId, quantity }) => ({ variantId, quantity })),
          destination: method === 'delivery' ? { method, postalCode } : { method, siteId: siteId ?? '' },
          ...(web ? { channel: web } : {}),
        },
      }),
  })
  const change = (key: number, part: { variantId?: string; quantity?: number }) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...part } : line)))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        attempt.mutate()
      }}
    >
      <Stack gap="sm">
        {lines.map((line) => (
          <Stack key={line.key} gap="xs">
            <VariantPicker error={undefined} onChange={(variantId) => change(line.key, { variantId })} />
            <NumberInput
              label={t('orders.quantity')}
              min={1}
              max={9_999}
              allowDecimal={false}
              value={line.quantity}
              onChange={(quantity) => change(line.key, { quantity: typeof quantity === 'number' ? quantity : 1 })}
            />
          </Stack>
        ))}
        <Button
          variant="subtle"
          onClick={() => setLines([...lines, { key: lines.length, variantId: '', quantity: 1 }])}
        >
          {t('sourcing.try.addLine')}
        </Button>
        <SegmentedControl
          fullWidth
          aria-label={t('sourcing.try.to')}
          data={[
            { value: 'delivery', label: t('sourcing.try.delivery') },
            { value: 'pickup', label: t('sourcing.try.pickup') },
          ]}
          value={method}
          onChange={(chosen) => setMethod(chosen === 'pickup' ? 'pickup' : 'delivery')}
        />
        {method === 'delivery' ? (
          <TextInput
            label={t('sourcing.try.postalCode')}
            inputMode="numeric"
            value={postalCode}
            onChange={(event) => setPostalCode(event.currentTarget.value)}
          />
        ) : (
          <Select
            label={t('orders.site')}
            searchable
            data={sites.map(({ id, name }) => ({ value: id, label: name }))}
            value={siteId}
            onChange={setSiteId}
          />
        )}
        <Group justify="flex-end">
          <Button
            type="submit"
            variant="default"
            loading={attempt.isPending}
            disabled={wanted.length === 0 || (method === 'pickup' ? !siteId : postalCode.trim() === '')}
          >
            {t('sourcing.try.run')}
          </Button>
        </Group>
      </Stack>
      <div aria-live="polite">
        {attempt.isError && <ErrorNote error={attempt.error} onRetry={() => attempt.mutate()} />}
        {attempt.data && <SourcingView sourcing={attempt.data} />}
      </div>
    </form>
  )
}
