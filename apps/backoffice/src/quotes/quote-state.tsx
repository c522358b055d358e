import type { QuoteState } from '@ecluse/contracts/quotes.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

const tones: Record<QuoteState, StateTone> = {
  draft: 'neutral',
  to_approve: 'waiting',
  approved: 'primary',
  sent: 'primary',
  accepted: 'waiting',
  ordered: 'done',
  refused: 'neutral',
  expired: 'neutral',
}

export function QuoteBadge({ state }: { state: QuoteState }) {
  const t = useT()
  return <StateBadge tone={tones[state]}>{t(`quote.state.${state}`)}</StateBadge>
}
