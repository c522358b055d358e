import type { TransferState } from '@ecluse/contracts/transfers.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

const tones: Record<TransferState, StateTone> = {
  requested: 'waiting',
  sent: 'primary',
  received: 'done',
  cancelled: 'neutral',
}

export function TransferBadge({ state }: { state: TransferState }) {
  const t = useT()
  return <StateBadge tone={tones[state]}>{t(`transfer.state.${state}`)}</StateBadge>
}
