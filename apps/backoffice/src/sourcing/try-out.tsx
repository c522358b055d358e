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

type Destination = { method: 'delivery' | 'pickup'; postalCode: string; siteId: string | null }

/** What the rules on the screen would decide for an order one makes up, with the stock there is now: nothing is taken. */
export function TryOut({ rules, settings }: { rules: SourcingRule[]; settings: SourcingSettings }) {
  const t = useT()
  const web = useChannels().find(({ medium }) => medium === 'web')?.code
  const [lines, setLines] = useState<readonly { key: number; variantId: string; quantity: number }[]>([
    { key: 0, variantId: '', quantity: 1 },
  ])
  const [to, setTo] = useState<Destination>({ method: 'delivery', postalCode: '44000', siteId: null })
  const wanted = lines.filter(({ variantId }) => variantId !== '')
  const attempt = useMutation({
    mutationFn: () =>
      call(endpoints.trySourcing, {
        body: {
          rules,
          settings,
          lines: wanted.map(({ variantId, quantity }) => ({ variantId, quantity })),
          destination:
            to.method === 'delivery'
              ? { method: 'delivery', postalCode: to.postalCode }
              : { method: 'pickup', siteId: to.siteId ?? '' },
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
          <LineFields key={line.key} quantity={line.quantity} onChange={(part) => change(line.key, part)} />
        ))}
        <Button
          variant="subtle"
          onClick={() => setLines([...lines, { key: lines.length, variantId: '', quantity: 1 }])}
        >
          {t('sourcing.try.addLine')}
        </Button>
        <DestinationFields value={to} onChange={setTo} />
        <Group justify="flex-end">
          <Button
            type="submit"
            variant="default"
            loading={attempt.isPending}
            disabled={wanted.length === 0 || (to.method === 'pickup' ? !to.siteId : to.postalCode.trim() === '')}
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

/** Where the order goes: an address by its postal code, or a shop. */
function DestinationFields({ value, onChange }: { value: Destination; onChange: (to: Destination) => void }) {
  const t = useT()
  const sites = useSites().filter(({ offersPickup }) => offersPickup)
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t('sourcing.try.to')}
        data={[
          { value: 'delivery', label: t('sourcing.try.delivery') },
          { value: 'pickup', label: t('sourcing.try.pickup') },
        ]}
        value={value.method}
        onChange={(chosen) => onChange({ ...value, method: chosen === 'pickup' ? 'pickup' : 'delivery' })}
      />
      {value.method === 'delivery' ? (
        <TextInput
          label={t('sourcing.try.postalCode')}
          inputMode="numeric"
          value={value.postalCode}
          onChange={(event) => onChange({ ...value, postalCode: event.currentTarget.value })}
        />
      ) : (
        <Select
          label={t('orders.site')}
          searchable
          data={sites.map(({ id, name }) => ({ value: id, label: name }))}
          value={value.siteId}
          onChange={(siteId) => onChange({ ...value, siteId })}
        />
      )}
    </>
  )
}

type LineProps = { quantity: number; onChange: (part: { variantId?: string; quantity?: number }) => void }

function LineFields({ quantity, onChange }: LineProps) {
  const t = useT()
  return (
    <Stack gap="xs">
      <VariantPicker error={undefined} onChange={(variantId) => onChange({ variantId })} />
      <NumberInput
        label={t('orders.quantity')}
        min={1}
        max={9_999}
        allowDecimal={false}
        value={quantity}
        onChange={(typed) => onChange({ quantity: typeof typed === 'number' ? typed : 1 })}
      />
    </Stack>
  )
}
