import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { JourneyState, JourneySummary } from '@ecluse/contracts/journeys.ts'
import type { StateTone } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import type { Translate } from '../app/i18n.ts'

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

/** Why a journey is paused or stopped: in the words of who did it, or in ours when it paused itself; null when nothing is said. */
export function stateWords(t: Translate, { state, stateReason }: JourneySummary): string | null {
  if (stateReason === null) return null
  const reason = stateReason === 'broken' ? t('journeys.broken') : stateReason
  return t('journeys.reason', { state, reason })
}
