import { useState } from 'react'
import { Alert, Button, Checkbox, Group, Modal, NumberInput, Radio, Skeleton, Stack, Text } from '@mantine/core'
import { IconPhone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { Substitutes } from '@ecluse/contracts/substitutions.ts'
import { useLocale } from '../ecluse-provider.tsx'
import { formatMoney } from '../format.ts'
import { Thumb } from '../thumb.tsx'
import { apiQuery, call } from './api.ts'
import { ErrorNote } from './error-note.tsx'
import { PayLink } from './pay-link.tsx'
import { LineChoice } from './refuse-line.tsx'
import { namedLots } from './lots/lot-draft.ts'
import { RefusedLots } from './lots/refused-lots.tsx'
import { useAct } from './use-act.ts'
import { useWords } from './words.ts'
import './missing-line.css'

type Props = {
  preparation: Fulfillment
  /** Paths whose answers a substitution makes old. */
  touches: readonly string[]
  onClose: () => void
}

const reasons = ['not_found', 'damaged', 'display_only'] as const
type Reason = (typeof reasons)[number]
/** The choice of giving the money back. */
const refund = 'refund'

/** An article is missing on the shelf: its buyer's wish is told, and another stands in for it or it is refunded. */
export function MissingLine({ preparation, touches, onClose }: Props) {
  const t = useWords()
  // What stands in for another is not replaced a second time: it is refused.
  const lines = preparation.lines.filter(({ substituteFor }) => substituteFor === null)
  const [lineId, setLineId] = useState(lines.length === 1 ? (lines[0]?.lineId ?? '') : '')
  const line = lines.find((candidate) => candidate.lineId === lineId)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('ui.missing.title')}
      closeButtonProps={{ 'aria-label': t('ui.refusal.close') }}
    >
      <Stack gap="md">
        {lines.length > 1 && <LineChoice lines={lines} value={lineId} onChange={setLineId} />}
        {line && <Settle key={line.lineId} {...{ preparation, touches, onClose, line }} />}
      </Stack>
    </Modal>
  )
}

/** Why it is missing, how many of it, and what is done about it. */
function Settle({ preparation, touches, onClose, line }: Props & { line: Fulfillment['lines'][number] }) {
  const t = useWords()
  const { locale } = useLocale()
  const [reason, setReason] = useState<Reason>('not_found')
  const [units, setUnits] = useState(line.quantity)
  const [chosen, setChosen] = useState('')
  const [agreed, setAgreed] = useState(false)
  const [asks, setAsks] = useState(false)
  const [askedChangeId, setAskedChangeId] = useState<string | null>(null)
  const params = { fulfillmentId: preparation.id }
  const variantId = chosen === refund ? null : chosen
  const [lots, setLots] = useState<readonly LotUnits[]>([])
  const body = { lineId: line.lineId, reason, quantity: units, variantId, agreed, askToPay: false, ...namedLots(lots) }
  const settle = useAct({
    act: (_: void, idempotencyKey) =>
      call(
        endpoints.substituteLine,
        { params, body: { ...body, askToPay: asks && dearer !== null } },
        { idempotencyKey },
      ),
    touches,
    done: ({ outcome, refund: back }) =>
      t(`ui.missing.done.${outcome}`, { back: back.amountMinor, amount: formatMoney(back, locale) }),
    onDone: ({ changeId }) => (changeId === null ? onClose() : setAskedChangeId(changeId)),
  })
  const found = useQuery({
    ...apiQuery(endpoints.listSubstitutes, { params: { ...params, lineId: line.lineId }, query: { locale } }),
    // What was proposed is past once it is settled.
    enabled: !settle.isPending && askedChangeId === null,
  })
  const dearer = dearerOf(found.data, chosen, units)
  const asking = asks && dearer !== null
  const mustAgree = chosen !== refund && chosen !== '' && found.data?.wish !== 'accept' && !asking
  if (askedChangeId !== null) return <PayLink orderId={preparation.orderId} changeId={askedChangeId} />
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        settle.mutate()
      }}
    >
      <Stack gap="md">
        <Why value={reason} onChange={setReason} />
        {line.quantity > 1 && <Units most={line.quantity} value={units} onChange={setUnits} />}
        {reason !== 'display_only' && (
          <RefusedLots {...params} {...{ lineId: line.lineId, units, lots }} onChange={setLots} />
        )}
        {found.isError && <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
        {found.isPending && <Skeleton height={160} />}
        {found.data && <Wish found={found.data} />}
        {found.data && <Choices found={found.data} units={units} value={chosen} onChange={setChosen} />}
        {dearer && <Price dearer={dearer} asks={asks} onChange={setAsks} />}
        {mustAgree && <Agreed value={agreed} onChange={setAgreed} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui.refusal.keep')}
          </Button>
          <Button type="submit" loading={settle.isPending} disabled={chosen === '' || (mustAgree && !agreed)}>
            {t(chosen === refund ? 'ui.missing.refund.confirm' : asking ? 'ui.missing.ask' : 'ui.missing.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** That its buyer was called and agreed. */
function Agreed({ value, onChange }: { value: boolean; onChange: (agreed: boolean) => void }) {
  const t = useWords()
  return (
    <Checkbox
      label={t('ui.missing.agreed')}
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}

/** How many units are missing. */
function Units({ most, value, onChange }: { most: number; value: number; onChange: (units: number) => void }) {
  const t = useWords()
  return (
    <NumberInput
      label={t('ui.missing.units')}
      min={1}
      max={most}
      clampBehavior="strict"
      allowDecimal={false}
      value={value}
      onChange={(next) => onChange(Math.max(1, Number(next)))}
    />
  )
}

type Dearer = { readonly charged: Substitutes['ordered']; readonly more: Substitutes['ordered'] }

/** What the article chosen costs beyond what was ordered, for all units; null when it is not dearer. */
function dearerOf(found: Substitutes | undefined, chosen: string, units: number): Dearer | null {
  const item = found?.items.find(({ variantId }) => variantId === chosen)
  if (!item || item.price.amountMinor <= item.charged.amountMinor) return null
  const more = (item.price.amountMinor - item.charged.amountMinor) * units
  return { charged: item.charged, more: { ...item.charged, amountMinor: more } }
}

/** Whether a dearer article is given at the price ordered, or its buyer asked for the difference. */
function Price({ dearer, asks, onChange }: { dearer: Dearer; asks: boolean; onChange: (asks: boolean) => void }) {
  const t = useWords()
  const { locale } = useLocale()
  return (
    <Radio.Group
      label={t('ui.missing.price')}
      value={asks ? 'ask' : 'ordered'}
      onChange={(value) => onChange(value === 'ask')}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="ordered" label={t('ui.missing.price.ordered', { amount: formatMoney(dearer.charged, locale) })} />
        <Radio
          value="ask"
          label={t('ui.missing.price.ask', { amount: formatMoney(dearer.more, locale) })}
          description={t('ui.missing.price.ask.help')}
        />
      </Stack>
    </Radio.Group>
  )
}

function Why({ value, onChange }: { value: Reason; onChange: (reason: Reason) => void }) {
  const t = useWords()
  return (
    <Radio.Group
      label={t('ui.refusal.reason')}
      value={value}
      onChange={(next) => onChange(reasons.find((known) => known === next) ?? 'not_found')}
    >
      <Group gap="md" mt="xs">
        {reasons.map((code) => (
          <Radio key={code} value={code} label={t(`ui.refusal.${code}`)} />
        ))}
      </Group>
    </Radio.Group>
  )
}

/** What its buyer said at the checkout, and whom to call. */
function Wish({ found: { wish, phone } }: { found: Substitutes }) {
  const t = useWords()
  const { locale } = useLocale()
  const call = wish !== 'accept' && wish !== 'refuse'
  return (
    <Alert color={wish === 'accept' ? 'green' : 'yellow'} icon={call ? <IconPhone aria-hidden /> : undefined}>
      {t(`ui.missing.wish.${wish ?? 'unasked'}`)}{' '}
      {call && phone && (
        <a href={`tel:${phone.replaceAll(/\s/g, '')}`} className="ec-missing-phone">
          {formatPhone(phone, locale)}
        </a>
      )}
      {call && !phone && t('ui.missing.no_phone')}
    </Alert>
  )
}

type ChoicesProps = { found: Substitutes; units: number; value: string; onChange: (chosen: string) => void }

/** The articles that may stand in, nearest price first, and the money as the last choice. */
function Choices({ found, units, value, onChange }: ChoicesProps) {
  const t = useWords()
  const { locale } = useLocale()
  const items = found.wish === 'refuse' ? [] : found.items.filter(({ available }) => available >= units)
  const back = { ...found.ordered, amountMinor: found.ordered.amountMinor * units }
  return (
    <Radio.Group label={t('ui.missing.choice')} value={value} onChange={onChange}>
      <Stack gap="xs" mt="xs" className="ec-missing-choices">
        {items.map((item) => (
          <Radio
            key={item.variantId}
            value={item.variantId}
            classNames={{ body: 'ec-missing-choice', labelWrapper: 'ec-missing-label' }}
            label={
              <span className="ec-missing-item">
                <Thumb url={item.imageUrl} size={44} />
                <span>
                  {[item.name, item.variantLabel].filter(Boolean).join(' · ')}
                  <span className="ec-missing-quiet">
                    {t(
                      item.price.amountMinor > item.charged.amountMinor
                        ? 'ui.missing.dearer'
                        : item.charged.amountMinor < found.ordered.amountMinor
                          ? 'ui.missing.cheaper'
                          : 'ui.missing.same',
                      {
                        sku: item.sku,
                        price: formatMoney(item.price, locale),
                        charged: formatMoney(item.charged, locale),
                      },
                    )}
                  </span>
                </span>
              </span>
            }
          />
        ))}
        <Radio
          value={refund}
          classNames={{ body: 'ec-missing-choice' }}
          label={t('ui.missing.refund', { amount: formatMoney(back, locale) })}
        />
      </Stack>
      {items.length === 0 && found.wish !== 'refuse' && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('ui.missing.none')}
        </Text>
      )}
    </Radio.Group>
  )
}
