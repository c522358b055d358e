import type { SoldAhead } from '@ecluse/contracts/ahead.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

/** What was sold before it is there, and the day its buyer was told. */
export function AheadBadge({ ahead }: { ahead: SoldAhead & { allocatedAt?: string | null } }) {
  const t = useT()
  const { locale } = useLocale()
  if (ahead.allocatedAt) return <StateBadge tone="done">{t('ahead.allocated')}</StateBadge>
  if (ahead.shipsOn === null) return <StateBadge tone="urgent">{t('ahead.unknown')}</StateBadge>
  const date = formatDate(ahead.shipsOn, locale, 'weekdayShort', 'UTC')
  return <StateBadge tone="waiting">{t(`ahead.${ahead.kind}`, { date })}</StateBadge>
}
