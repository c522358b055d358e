import type { Availability } from '@ecluse/contracts/availability.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { ArrivalDate } from './arrival-date.tsx'
import { Card } from '../common/card.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import { DocumentLink } from './document-link.tsx'

/** What was asked of suppliers or sent from another place and has not come, the first to come first. */
export function ArrivalsPart({ article }: { article: Availability }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  return (
    <Card title={t('availability.arrivals')}>
      {article.arrivals.length === 0 ? (
        <EmptyState title={t('availability.arrivals.none')} hint={t('availability.arrivals.help')} compact />
      ) : (
        <ul className="bo-plain-list">
          {article.arrivals.map((arrival) => (
            <li key={arrival.documentId} className="bo-row-between">
              <TwoLines
                first={<DocumentLink arrival={arrival} />}
                second={t(`availability.arrivals.to.${arrival.kind}`, { place: arrival.placeName })}
              />
              <span className="av-when">
                <strong className="tabular">{t('availability.units', { count: arrival.units })}</strong>
                {arrival.overdue ? (
                  <StateBadge tone="urgent">{t('availability.arrivals.overdue')}</StateBadge>
                ) : (
                  <span className="bo-quiet">
                    {arrival.expectedOn === null
                      ? t('availability.arrivals.undated')
                      : formatDate(arrival.expectedOn, locale, 'weekday', 'UTC')}
                  </span>
                )}
                {can('stock:write') && <ArrivalDate arrival={arrival} variantId={article.variantId} />}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
