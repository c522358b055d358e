import { useState } from 'react'
import { Button, Group, Modal, NumberInput, Radio, Stack, Text } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import { refusalReasons, type RefusalReason } from '@ecluse/contracts/sourcing.ts'
import { call } from './api.ts'
import { namedLots } from './lots/lot-draft.ts'
import { RefusedLots } from './lots/refused-lots.tsx'
import { useAct } from './use-act.ts'
import { useWords } from './words.ts'

type Props = {
  preparation: Fulfillment
  /** Paths whose answers a refusal makes old. */
  touches: readonly string[]
  onClose: () => void
}

/** Says no to articles that cannot be prepared here, with the reason: they are taken from elsewhere at once. */
export function RefuseLine({ preparation, touches, onClose }: Props) {
  const t = useWords()
  const [lineId, setLineId] = useState(preparation.lines.length === 1 ? (preparation.lines[0]?.lineId ?? '') : '')
  const [reason, setReason] = useState<RefusalReason>('not_found')
  const line = preparation.lines.find((candidate) => candidate.lineId === lineId)
  const [units, setUnits] = useState<number | null>(null)
  const [lots, setLots] = useState<readonly LotUnits[]>([])
  const counted = reason === 'not_found' || reason === 'damaged' || reason === 'display_only'
  const params = { fulfillmentId: preparation.id }
  const refuse = useAct({
    act: (_: void, key) =>
      call(
        endpoints.refuseLine,
        {
          params,
          body: {
            lineId,
            reason,
            ...(counted && units !== null ? { quantity: units } : {}),
            ...(counted ? namedLots(lots) : {}),
          },
        },
        { idempotencyKey: key },
      ),
    touches,
    done: ({ placeName }) => (placeName ? t('ui.refusal.moved', { place: placeName }) : t('ui.refusal.nobody')),
    onDone: onClose,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('ui.refusal.title')}
      closeButtonProps={{ 'aria-label': t('ui.refusal.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (line) refuse.mutate()
        }}
      >
        <Stack gap="md">
          {preparation.lines.length > 1 && <LineChoice lines={preparation.lines} value={lineId} onChange={setLineId} />}
          <ReasonChoice value={reason} onChange={setReason} />
          {counted && line && line.quantity > 1 && (
            <Units most={line.quantity} value={units ?? line.quantity} onChange={setUnits} />
          )}
          {counted && reason !== 'display_only' && line && (
            <RefusedLots {...params} {...{ lineId, units: units ?? line.quantity, lots }} onChange={setLots} />
          )}
          <Text size="sm" c="dimmed">
            {t('ui.refusal.after')}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('ui.refusal.keep')}
            </Button>
            <Button type="submit" loading={refuse.isPending} disabled={!line}>
              {t('ui.refusal.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

type UnitsProps = { most: number; value: number; onChange: (units: number | null) => void }

function Units({ most, value, onChange }: UnitsProps) {
  const t = useWords()
  return (
    <NumberInput
      label={t('ui.refusal.units')}
      min={1}
      max={most}
      allowDecimal={false}
      value={value}
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
    />
  )
}

type LineChoiceProps = { lines: Fulfillment['lines']; value: string; onChange: (lineId: string) => void }

/** Which article of a preparation. */
export function LineChoice({ lines, value, onChange }: LineChoiceProps) {
  const t = useWords()
  return (
    <Radio.Group label={t('ui.refusal.which')} value={value} onChange={onChange}>
      <Stack gap="xs" mt="xs">
        {lines.map(({ lineId, name, variantLabel, quantity }) => (
          <Radio
            key={lineId}
            value={lineId}
            label={t('ui.refusal.line', { count: quantity, name: [name, variantLabel].filter(Boolean).join(' · ') })}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}

function ReasonChoice({ value, onChange }: { value: RefusalReason; onChange: (reason: RefusalReason) => void }) {
  const t = useWords()
  return (
    <Radio.Group
      label={t('ui.refusal.reason')}
      value={value}
      onChange={(chosen) => onChange(refusalReasons.find((known) => known === chosen) ?? 'not_found')}
    >
      <Stack gap="xs" mt="xs">
        {refusalReasons.map((code) => (
          <Radio key={code} value={code} label={t(`ui.refusal.${code}`)} description={t(`ui.refusal.${code}.effect`)} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
