import { useState, type FormEvent } from 'react'
import { Button, NumberInput, TextInput } from '@mantine/core'
import type { ChannelGrid } from '@ecluse/contracts/channel-grid.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { useChannelName } from '../../network/use-channels.ts'
import { useGridWords } from './grid-words.ts'
import { usePutGrid } from './use-put-grid.ts'

/** What each criterion counts for, and how far that may move before another channel comes first. */
export function WeightsCard({ grid }: { grid: ChannelGrid }) {
  const t = useT()
  const can = useCan()
  const words = useGridWords()
  const channelName = useChannelName()
  const [weights, setWeights] = useState<readonly number[]>(grid.criteria.map(({ weight }) => weight))
  const [note, setNote] = useState('')
  const put = usePutGrid(grid)
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    put.mutate({ criteria: grid.criteria.map((one, at) => ({ ...one, weight: weights[at] ?? one.weight })), note })
  }
  const turnOf = (code: string): string => {
    const turn = grid.turns.find(({ criterion }) => criterion === code)
    if (!turn) return ''
    const said = [
      turn.lower &&
        t('grid.turn.lower', { share: words.share(turn.lower.weight), channel: channelName(turn.lower.first) }),
      turn.higher &&
        t('grid.turn.higher', { share: words.share(turn.higher.weight), channel: channelName(turn.higher.first) }),
    ].filter((one) => one !== null)
    return said.length === 0 ? t('grid.turn.none') : said.join(' ')
  }
  return (
    <Card title={t('grid.weights')}>
      <form className="bo-stack" onSubmit={submit}>
        <p className="bo-line bo-quiet">{t('grid.weights.help')}</p>
        <div className="bo-grid-weights">
          {grid.criteria.map((criterion, at) => (
            <NumberInput
              key={criterion.code}
              label={`${words.criterion(criterion)} (${words.share(sum > 0 ? (weights[at] ?? 0) / sum : 0)})`}
              description={turnOf(criterion.code)}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              min={0}
              max={1_000}
              readOnly={!can('strategy:write')}
              value={weights[at] ?? 0}
              onChange={(value) =>
                setWeights(weights.map((one, other) => (other === at ? Math.max(0, Number(value) || 0) : one)))
              }
            />
          ))}
        </div>
        {can('strategy:write') && (
          <>
            <TextInput
              label={t('grid.note')}
              required
              maxLength={1_000}
              value={note}
              onChange={({ currentTarget: { value } }) => setNote(value)}
            />
            <Button type="submit" w="fit-content" loading={put.isPending} disabled={note.trim() === '' || sum <= 0}>
              {t('grid.weights.save')}
            </Button>
          </>
        )}
      </form>
    </Card>
  )
}
