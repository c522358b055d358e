import type { ScenarioRun } from '@ecluse/contracts/scenarios.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../../app/i18n.ts'

const tones = { waiting: 'waiting', running: 'waiting', done: 'done', failed: 'urgent', cancelled: 'neutral' } as const

/** How far a run is, in a word. */
export function RunState({ state }: { state: ScenarioRun['state'] }) {
  const t = useT()
  return <StateBadge tone={tones[state]}>{t(`scenario.run.${state}`)}</StateBadge>
}
