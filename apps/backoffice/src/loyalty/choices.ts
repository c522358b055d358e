import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'

type Choice = { value: string; label: string }

/** Categories to choose from, by their names. */
export function useCategoryChoices(): Choice[] {
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.listCategories, {}))
  return (query.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name[locale] }))
}

/** Channels to choose from, by their names. */
export function useChannelChoices(): Choice[] {
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.listChannels, {}))
  return (query.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name[locale] }))
}
