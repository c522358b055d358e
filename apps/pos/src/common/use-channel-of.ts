import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ChannelMedium } from '@ecluse/contracts/channels.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'

/** Finds the medium and the name of a channel by its code. */
export function useChannelOf(): (code: string) => { medium: ChannelMedium; name: string } | null {
  const { locale } = useLocale()
  const channels = useQuery({ ...apiQuery(endpoints.listChannels, {}), staleTime: 600_000 })
  return (code) => {
    const channel = channels.data?.items.find((candidate) => candidate.code === code)
    return channel ? { medium: channel.medium, name: channel.name[locale] } : null
  }
}
