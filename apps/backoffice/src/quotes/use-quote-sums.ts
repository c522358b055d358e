import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { QuoteInput, QuoteSums } from '@ecluse/contracts/quotes.ts'
import { call } from '@ecluse/ui/staff/api.ts'

/** What a quote that is being written comes to, carriage with it, as the server says; undefined until it has answered. */
export function useQuoteSums({ channel, locale, lines, delivery }: QuoteInput): QuoteSums | undefined {
  // An address that is half written changes no price.
  const [body] = useDebouncedValue({ channel, locale, lines, delivery: { ...delivery, address: null } }, 250)
  const sums = useQuery({
    queryKey: ['quote-price', body],
    queryFn: () => call(endpoints.priceQuote, { body }),
    enabled: body.lines.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return body.lines.length > 0 ? sums.data : undefined
}
