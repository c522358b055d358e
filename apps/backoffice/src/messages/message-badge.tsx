import type { Message } from '@ecluse/contracts/engagement.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

const tones: Record<Message['state'], StateTone> = {
  waiting: 'waiting',
  sent: 'done',
  local: 'neutral',
  failed: 'urgent',
  unknown: 'urgent',
}

export function MessageBadge({ state }: { state: Message['state'] }) {
  const t = useT()
  return <StateBadge tone={tones[state]}>{t(`message.${state}`)}</StateBadge>
}
