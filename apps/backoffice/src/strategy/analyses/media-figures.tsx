import { useState } from 'react'
import { Select } from '@mantine/core'
import type { MediaMixResults, Medium } from '@ecluse/contracts/media-mix.ts'
import { useT } from '../../app/i18n.ts'
import { Plot } from '../../today/plot.tsx'
import { StackedBars } from '../../today/stacked-bars.tsx'
import { useAnalysisWords } from './analysis-words.ts'
import { CurveDrawing } from './curve-drawing.tsx'
import { MediaTable, type Named, type NameOf } from './media-table.tsx'

/** Six media at most have a colour each; what is sold without them is grey. */
const colours = ['web', 'email', 'print', 'store', 'phone', 'social'].map((name) => `var(--channel-${name})`)
const grey = 'color-mix(in srgb, var(--color-muted) 45%, transparent)'
/** More bars are too thin to see on a telephone: weeks are then averaged. */
const mostBars = 52
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
          {t(`media.left.${one.reason}`, { name: nameOf(one), spent: words.euros(one.spentMinor) })}
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
  const each = Math.max(1, Math.ceil(weeks.length / mostBars))
  const starts = weeks.flatMap((_, at) => (at % each === 0 ? [at] : []))
  const mean = (values: readonly number[], at: number): number => {
    const part = values.slice(at, at + each)
    return part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length)
  }
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
              brought: words.euros(first.broughtMinor),
              back: words.number(first.returnOnSpend, 2),
            })
          : t('media.weeks.unsure'),
        each > 1 ? t('media.weeks.each', { each }) : '',
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
      bars={starts.map((at) => ({
        key: weeks[at] ?? '',
        label: words.day(weeks[at] ?? ''),
        title: t('media.week', { week: words.day(weeks[at] ?? ''), sales: words.euros(mean(sales, at)) }),
        parts: [
          { key: '', value: Math.max(0, mean(base, at)), colour: grey },
          ...media.map((one, index) => ({ ...partOf(one, index, nameOf), value: mean(one.brought, at) })),
        ],
      }))}
      formatTick={words.euros}
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
              mean: words.euros(meanMinor),
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
        writeX={words.euros}
        writeY={words.euros}
      />
      <p className="bo-line bo-quiet">{t('media.curve.axes')}</p>
    </Plot>
  )
}
