import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Segment } from '@ecluse/contracts/segments.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'

const none: never[] = []

/** The segments, by name. */
export function useSegments(): readonly Segment[] {
  return useQuery({ ...apiQuery(endpoints.listSegments, {}), staleTime: 60_000 }).data?.items ?? none
}

/** The name of a segment; three dots while it is not known. */
export function useSegmentName(): (id: string) => string {
  const segments = useSegments()
  return (id) => segments.find((segment) => segment.id === id)?.name ?? '…'
}
