import type { ReturnRequest } from '@ecluse/contracts/returns.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

const tones = { asked: 'waiting', received: 'urgent', closed: 'done', cancelled: 'neutral' } as const

/** How far a return is; what has arrived waits for us. */
export function ReturnBadge({ state }: Pick<ReturnRequest, 'state'>) {
  const t = useT()
  return <StateBadge tone={tones[state]}>{t(`returnState.${state}`)}</StateBadge>
}
