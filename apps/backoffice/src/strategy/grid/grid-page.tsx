import { useState } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ChannelGrid, GridCell } from '@ecluse/contracts/channel-grid.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Page } from '../../common/page.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { BarsFigure } from '../../knowledge/bars-figure.tsx'
import { useChannelName } from '../../network/use-channels.ts'
import { CriteriaCard } from './criteria-card.tsx'
import { useGridWords } from './grid-words.ts'
import { JudgeForm } from './judge-form.tsx'
import { MixCard } from './mix-card.tsx'
import '../../knowledge/knowledge.css'
import './grid.css'

/** Channels judged by the firm's criteria, from figures where there are any, and the best mix of them. */
export function GridPage() {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.getChannelGrid, {}))
  const { data } = query
  return (
    <Page title={t('nav.channelGrid')} summary={t('grid.summary')}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {data && data.channels.length === 0 && <EmptyState title={t('grid.none')} hint={t('grid.none.help')} />}
      {data && data.channels.length > 0 && (
        <div className="bo-stack">
          <ScoresCard grid={data} />
          <RankingCard grid={data} />
          {/* What is typed stays while nothing of it is written; what was written is shown as it stands. */}
          <CriteriaCard key={JSON.stringify(data.criteria)} grid={data} />
          <MixCard key={JSON.stringify(data.mix)} grid={data} />
          <VersionsCard grid={data} />
        </div>
      )}
    </Page>
  )
}

function ScoresCard({ grid }: { grid: ChannelGrid }) {
  const t = useT()
  const words = useGridWords()
  const channelName = useChannelName()
  const [open, setOpen] = useState<GridCell | null>(null)
  const nameOf = (code: string) => words.criterion(grid.criteria.find((one) => one.code === code) ?? { code, name: '' })
  return (
    <Card title={t('grid.scores')}>
      <p className="bo-line bo-quiet">{t('grid.scores.help')}</p>
      <FigureTable label={t('grid.scores')}>
        <thead>
          <tr>
            <th scope="col">{t('orders.channel')}</th>
            {grid.criteria.map((criterion) => (
              <th scope="col" key={criterion.code}>
                {words.criterion(criterion)}
                <br />
                <span className="bo-quiet">
                  {criterion.figure === null ? t('grid.byJudgement') : t(`grid.figure.${criterion.figure}`)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.channels.map((channel) => (
            <tr key={channel}>
              <th scope="row">{channelName(channel)}</th>
              {grid.criteria.map(({ code, figure }) => {
                const cell = grid.cells.find((one) => one.channel === channel && one.criterion === code)
                if (!cell) return <td key={code} />
                return (
                  <td key={code}>
                    <ScoreButton cell={cell} figure={figure} criterion={nameOf(code)} onOpen={() => setOpen(cell)} />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </FigureTable>
      {open && (
        <SidePanel
          itemKey={`${open.channel} ${open.criterion}`}
          title={`${channelName(open.channel)} · ${nameOf(open.criterion)}`}
          onClose={() => setOpen(null)}
        >
          <JudgeForm grid={grid} cell={open} onClose={() => setOpen(null)} />
        </SidePanel>
      )}
    </Card>
  )
}

/** A score, what it was read from, and the way to judge otherwise. */
function ScoreButton({
  cell,
  figure,
  criterion,
  onOpen,
}: {
  cell: GridCell
  figure: ChannelGrid['criteria'][number]['figure']
  criterion: string
  onOpen: () => void
}) {
  const t = useT()
  const can = useCan()
  const words = useGridWords()
  const channelName = useChannelName()
  return (
    <button
      type="button"
      className="bo-grid-cell"
      disabled={!can('strategy:write')}
      aria-label={t('grid.judgeOf', {
        channel: channelName(cell.channel),
        criterion,
        score: words.score(cell.score),
        used: t(`grid.used.${cell.used}`),
      })}
      onClick={onOpen}
    >
      <strong>{words.score(cell.score)}</strong>
      <span className="bo-quiet">
        {cell.figure === null ? t(`grid.used.${cell.used}`) : words.said(figure, cell.figure)}
        {cell.used === 'judgement' && cell.figure !== null && ` · ${t('grid.used.judgement')}`}
      </span>
    </button>
  )
}

/** Colours of the parts of a total; a plot bears six. */
const colours = ['primary', 'ink', 'waiting-text', 'done-text', 'urgent-text', 'muted'] as const

function RankingCard({ grid }: { grid: ChannelGrid }) {
  const t = useT()
  const words = useGridWords()
  const channelName = useChannelName()
  const [best] = grid.totals
  if (!best) return <Card title={t('grid.ranking')}>{grid.problem}</Card>
  return (
    <Card title={t('grid.ranking')}>
      <p className="bo-line">
        {t('grid.ranking.answer', {
          channel: channelName(best.channel),
          total: words.score(best.total),
          share: words.share(best.first),
        })}
      </p>
      <BarsFigure
        title={t('grid.ranking')}
        stacked
        data={grid.totals.map(({ channel, parts }) => ({
          channel: channelName(channel),
          ...Object.fromEntries(grid.criteria.map(({ code }, at) => [code, Number((parts[at] ?? 0).toFixed(2))])),
        }))}
        by={{ name: 'channel', label: t('orders.channel') }}
        series={grid.criteria.map((criterion, at) => ({
          name: criterion.code,
          label: words.criterion(criterion),
          color: `var(--color-${colours[at % colours.length] ?? 'muted'})`,
        }))}
        format={words.score}
      />
      <ul>
        {grid.totals
          .filter(({ first }) => first > 0)
          .map(({ channel, first }) => (
            <li key={channel}>{t('grid.first', { channel: channelName(channel), share: words.share(first) })}</li>
          ))}
      </ul>
    </Card>
  )
}

function VersionsCard({ grid }: { grid: ChannelGrid }) {
  const t = useT()
  const can = useCan()
  const restore = useAct({
    act: (version: number) => call(endpoints.restoreChannelGrid, { body: { base: grid.version, version } }),
    touches: ['/channel-grid'],
    done: () => t('grid.restored'),
  })
  if (grid.versions.length === 0) return null
  return (
    <Card title={t('grid.versions')}>
      <ul className="bo-plain-list">
        {grid.versions.map(({ version, note, restores, at, by }) => (
          <li key={version} className="bo-line">
            {t('grid.version', { version })} · {by ?? ''} · <RelativeTime at={at} /> ·{' '}
            {restores === null ? note || t('grid.usualAgain') : t('grid.restores', { version: restores })}{' '}
            {can('strategy:write') && version !== grid.version && (
              <Button
                size="compact-sm"
                variant="subtle"
                loading={restore.isPending}
                onClick={() => restore.mutate(version)}
              >
                {t('grid.restore')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
