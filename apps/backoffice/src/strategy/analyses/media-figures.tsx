import { useState } from 'react'
import { Select } from '@mantine/core'
import type { MediaMixResults, Medium } from '@ecluse/contracts/media-mix.ts'
import { useT } from '../../app/i18n.ts'
import { Plot } from '../../today/plot.tsx'
import { StackedBars } from '../../today/stacked-bars.tsx'
import { useAnalysisWords } from './analysis-words.ts'
import { CurveDrawing } from './curve-drawing.tsx'
import { MediaTable } from './media-table.tsx'

type Named = Pick<Medium, 'medium' | 'isChannel'>
export type NameOf = (medium: Named) => string

/** Six media at most have a colour each; what is sold without them is grey. */
const colours = ['web', 'email', 'print', 'store', 'phone', 'social'].map((name) => `var(--channel-${name})`)
const grey = 'var(--color-line)'
const keyOf = ({ medium, isChannel }: Named): string => `${isChannel ? 'channel' : 'medium'} ${medium}`

/** Weekly sales and what made them, each medium with its return, and the response to one of them. */
export function MediaFigures({ results }: { results: MediaMixResults }) {
  const t = useT()
  const words = useAnalysisWords()
  const nameOf: NameOf = ({ medium, isChannel }) => (isChannel ? words.channel(medium) : medium)
  const [chosen, setChosen] = useState<string | null>(null)
  const shown = results.media.find((one) => keyOf(one) === chosen) ?? results.media[0]
  if (!shown) return null
  return (
    <>
      <Weeks results={results} nameOf={nameOf} />
      <MediaTable results={results} nameOf={nameOf} />
      {results.leftOut.map((one) => (
        <p key={keyOf(one)} className="bo-line bo-quiet">
          {t(`media.left.${one.reason}`, { name: nameOf(one), spent: words.money(one.spentMinor) })}
        </p>
      ))}
      <Select
        label={t('planning.shown')}
        allowDeselect={false}
        data={results.media.map((one) => ({ value: keyOf(one), label: nameOf(one) }))}
        value={keyOf(shown)}
        onChange={setChosen}
      />
      <Response medium={shown} name={nameOf(shown)} />
    </>
  )
}

/** What each week's sales were made of. */
function Weeks({ results, nameOf }: { results: MediaMixResults; nameOf: NameOf }) {
  const t = useT()
  const words = useAnalysisWords()
  const { weeks, base, media, sales } = results
  const [first] = media
  const brought = media.reduce((sum, { share }) => sum + share, 0)
  const sure = media.filter(({ low }) => low > 0)
  return (
    <StackedBars
      question={t('media.weeks')}
      answer={[
        t('media.weeks.answer', {
          share: words.share(brought, 0),
          base: words.share(results.baseShare, 0),
          explained: words.share(results.r2, 0),
        }),
        first && sure.includes(first)
          ? t('media.weeks.first', {
              name: nameOf(first),
              brought: words.money(first.broughtMinor),
              back: words.number(first.returnOnSpend, 2),
            })
          : t('media.weeks.unsure'),
      ].join(' ')}
      file={t('media.weeks.file')}
      table={[
        [t('planning.stepFrom'), t('media.sales'), t('media.base'), ...media.map(nameOf)],
        ...weeks.map((week, at) => [
          week,
          ...[sales[at], base[at], ...media.map((one) => one.brought[at])].map((minor) => Math.round(minor ?? 0) / 100),
        ]),
      ]}
      legend={[
        { key: '', name: t('media.base'), colour: grey },
        ...media.map((one, at) => partOf(one, at, nameOf)),
      ].map(({ key, name, colour }) => (
        <span key={key} className="bo-media-name">
          <i style={{ background: colour }} aria-hidden />
          {name}
        </span>
      ))}
      bars={weeks.map((week, at) => ({
        key: week,
        label: words.day(week),
        title: t('media.week', { week: words.day(week), sales: words.money(sales[at] ?? 0) }),
        parts: [
          { key: '', value: Math.max(0, base[at] ?? 0), colour: grey },
          ...media.map((one, index) => ({ ...partOf(one, index, nameOf), value: one.brought[at] ?? 0 })),
        ],
      }))}
      formatTick={words.money}
    />
  )
}

const partOf = (medium: Medium, at: number, nameOf: NameOf) => ({
  key: keyOf(medium),
  name: nameOf(medium),
  colour: colours[at % colours.length] ?? grey,
})

/** What spending so much a week brings a week, and what the next euro would. */
function Response({ medium, name }: { medium: Medium; name: string }) {
  const t = useT()
  const words = useAnalysisWords()
  const { curve, meanMinor, nextReturn, returnOnSpend, share } = medium
  return (
    <Plot
      question={t('media.curve', { name })}
      answer={
        share === 0
          ? t('media.curve.none')
          : t('media.curve.answer', {
              mean: words.money(meanMinor),
              back: words.number(returnOnSpend, 2),
              next: words.number(nextReturn, 2),
            })
      }
      file={t('media.curve.file')}
      table={[
        [t('media.spent'), t('media.brought')],
        ...curve.map(({ spentMinor, broughtMinor }) => [Math.round(spentMinor) / 100, Math.round(broughtMinor) / 100]),
      ]}
    >
      <CurveDrawing
        label={t('media.curve', { name })}
        line={curve.map(({ spentMinor, broughtMinor }) => ({ x: spentMinor, y: broughtMinor }))}
        today={meanMinor}
        writeX={words.money}
        writeY={words.money}
      />
      <p className="bo-line bo-quiet">{t('media.curve.axes')}</p>
    </Plot>
  )
}
