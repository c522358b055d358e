import type { Call } from '@ecluse/contracts/calls.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

/** Whether somebody may be called now; else why not. */
export function CallBadge({ call: { permission, claimedBy } }: { call: Call }) {
  const t = useT()
  if (claimedBy !== null) return <StateBadge tone="waiting">{t('calls.claimed', { name: claimedBy })}</StateBadge>
  if (permission.allowed) return <StateBadge tone="done">{t('calls.now')}</StateBadge>
  return (
    <StateBadge tone={permission.from === null ? 'urgent' : 'neutral'}>
      {t(`calls.reason.${permission.reason}`)}
    </StateBadge>
  )
}
