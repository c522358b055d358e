import { useState } from 'react'
import { NumberInput } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { ventureExamples, type VentureVerdict } from '@ecluse/contracts/ventures.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { NotFound } from '../../app/not-found.tsx'
import { Page } from '../../common/page.tsx'
import { BarsFigure } from '../../knowledge/bars-figure.tsx'
import { Judged, useJudged } from '../judged.tsx'
import { useAmounts } from './amounts.ts'
import '../../knowledge/knowledge.css'
import './scenarios.css'

const route = getRouteApi('/scenarios/examples/$example')

type Example = keyof typeof ventureExamples
type Parties = Record<string, number>
type Given = Record<string, number | Parties>

/** One of the two business cases of the trade: its figures, what it makes together, and how that may be shared. */
export function VenturePage() {
  const { example } = route.useParams()
  if (example !== 'centre' && example !== 'prefill') return <NotFound />
  return <Venture key={example} example={example} />
}

function Venture({ example }: { example: Example }) {
  const t = useT()
  const [given, setGiven] = useState<Given>(ventureExamples[example])
  const query = useJudged<Given, VentureVerdict>(example, given, (body) =>
    example === 'centre'
      ? call(endpoints.judgeCentreApplication, { body: body as typeof ventureExamples.centre })
      : call(endpoints.judgePrefilledAccounts, { body: body as typeof ventureExamples.prefill }),
  )
  const set = (name: string, value: number, party?: string) =>
    setGiven((now) => {
      const of = now[name]
      return { ...now, [name]: party !== undefined && typeof of === 'object' ? { ...of, [party]: value } : value }
    })
  return (
    <Page
      title={t(`venture.${example}.title`)}
      summary={t(`venture.${example}.summary`)}
      back={{ to: '/scenarios', label: t('nav.scenarios') }}
    >
      <div className="bo-stack">
        <Judged query={query}>{(verdict) => <Verdict verdict={verdict} />}</Judged>
        <Card title={t('venture.figures')}>
          <p className="bo-line bo-quiet">{t('venture.figures.help')}</p>
          <div className="bo-scenario-fields">
            {Object.entries(given).flatMap(([name, value]) =>
              typeof value === 'number'
                ? [<Figure key={name} label={fieldWords(t, name)} value={value} onChange={(next) => set(name, next)} />]
                : Object.entries(value).map(([party, amount]) => (
                    <Figure
                      key={`${name}.${party}`}
                      label={`${fieldWords(t, name)} · ${partyWords(t, party)}`}
                      value={amount}
                      onChange={(next) => set(name, next, party)}
                    />
                  )),
            )}
          </div>
        </Card>
      </div>
    </Page>
  )
}

type T = ReturnType<typeof useT>
const fieldWords = (t: T, name: string): string => t(`venture.field.${name}` as 'venture.field.visits')
const partyWords = (t: T, party: string): string => t(`venture.party.${party}` as 'venture.party.operator')

function Figure({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  return <NumberInput label={label} value={value} onChange={(next) => typeof next === 'number' && onChange(next)} />
}

function Verdict({ verdict }: { verdict: VentureVerdict }) {
  const t = useT()
  const { money } = useAmounts()
  const { shares, total, acceptable, leaving } = verdict
  const name = (party: string) => partyWords(t, party)
  return (
    <Card title={t('venture.shared')}>
      <p className="bo-line">{t('venture.total', { total: money(total) })}</p>
      <p className="bo-line">
        {t(acceptable ? 'venture.acceptable' : 'venture.unacceptable')}{' '}
        {leaving && t('venture.leaving', { parties: leaving.parties.map(name).join(', '), gain: money(leaving.gain) })}
      </p>
      <BarsFigure
        title={t('venture.shared')}
        by={{ name: 'party', label: t('venture.party') }}
        data={shares.map(({ party, stated, shapley, nash }) => ({ party: name(party), stated, shapley, nash }))}
        series={[
          { name: 'stated', label: t('venture.stated'), color: 'var(--color-ink)' },
          { name: 'shapley', label: t('venture.shapley'), color: 'var(--color-primary)' },
          { name: 'nash', label: t('venture.nash'), color: 'var(--color-muted)' },
        ]}
        format={money}
      />
      <ul className="bo-plain-list">
        {shares.map(({ party, yearlyToShapley }) => (
          <li key={party} className="bo-line">
            {t(yearlyToShapley >= 0 ? 'venture.toReceive' : 'venture.toPay', {
              party: name(party),
              yearly: money(Math.abs(yearlyToShapley)),
            })}
          </li>
        ))}
      </ul>
      <p className="bo-line bo-quiet">{t('venture.rules')}</p>
    </Card>
  )
}
