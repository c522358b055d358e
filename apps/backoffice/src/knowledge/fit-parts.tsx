import type { Knowledge, Refused, ValueFit } from '@ecluse/contracts/knowledge.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Disclosure } from '../common/disclosure.tsx'
import { Facts } from '../common/facts.tsx'
import { BarsFigure } from './bars-figure.tsx'

const seenColor = 'var(--color-muted)'
const fittedColor = 'var(--color-primary)'

/** Why nothing was fitted, as one would say it. */
export function RefusedNote({ refused }: { refused: Refused }) {
  const t = useT()
  const { reason, have, need } = refused
  return <p className="bo-line">{t('knowledge.refused', { reason, have: have ?? 0, need: need ?? 0 })}</p>
}

/** Customers by the chance that they still buy. */
export function ActiveCard({ active, fit }: { active: Knowledge['active']; fit: ValueFit }) {
  const t = useT()
  const { locale } = useLocale()
  const steps = Array.from({ length: 10 }, (_, step) => active.find(({ from }) => Math.round(from * 10) === step))
  const data = steps.map((step, at) => ({
    chance: `${at * 10}–${formatPercent((at + 1) / 10, locale, 0)}`,
    again: step ? step.customers - step.boughtOnce : 0,
    once: step?.boughtOnce ?? 0,
  }))
  return (
    <Card title={t('knowledge.active')}>
      {fit.activity.state === 'refused' ? (
        <RefusedNote refused={fit.activity} />
      ) : (
        <>
          <BarsFigure
            title={t('knowledge.active')}
            data={data}
            by={{ name: 'chance', label: t('knowledge.chance') }}
            series={[
              { name: 'again', label: t('knowledge.boughtAgain'), color: fittedColor },
              { name: 'once', label: t('knowledge.boughtOnce'), color: seenColor },
            ]}
            stacked
            format={(value) => formatNumber(value, locale)}
          />
          <p className="bo-line bo-quiet">{t('knowledge.active.help')}</p>
        </>
      )}
    </Card>
  )
}

/** How well the model says what was seen, and what it had not seen. */
export function FitCard({ fit }: { fit: ValueFit }) {
  const t = useT()
  const { locale } = useLocale()
  const often = (repeats: number) => (repeats === 7 ? '7+' : String(repeats))
  const held = fit.holdOut
  if (fit.activity.state === 'refused') return null
  return (
    <>
      <Card title={t('knowledge.counts')}>
        <BarsFigure
          title={t('knowledge.counts')}
          data={fit.counts.map(({ repeats, seen, fitted }) => ({ repeats: often(repeats), seen, fitted }))}
          by={{ name: 'repeats', label: t('knowledge.repeats') }}
          series={[
            { name: 'seen', label: t('knowledge.seen'), color: seenColor },
            { name: 'fitted', label: t('knowledge.fitted'), color: fittedColor },
          ]}
          format={(value) => formatNumber(value, locale, value % 1 === 0 ? 0 : 1)}
        />
        <Parameters fit={fit} />
      </Card>
      <Card title={t('knowledge.holdOut')}>
        {held === null ? (
          <p className="bo-line">{t('knowledge.holdOut.none')}</p>
        ) : (
          <>
            <p className="bo-line">
              {t('knowledge.holdOut.words', {
                from: formatDate(held.from, locale, 'day'),
                until: formatDate(held.until, locale, 'day'),
                forecast: formatNumber(held.forecast, locale),
                came: formatNumber(held.came, locale),
              })}
            </p>
            <BarsFigure
              title={t('knowledge.holdOut')}
              data={held.groups
                .filter(({ customers }) => customers > 0)
                .map(({ repeats, forecast, came }) => ({ repeats: often(repeats), came, forecast }))}
              by={{ name: 'repeats', label: t('knowledge.repeatsBefore') }}
              series={[
                { name: 'came', label: t('knowledge.came'), color: seenColor },
                { name: 'forecast', label: t('knowledge.forecast'), color: fittedColor },
              ]}
              format={(value) => formatNumber(value, locale, value % 1 === 0 ? 0 : 1)}
            />
          </>
        )}
      </Card>
    </>
  )
}

function Parameters({ fit: { activity, worth } }: { fit: ValueFit }) {
  const t = useT()
  const { locale } = useLocale()
  const number = (value: number) => formatNumber(value, locale, 4)
  return (
    <Disclosure label={t('knowledge.parameters')}>
      {activity.state === 'fitted' && (
        <Facts
          facts={[
            ['BG/NBD r', number(activity.r)],
            ['α', number(activity.alpha)],
            ['a', number(activity.a)],
            ['b', number(activity.b)],
            [t('knowledge.logLikelihood'), formatNumber(activity.logLikelihood, locale, 1)],
            [t('knowledge.fittedOn'), formatNumber(activity.customers, locale)],
          ]}
        />
      )}
      {worth.state === 'fitted' ? (
        <Facts
          facts={[
            ['Gamma-Gamma p', number(worth.p)],
            ['q', number(worth.q)],
            ['γ', formatNumber(worth.gamma / 100, locale, 2)],
            [t('knowledge.logLikelihood'), formatNumber(worth.logLikelihood, locale, 1)],
            [t('knowledge.fittedOn'), formatNumber(worth.customers, locale)],
            [t('knowledge.correlation'), worth.correlation !== null && formatNumber(worth.correlation, locale, 2)],
          ]}
        />
      ) : (
        <RefusedNote refused={worth} />
      )}
    </Disclosure>
  )
}
