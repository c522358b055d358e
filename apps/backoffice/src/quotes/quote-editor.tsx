import { useState, type FormEvent } from 'react'
import { Button, Checkbox, Group, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { quoteInputSchema, type QuoteInput } from '@ecluse/contracts/quotes.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { GiftChoice } from '@ecluse/ui/staff/gift-choice.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { useChannelName, useChannels } from '../network/use-channels.ts'
import { ArticleAdder } from './article-adder.tsx'
import { inputOf, needsApproval, totalsOf, type QuoteDraft, type QuotePart } from './quote-draft.ts'
import { QuoteDelivery } from './quote-delivery.tsx'
import { QuoteAppointment } from './quote-hours.tsx'
import { QuoteLinesEditor } from './quote-lines-editor.tsx'
import { useQuoteSums } from './use-quote-sums.ts'

type Props = {
  start: QuoteDraft
  busy: boolean
  saveLabel: string
  onSave: (input: QuoteInput) => void
  onCancel?: () => void
}

/** Writes a quote: for whom, what at which price, how it is delivered, until when. */
export function QuoteEditor({ start, busy, saveLabel, onSave, onCancel }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const [draft, setDraft] = useState(start)
  const [tried, setTried] = useState(false)
  const patch: QuotePart['patch'] = (changes) => setDraft((before) => ({ ...before, ...changes }))
  const input = inputOf(draft, locale)
  const checked = quoteInputSchema.safeParse(input)
  const wrong = new Set(tried && !checked.success ? checked.error.issues.map((issue) => issue.path.join('.')) : [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (checked.success) onSave(checked.data)
  }
  return (
    <form noValidate onSubmit={submit} className="bo-grid-2">
      <div className="bo-stack">
        <Card title={t('orders.lines')}>
          {draft.lines.length === 0 ? (
            <EmptyState
              compact
              title={t('quotes.noLines')}
              hint={wrong.has('lines') ? t('quotes.linesMissing') : t('quotes.add.type')}
            />
          ) : (
            <QuoteLinesEditor lines={draft.lines} onChange={(lines) => patch({ lines })} />
          )}
          <ArticleAdder
            channel={draft.channel}
            onAdd={(line) =>
              setDraft((before) => ({
                ...before,
                lines: before.lines.some(({ variantId }) => variantId === line.variantId)
                  ? before.lines.map((old) =>
                      old.variantId === line.variantId ? { ...old, quantity: old.quantity + 1 } : old,
                    )
                  : [...before.lines, line],
              }))
            }
          />
        </Card>
        <Card title={t('quotes.conditions')}>
          <Conditions draft={draft} patch={patch} wrong={wrong} />
        </Card>
      </div>
      <div className="bo-stack">
        <Card title={t('orders.customer')}>
          <Customer draft={draft} patch={patch} wrong={wrong} />
        </Card>
        <Card title={t('orders.total')}>
          <Totals draft={draft} input={input} />
          <Group className="bo-quote-end" justify="end" gap="xs">
            {onCancel && (
              <Button variant="default" onClick={onCancel}>
                {t('app.cancel')}
              </Button>
            )}
            <Button type="submit" loading={busy}>
              {saveLabel}
            </Button>
          </Group>
        </Card>
      </div>
    </form>
  )
}

function Customer({ draft, patch, wrong }: QuotePart) {
  const t = useT()
  return (
    <div className="bo-stack">
      <TextInput
        label={t('customers.name')}
        required
        value={draft.name}
        maxLength={120}
        error={wrong.has('contact.name') ? t('quotes.nameMissing') : undefined}
        onChange={(event) => patch({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('quotes.company')}
        value={draft.company}
        maxLength={120}
        onChange={(event) => patch({ company: event.currentTarget.value })}
      />
      <TextInput
        label={t('door.email')}
        type="email"
        value={draft.email}
        error={wrong.has('contact.email') ? t('quotes.emailWrong') : undefined}
        onChange={(event) => patch({ email: event.currentTarget.value })}
      />
      <TextInput
        label={t('customers.phone')}
        type="tel"
        value={draft.phone}
        maxLength={30}
        onChange={(event) => patch({ phone: event.currentTarget.value })}
      />
    </div>
  )
}

function Conditions({ draft, patch, wrong }: QuotePart) {
  const t = useT()
  const channels = useChannels()
  const channelName = useChannelName()
  return (
    <div className="bo-quote-fields">
      <Select
        label={t('orders.channel')}
        data={channels.filter(({ sells }) => sells).map(({ code }) => ({ value: code, label: channelName(code) }))}
        value={draft.channel}
        allowDeselect={false}
        searchable
        onChange={(channel) => channel && patch({ channel })}
      />
      <TextInput
        label={t('quotes.valid')}
        type="date"
        required
        value={draft.validUntil}
        error={wrong.has('validUntil') ? t('quotes.validMissing') : undefined}
        onChange={(event) => patch({ validUntil: event.currentTarget.value })}
      />
      <QuoteDelivery draft={draft} patch={patch} wrong={wrong} />
      <div className="bo-quote-wide bo-stack">
        <QuoteAppointment draft={draft} patch={patch} wrong={wrong} />
        <GiftChoice gift={draft.gift} onChange={(gift) => patch({ gift })} />
      </div>
      <Textarea
        className="bo-quote-wide"
        label={t('quotes.notes')}
        autosize
        minRows={2}
        maxLength={2_000}
        value={draft.notes}
        onChange={(event) => patch({ notes: event.currentTarget.value })}
      />
      <Checkbox
        className="bo-quote-wide"
        label={t('quotes.keepGoods')}
        checked={draft.keepGoods}
        onChange={(event) => patch({ keepGoods: event.currentTarget.checked })}
      />
    </div>
  )
}

function Totals({ draft, input }: { draft: QuoteDraft; input: QuoteInput }) {
  const t = useT()
  const rules = useQuery({ ...apiQuery(endpoints.getQuoteRules, {}), staleTime: 60_000 })
  const sums = useQuoteSums(input)
  const typed = totalsOf(draft)
  const subtotal = sums?.subtotal.amountMinor ?? typed.subtotal
  const discount = sums?.discount.amountMinor ?? typed.discount
  const vat = sums?.vatByRate.reduce((sum, rate) => sum + rate.vat.amountMinor, 0) ?? typed.vat
  const rows = [
    { label: t('orders.lines'), minor: subtotal },
    ...(discount > 0 ? [{ label: t('quotes.discounted'), minor: -discount }] : []),
    ...(sums?.method === 'delivery' ? [{ label: t('orders.delivery'), minor: sums.fee.amountMinor }] : []),
    { label: t('quotes.vatIncluded'), minor: vat },
  ]
  return (
    <>
      <dl className="bo-sums">
        {rows.map(({ label, minor }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Money value={{ amountMinor: minor, currency: 'EUR' }} />
            </dd>
          </div>
        ))}
        <div data-strong>
          <dt>{t('orders.total')}</dt>
          <dd>
            <Money value={{ amountMinor: sums?.total.amountMinor ?? typed.total, currency: 'EUR' }} />
          </dd>
        </div>
      </dl>
      {sums?.method === 'download' && <p className="bo-dim">{t('quotes.filesOnly')}</p>}
      {needsApproval(draft, rules.data) && <StateBadge tone="waiting">{t('quotes.needsApproval')}</StateBadge>}
    </>
  )
}
