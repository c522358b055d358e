import type { CountState } from '@ecluse/contracts/stock-counts.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

const tones: Record<CountState, StateTone> = {
  open: 'primary',
  review: 'waiting',
  posted: 'done',
  cancelled: 'neutral',
}

export function CountBadge({ state }: { state: CountState }) {
  const t = useT()
  return <StateBadge tone={tones[state]}>{t(`count.state.${state}`)}</StateBadge>
}
