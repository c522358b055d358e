import { useState } from 'react'
import { Button, Group, Skeleton, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DecisionMemo, MemoComparison } from '@ecluse/contracts/memos.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { Plot } from '../../today/plot.tsx'
import { useAmounts } from '../scenarios/amounts.ts'
import { ConeDrawing } from '../scenarios/plots.tsx'

/** What happened since beside what was expected, and what was concluded from it each time. */
export function MemoReviews({ memo }: { memo: DecisionMemo }) {
  const t = useT()
  const can = useCan()
  const { day } = useAmounts()
  const params = { memoId: memo.id }
  const query = useQuery(apiQuery(endpoints.compareMemo, { params }))
  const [note, setNote] = useState('')
  const review = useAct({
    act: (_: void, idempotencyKey) => call(endpoints.reviewMemo, { params, body: { note } }, { idempotencyKey }),
    touches: ['/strategy/memos'],
    done: () => t('memo.reviewed'),
    onDone: () => setNote(''),
  })
  return (
    <>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={280} />}
      {query.data && <Happened comparison={query.data} />}
      {query.data && query.data.months.length > 0 && <ByChannel comparison={query.data} />}
      <Card title={t('memo.reviews')}>
        <ul className="bo-notes">
          {memo.reviews.map(({ id, note: said, at, by, comparison: { inside, months } }) => (
            <li key={id}>
              <strong>{day(at)}</strong>{' '}
              <span className="bo-quiet">
                {by} · {t('memo.insideOf', { inside, months: months.length })}
              </span>
              <p>{said}</p>
            </li>
          ))}
        </ul>
        {can('strategy:write') && (
          <form
            className="bo-stack"
            onSubmit={(event) => {
              event.preventDefault()
              if (note.trim()) review.mutate()
            }}
          >
            <Textarea
              label={t('memo.conclusion')}
              description={t('memo.conclusion.help')}
              autosize
              minRows={2}
              value={note}
              onChange={({ currentTarget }) => setNote(currentTarget.value)}
            />
            <Group>
              <Button type="submit" disabled={note.trim() === ''} loading={review.isPending}>
                {t('memo.review')}
              </Button>
            </Group>
          </form>
        )}
      </Card>
    </>
  )
}

/** Where it came from: by channel only the whole time is foreseen. */
function ByChannel({ comparison: { channels } }: { comparison: MemoComparison }) {
  const t = useT()
  const { money, channel: nameOf } = useAmounts()
  return (
    <Card title={t('memo.byChannel')}>
      <FigureTable label={t('memo.byChannel')} narrow>
        <thead>
          <tr>
            <th scope="col">{t('orders.channel')}</th>
            <th scope="col">{t('memo.foreseen')}</th>
            <th scope="col">{t('memo.cameShort')}</th>
            <th scope="col">{t('memo.gap')}</th>
          </tr>
        </thead>
        <tbody>
          {channels.map(({ channel, revenue, expected }) => (
            <tr key={channel}>
              <th scope="row">{nameOf(channel)}</th>
              <td>{money(expected)}</td>
              <td>{money(revenue)}</td>
              <td>{money(revenue - expected)}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Card>
  )
}

function Happened({ comparison }: { comparison: MemoComparison }) {
  const t = useT()
  const { money, share, month } = useAmounts()
  const { months, inside, error } = comparison
  if (months.length === 0)
    return (
      <Card title={t('memo.happened')}>
        <p className="bo-line">{t('memo.nothingYet')}</p>
      </Card>
    )
  return (
    <Plot
      question={t('memo.happened')}
      answer={t('memo.happened.answer', { inside, months: months.length, error: share(error) })}
      file={t('memo.happened.file')}
      table={[
        [t('scenario.month'), t('memo.came'), '5 %', '50 %', '95 %', t('memo.result'), t('memo.resultExpected')],
        ...months.map((one) => [
          one.month,
          money(one.revenue),
          money(one.low),
          money(one.median),
          money(one.high),
          money(one.result),
          money(one.resultMedian),
        ]),
      ]}
    >
      <ConeDrawing
        label={t('memo.happened')}
        names={{ median: t('memo.expected'), other: t('memo.came') }}
        format={money}
        points={months.map((one) => ({
          label: month(one.month),
          low: one.low,
          median: one.median,
          high: one.high,
          other: one.revenue,
        }))}
      />
    </Plot>
  )
}
