import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Place } from '@ecluse/contracts/inventory.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useSession } from '@ecluse/ui/staff/session.tsx'

/** Every place where stock lies. */
export function usePlaces(): readonly Place[] {
  return useQuery({ ...apiQuery(endpoints.listPlaces, {}), staleTime: 600_000 }).data?.items ?? []
}

/** The places whose stock this person may change. */
export function useMyPlaces(): readonly Place[] {
  const { siteIds } = useSession()
  return usePlaces().filter(({ siteId }) => siteIds === null || siteIds.includes(siteId))
}
