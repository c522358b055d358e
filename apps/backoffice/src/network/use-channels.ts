import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PublicChannel, Site } from '@ecluse/contracts/channels.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'

const none: never[] = []
const tenMinutes = 600_000

/** The channels, kept ten minutes: they hardly change. */
export function useChannels(): readonly PublicChannel[] {
  return useQuery({ ...apiQuery(endpoints.listChannels, {}), staleTime: tenMinutes }).data?.items ?? none
}

/** The name of a channel in the reader's language; its code while it is not known. */
export function useChannelName(): (code: string) => string {
  const channels = useChannels()
  const { locale } = useLocale()
  return (code) => channels.find((channel) => channel.code === code)?.name[locale] ?? code
}

/** The name of a shop or warehouse; empty while it is not known. */
export function useSiteName(): (id: string) => string {
  const sites = useSites()
  return (id) => sites.find((site) => site.id === id)?.name ?? ''
}

/** Every shop and warehouse, whoever works there. */
export function useSites(): readonly Site[] {
  return useQuery({ ...apiQuery(endpoints.listSites, {}), staleTime: tenMinutes }).data?.items ?? none
}
