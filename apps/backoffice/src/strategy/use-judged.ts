import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'

const pauseMs = 300

/** The answer to figures that are being typed: asked for once they rest, the one before stays meanwhile. */
export function useJudged<Given, Answer>(
  name: string,
  given: Given,
  ask: (given: Given) => Promise<Answer>,
): UseQueryResult<Answer> {
  const { locale } = useLocale()
  const [asked] = useDebouncedValue(given, pauseMs)
  return useQuery({
    queryKey: ['/strategy/judged', name, locale, asked],
    queryFn: () => ask(asked),
    placeholderData: keepPreviousData,
  })
}
