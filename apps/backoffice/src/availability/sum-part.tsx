import type { ReactNode } from 'react'
import type { Availability, PlaceAvailability } from '@ecluse/contracts/availability.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { SafetyEdit } from './safety-edit.tsx'

type Terms = PlaceAvailability['terms'] & { unrouted?: number }
const lessTerms = ['committed', 'held', 'safety', 'channelBuffer', 'ahead', 'unrouted'] as const

/** The sum that gives what can be promised, place by place and together. */
export function SumPart({ article }: { article: Availability }) {
  const t = useT()
  const can = useCan()
  const busy = article.places.filter(
    ({ terms, safety }) => terms.onHand + terms.committed + terms.held + safety.units > 0,
  )
  const idle = article.places.filter((place) => !busy.includes(place))
  return (
    <Card title={t('availability.sum')}>
      {article.places.length === 0 && (
        <EmptyState title={t('availability.nowhere')} hint={t('availability.nowhere.help')} compact />
      )}
      {busy.length > 1 && (
        <div className="av-together">
          <Sum
            name={t('availability.together')}
            terms={article.together.terms}
            available={article.together.available}
          />
        </div>
      )}
      <ul className="av-places">
        {busy.map((place) => (
          <li key={place.placeId}>
            <Sum name={place.placeName} terms={place.terms} available={place.available}>
              <SafetyEdit place={place} variantId={article.variantId} canEdit={can('stock:write')} />
            </Sum>
          </li>
        ))}
      </ul>
      {idle.length > 0 && (
        <p className="bo-line bo-quiet">
          {t('availability.idle', { count: idle.length, places: idle.map(({ placeName }) => placeName).join(', ') })}
        </p>
      )}
    </Card>
  )
}

/** One sum in words: what lies there, what is taken from it, what is left. Terms of nothing are left out. */
function Sum({
  name,
  terms,
  available,
  children,
}: {
  name: string
  terms: Terms
  available: number
  children?: ReactNode
}) {
  const t = useT()
  return (
    <div className="av-sum">
      <h3>{name}</h3>
      <p>
        <span className="av-term">
          <strong className="tabular">{terms.onHand}</strong> {t('availability.term.onHand')}
        </span>
        {lessTerms.map((term) =>
          terms[term] ? (
            <span key={term} className="av-term">
              <span className="av-sign">−</span> <strong className="tabular">{terms[term]}</strong>{' '}
              {t(`availability.term.${term}`, { count: terms[term] })}
            </span>
          ) : null,
        )}
        <span className="av-term av-result" data-out={available === 0 || undefined}>
          <span className="av-sign">=</span> <strong className="tabular">{available}</strong>{' '}
          {t('availability.term.available', { count: available })}
        </span>
      </p>
      {children}
    </div>
  )
}
