import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'

/** Finds a site by its id, among those of the firm. */
export function useSiteOf(): (siteId: string | null) => Site | null {
  const sites = useQuery({ ...apiQuery(endpoints.listSites, {}), staleTime: 600_000 })
  return (siteId) => sites.data?.items.find(({ id }) => id === siteId) ?? null
}
