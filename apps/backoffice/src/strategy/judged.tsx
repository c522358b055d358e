import type { ReactNode } from 'react'
import { Alert, Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { messageOf } from '@ecluse/ui/staff/api.ts'

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

/** What the answer says, or why there is none. */
export function Judged<Answer>({
  query,
  children,
}: {
  query: UseQueryResult<Answer>
  children: (answer: Answer) => ReactNode
}) {
  if (query.isError) return <Alert role="alert">{messageOf(query.error)}</Alert>
  if (query.isPending) return <Skeleton height={320} />
  return children(query.data)
}
