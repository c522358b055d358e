import type { DecisionMemo, MemoComparison, MemoOption } from '@ecluse/contracts/memos.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { intlOf, text } from '../../../kernel/messages.ts'
import { barPlot } from '../plots/bar-plot.ts'
import { conePlot } from '../plots/cone-plot.ts'
import { paperNumbers } from '../papers/paper-numbers.ts'
import type { Block, Paper } from '../papers/paper.ts'
import { colours } from '../plots/drawing.ts'

const mostSwings = 8

/** A memo as it is read, on a page or on paper. */
export function memoPaper(memo: DecisionMemo, locale: Locale): Paper {
  const w = wordsOf(locale)
  const chosen = memo.options.find(({ runId }) => runId === memo.chosenRunId)
  const blocks: Block[] = [
    // A memo is often called by its question: it is not asked twice.
    ...(memo.question === memo.title ? [] : said(w.say('question'), memo.question)),
    { kind: 'heading', text: w.say('options') },
    optionsTable(memo.options, w),
    ...memo.options.flatMap((option) => optionBlocks(option, w)),
    ...said(w.say('risks'), memo.risks),
    { kind: 'heading', text: w.say('decision') },
    ...(memo.state === 'decided' || chosen
      ? [{ kind: 'text', text: chosen ? w.say('chosen', { name: chosen.name }) : w.say('chosen_none') } satisfies Block]
      : []),
    ...(memo.decision ? [{ kind: 'text', text: memo.decision } satisfies Block] : []),
    ...(memo.state === 'decided' || memo.decision ? [] : [{ kind: 'text', text: w.say('undecided') } satisfies Block]),
    { kind: 'text', text: responsible(memo, w) },
    ...memo.reviews.flatMap((review) => [
      { kind: 'heading', text: w.say('review', { on: w.day(review.at) }) } satisfies Block,
      { kind: 'text', text: review.note } satisfies Block,
      ...comparisonBlocks(review.comparison, w),
    ]),
  ]
  const about =
    memo.decidedAt === null
      ? w.say('drafted', { at: w.day(memo.createdAt) })
      : w.say('decided', { at: w.day(memo.decidedAt), by: memo.decidedBy ?? '–' })
  return { title: memo.title, about, blocks }
}

type Words = ReturnType<typeof wordsOf>

function wordsOf(locale: Locale) {
  const intl = intlOf(locale)
  return {
    say: (key: string, values?: Record<string, string | number>): string => text(locale, `memo.${key}`, values),
    ...paperNumbers(locale),
    day: (at: string): string => intl.formatDate(at, { dateStyle: 'long', timeZone: 'Europe/Paris' }),
    month: (month: string): string =>
      intl.formatDate(`${month}-15T12:00:00Z`, { month: 'short', year: '2-digit', timeZone: 'UTC' }),
  }
}

function said(title: string, words: string): Block[] {
  return words === ''
    ? []
    : [
        { kind: 'heading', text: title },
        { kind: 'text', text: words },
      ]
}

function optionsTable(options: readonly MemoOption[], w: Words): Block {
  const row = (name: string, of: (option: MemoOption) => string): string[] => [name, ...options.map(of)]
  return {
    kind: 'table',
    head: ['', ...options.map(({ name, version }) => w.say('option', { name, version }))],
    rows: [
      row(w.say('npv'), ({ results: { gain } }) => w.money(gain.mean)),
      row(w.say('interval'), ({ results: { gain } }) =>
        w.say('between', { low: w.money(gain.low), high: w.money(gain.high) }),
      ),
      row(w.say('loss'), ({ results: { gain } }) => w.share(gain.probabilityOfLoss)),
      row(w.say('irr'), ({ results: { gain } }) =>
        gain.internalReturn === null ? w.say('none') : w.share(gain.internalReturn),
      ),
      row(w.say('payback'), ({ results: { gain } }) =>
        gain.payback === null ? w.say('never') : w.say('months', { count: Math.ceil(gain.payback) }),
      ),
      row(w.say('funding'), ({ results: { gain } }) => w.money(gain.funding)),
      row(w.say('moves'), ({ moves }) =>
        moves.length === 0
          ? w.say('no_moves')
          : moves.map(({ name, month }) => `${name} (${w.month(month)})`).join(', '),
      ),
    ],
  }
}

function optionBlocks({ name, results, assumptions, ...run }: MemoOption, w: Words): Block[] {
  const { swings, middle } = results.tornado
  return [
    {
      kind: 'plot',
      title: w.say('revenue_of', { name }),
      drawing: conePlot(
        results.months.map(({ month, revenue, revenueBefore }) => ({
          label: w.month(month),
          ...revenue,
          other: revenueBefore,
        })),
        {
          label: w.say('revenue_of', { name }),
          format: w.short,
          names: { median: w.say('with_it'), other: w.say('without') },
        },
      ),
    },
    ...(swings.length === 0
      ? []
      : [
          {
            kind: 'plot',
            title: w.say('tornado_of', { name }),
            drawing: barPlot(
              swings.slice(0, mostSwings).map(({ name: figure, atLow, atHigh }) => ({
                label: figure,
                from: Math.min(atLow, atHigh),
                to: Math.max(atLow, atHigh),
                told: w.short(Math.abs(atHigh - atLow)),
                ...(Math.min(atLow, atHigh) < 0 ? { color: colours.coral } : {}),
              })),
              { label: w.say('tornado_of', { name }), format: w.short, zero: middle },
            ),
          } satisfies Block,
        ]),
    ...swings.flatMap(({ name: figure, breakEven }): Block[] =>
      breakEven === null
        ? []
        : [{ kind: 'text', text: w.say('break_even', { figure, value: Number(breakEven.toPrecision(3)) }) }],
    ),
    ...assumptions.map(({ text: assumption, source, on }): Block => ({
      kind: 'text',
      text: w.say('assumption', { assumption, source, on: w.day(on) }),
    })),
    {
      kind: 'text',
      text: w.say('computed', {
        draws: run.draws,
        seed: run.seed,
        engine: run.engineVersion,
        hash: run.inputHash.slice(0, 12),
      }),
    },
  ]
}

function responsible({ owner, reviewOn }: DecisionMemo, w: Words): string {
  return [owner && w.say('owner', { owner }), reviewOn && w.say('review_on', { on: w.day(reviewOn) })]
    .filter(Boolean)
    .join(' · ')
}

/** What happened beside what was expected: said in words, drawn, and month by month. */
function comparisonBlocks({ months, inside, error }: MemoComparison, w: Words): Block[] {
  if (months.length === 0) return [{ kind: 'text', text: w.say('nothing_yet') }]
  return [
    {
      kind: 'text',
      text: w.say('inside', { inside, months: months.length, error: error === null ? '–' : w.share(error) }),
    },
    {
      kind: 'plot',
      title: w.say('happened'),
      drawing: conePlot(
        months.map(({ month, low, median, high, revenue }) => ({
          label: w.month(month),
          low,
          median,
          high,
          other: revenue,
        })),
        { label: w.say('happened'), format: w.short, names: { median: w.say('expected'), other: w.say('came') } },
      ),
    },
    {
      kind: 'table',
      head: [w.say('month'), w.say('came'), w.say('expected'), w.say('interval')],
      rows: months.map(({ month, revenue, low, median, high }) => [
        w.month(month),
        w.money(revenue),
        w.money(median),
        w.say('between', { low: w.money(low), high: w.money(high) }),
      ]),
    },
  ]
}
