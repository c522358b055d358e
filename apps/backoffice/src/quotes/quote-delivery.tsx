import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'
import { SlotChoice, WindowChoice } from './quote-hours.tsx'
import type { DraftAddress, QuotePart } from './quote-draft.ts'

/** How what is quoted reaches its buyer: from which shop, or where it is brought and what that costs. */
export function QuoteDelivery(part: QuotePart) {
  const t = useT()
  const { draft, patch } = part
  return (
    <>
      <Select
        label={t('orders.delivery')}
        data={(['carry_out', 'pickup', 'delivery'] as const).map((value) => ({ value, label: t(`delivery.${value}`) }))}
        value={draft.method}
        allowDeselect={false}
        onChange={(method) => method && patch({ method, feeMinor: null, window: null, slot: null })}
      />
      {draft.method === 'delivery' ? (
        <>
          <MoneyInput
            label={t('quotes.fee')}
            description={t('quotes.fee.help')}
            value={draft.feeMinor}
            onChange={(feeMinor) => patch({ feeMinor })}
          />
          <Address {...part} />
          <WindowChoice {...part} />
        </>
      ) : (
        <>
          <Shop {...part} />
          {draft.method === 'pickup' && draft.siteId !== null && <SlotChoice {...part} siteId={draft.siteId} />}
        </>
      )}
    </>
  )
}

function Shop({ draft, patch }: QuotePart) {
  const t = useT()
  const sites = useQuery({ ...apiQuery(endpoints.listSites, {}), staleTime: 600_000 })
  const shops = (sites.data?.items ?? []).filter((site) => site.kind === 'shop')
  return (
    <Select
      label={t('orders.site')}
      data={shops.map(({ id, name }) => ({ value: id, label: name }))}
      value={draft.siteId}
      searchable
      clearable
      onChange={(siteId) => patch({ siteId, slot: null })}
    />
  )
}

/** Where it is brought; left empty, its buyer says it when they pay. */
function Address({ draft, patch, wrong }: QuotePart) {
  const t = useT()
  const { address } = draft
  const set = (changes: Partial<DraftAddress>) => patch({ address: { ...address, ...changes } })
  const errorOf = (field: string, words: string) => (wrong.has(`delivery.address.${field}`) ? words : undefined)
  return (
    <fieldset className="bo-quote-wide bo-quote-address">
      <legend>{t('quotes.address')}</legend>
      <p className="bo-dim">{t('quotes.address.help')}</p>
      <TextInput
        className="bo-quote-wide"
        label={t('quotes.address.name')}
        placeholder={draft.name}
        maxLength={120}
        value={address.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('changeOrder.street')}
        maxLength={200}
        value={address.street}
        error={errorOf('street', t('quotes.address.streetMissing'))}
        onChange={(event) => set({ street: event.currentTarget.value })}
      />
      <TextInput
        label={t('changeOrder.street2')}
        maxLength={200}
        value={address.street2}
        onChange={(event) => set({ street2: event.currentTarget.value })}
      />
      <TextInput
        label={t('changeOrder.postalCode')}
        inputMode="numeric"
        maxLength={12}
        value={address.postalCode}
        error={errorOf('postalCode', t('quotes.address.postalCodeWrong'))}
        onChange={(event) => patch({ address: { ...address, postalCode: event.currentTarget.value }, window: null })}
      />
      <TextInput
        label={t('changeOrder.locality')}
        maxLength={120}
        value={address.locality}
        error={errorOf('locality', t('quotes.address.localityMissing'))}
        onChange={(event) => set({ locality: event.currentTarget.value })}
      />
    </fieldset>
  )
}
