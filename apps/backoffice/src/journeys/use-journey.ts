import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { JourneyState } from '@ecluse/contracts/journeys.ts'
import type { StateTone } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'

const liveMs = 5_000
const restMs = 30_000

export const toneOfState: Record<JourneyState, StateTone> = {
  draft: 'neutral',
  running: 'primary',
  paused: 'waiting',
  stopped: 'done',
}

/** What a journey brought so far; asked again every few seconds while it runs. */
export function useResults(journeyId: string, state: JourneyState, published: boolean) {
  return useQuery({
    ...apiQuery(endpoints.getJourneyResults, { params: { journeyId } }),
    enabled: published,
    refetchInterval: state === 'running' ? liveMs : restMs,
  })
}
