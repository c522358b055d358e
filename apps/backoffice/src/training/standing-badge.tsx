import type { TrainingStanding } from '@ecluse/contracts/training.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

const tones = { to_do: 'waiting', late: 'urgent', passed: 'done' } as const

/** Where somebody stands with a course, in a word. */
export function StandingBadge({ standing }: { standing: Pick<TrainingStanding, 'state'> }) {
  const t = useT()
  return <StateBadge tone={tones[standing.state]}>{t(`training.state.${standing.state}`)}</StateBadge>
}

/** Until when, in words: what is to be done by a day, or what holds until one. */
export function useStandingWords(): (standing: TrainingStanding) => string {
  const t = useT()
  const { locale } = useLocale()
  return ({ state, dueAt, validUntil }) => {
    if (state === 'passed')
      return validUntil === null
        ? t('training.holds')
        : t('training.holds.until', { day: formatDate(validUntil, locale, 'day') })
    return dueAt === null ? t('training.due.none') : t('training.due', { day: formatDate(dueAt, locale, 'day') })
  }
}
