import type { Sourcing } from '@ecluse/contracts/sourcing.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatList, formatMoney, formatNumber } from '@ecluse/ui/format.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'
import { Disclosure } from '../common/disclosure.tsx'
import { costWords, reasonWords } from './reason-words.ts'

type Plan = Sourcing['plans'][number]

/** Plans ranked with what each costs and why, then the places that were not chosen and by how much they lost. */
export function SourcingView({ sourcing }: { sourcing: Sourcing }) {
  const t = useT()
  const { locale } = useLocale()
  const nameOf = (placeId: string): string =>
    sourcing.places.find((place) => place.placeId === placeId)?.placeName ?? ''
  const lost = sourcing.places.filter(({ outcome }) => outcome !== 'chosen')
  return (
    <div className="bo-sourcing">
      {sourcing.plans.length === 0 && (
        <p className="bo-sourcing-none">
          {sourcing.missing.length > 0 ? t('sourcing.none') : t('sourcing.none.apart')}
        </p>
      )}
      <ol className="bo-plans">
        {sourcing.plans.map((plan, index) => (
          <li key={index} data-first={index === 0 || undefined}>
            <PlanView plan={plan} rank={index + 1} sourcing={sourcing} nameOf={nameOf} />
          </li>
        ))}
      </ol>
      {lost.length > 0 && (
        <Disclosure label={t('sourcing.lost', { count: lost.length })} open={sourcing.plans.length === 0}>
          <ul className="bo-lost">
            {lost.map((place) => (
              <li key={place.placeId}>
                <strong>{place.placeName}</strong>{' '}
                {place.outcome === 'dearer' &&
                  (place.behindMinor === null
                    ? t('sourcing.dearer.unknown')
                    : t('sourcing.dearer', {
                        amount: formatMoney({ amountMinor: place.behindMinor, currency: 'EUR' }, locale),
                      }))}
                {place.outcome === 'has_nothing' && t('sourcing.hasNothing')}
                {place.outcome === 'forbidden' && place.said[0] && reasonWords(place.said[0], t, locale)}
                {place.outcome !== 'has_nothing' && (
                  <span className="bo-quiet bo-block">
                    {t('sourcing.had', {
                      units: formatList(
                        place.available.map((units) => formatNumber(Math.max(0, units), locale)),
                        locale,
                      ),
                    })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  )
}

type PlanProps = { plan: Plan; rank: number; sourcing: Sourcing; nameOf: (placeId: string) => string }

function PlanView({ plan, rank, sourcing, nameOf }: PlanProps) {
  const t = useT()
  const { locale } = useLocale()
  const money = (amountMinor: number): string => formatMoney({ amountMinor, currency: 'EUR' }, locale)
  return (
    <>
      <p className="bo-plan-head">
        <strong>
          {t('sourcing.plan', {
            rank,
            places: formatList(
              plan.legs.map(({ placeId }) => nameOf(placeId)),
              locale,
            ),
          })}
        </strong>
        {rank === 1 && <StateBadge tone="done">{t('sourcing.kept')}</StateBadge>}
      </p>
      <p className="bo-quiet">
        {t('sourcing.plan.sum', { cost: money(plan.costMinor), date: formatDate(plan.promiseAt, locale, 'weekday') })}
        {plan.behindMinor > 0 && ` · ${t('sourcing.behind', { amount: money(plan.behindMinor) })}`}
      </p>
      <Disclosure label={t('sourcing.reasons')} open={rank === 1}>
        <ul className="bo-said">
          {plan.said.map((said, index) => (
            <li key={index}>
              <span>
                {plan.legs.length > 1 && said.placeId ? `${nameOf(said.placeId)} · ` : ''}
                {said.lineId && sourcing.lines.length > 1
                  ? `${sourcing.lines.find(({ lineId }) => lineId === said.lineId)?.name ?? ''} · `
                  : ''}
                {reasonWords(said, t, locale)}
              </span>
              <span className="tabular">{said.costMinor === 0 ? '' : costWords(said.costMinor, locale)}</span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </>
  )
}
