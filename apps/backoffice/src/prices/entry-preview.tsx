import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { priceEntryInputSchema, type PriceList } from '@ecluse/contracts/price-lists.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import type { z } from 'zod'
import { useT } from '../app/i18n.ts'
import { useChannels } from '../network/use-channels.ts'

type Draft = z.input<typeof priceEntryInputSchema>

/** What a draft would change, on the first of its articles: what is asked now and what would be, without VAT. */
export function EntryPreview({ list, entryId, draft }: { list: PriceList; entryId: string | null; draft: Draft }) {
  const t = useT()
  const { locale } = useLocale()
  const [entry] = useDebouncedValue(draft, 300)
  const [first] = useChannels().filter(({ sells }) => sells)
  const channel = entry.channelCode ?? first?.code
  const sound = priceEntryInputSchema.safeParse(entry).success
  const query = useQuery({
    queryKey: ['/price-lists', list.code, 'preview', entry, entryId, channel, locale],
    queryFn: () =>
      call(endpoints.previewPriceEntry, {
        params: { code: list.code },
        body: { channel: channel ?? '', locale, entry, entryId },
      }),
    enabled: sound && channel !== undefined,
    retry: false,
    placeholderData: (before) => (sound ? before : undefined),
  })
  const preview = query.data
  if (!sound || !preview) return null
  return (
    <section aria-label={t('prices.preview')} aria-live="polite">
      <p className="bo-quiet">
        {t('prices.preview.articles', { count: preview.articles, quantity: preview.quantity })}
      </p>
      {preview.items.length > 0 && (
        <table className="bo-doc-table">
          <thead>
            <tr>
              <th scope="col">{t('orders.article')}</th>
              <th scope="col" data-end>
                {t('prices.preview.before')}
              </th>
              <th scope="col" data-end>
                {t('prices.preview.after')}
              </th>
            </tr>
          </thead>
          <tbody>
            {preview.items.slice(0, 8).map((item) => (
              <tr key={item.variantId}>
                <td>
                  {item.name}
                  <br />
                  <span className="bo-quiet">{item.sku}</span>
                </td>
                <td data-end className="tabular">
                  {formatMoney(item.before, locale)}
                </td>
                <td data-end className="tabular">
                  <strong>{formatMoney(item.after, locale)}</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
