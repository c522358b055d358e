import type { RightsSummary } from '@ecluse/contracts/rights.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

const tones: Readonly<Record<RightsSummary['state'], StateTone>> = {
  to_confirm: 'waiting',
  open: 'urgent',
  working: 'waiting',
  postponed: 'waiting',
  done: 'done',
  refused: 'done',
}

/** Where a request stands; how far the work is while it goes on. */
export function RightsState({ request: { state, progress } }: { request: Pick<RightsSummary, 'state' | 'progress'> }) {
  const t = useT()
  return (
    <StateBadge tone={tones[state]}>
      {state === 'working' ? t('rights.working', { percent: progress }) : t(`rights.state.${state}`)}
    </StateBadge>
  )
}
