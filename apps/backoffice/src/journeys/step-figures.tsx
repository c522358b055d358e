import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatNumber } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import type { NodeFigures } from './step-facts.ts'

/** How many are at a step, and how many went on or were written to. */
export function StepFigures({ figures: { inside, visits, contacts } }: { figures: NodeFigures }) {
  const t = useT()
  const { locale } = useLocale()
  const number = (value: number) => formatNumber(value, locale)
  return (
    <p className="bo-journey-node-figures">
      <span data-some={inside > 0 || undefined}>
        {t('journeys.figures.inside', { count: inside, number: number(inside) })}
      </span>
      <span>{t('journeys.figures.visits', { count: visits, number: number(visits) })}</span>
      {contacts.sent > 0 && (
        <span>{t('journeys.figures.sent', { count: contacts.sent, number: number(contacts.sent) })}</span>
      )}
    </p>
  )
}
