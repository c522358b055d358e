import { useState, type FormEvent } from 'react'
import { Button, Group, NumberInput, Stack, Textarea } from '@mantine/core'
import type { ChannelGrid, GridCell } from '@ecluse/contracts/channel-grid.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { useT } from '../../app/i18n.ts'
import { Facts } from '../../common/facts.tsx'
import { useGridWords } from './grid-words.ts'
import { changeOf, usePutGrid } from './use-put-grid.ts'

/** A cell: what its figure says, and a judgement that counts instead, with its reason. */
export function JudgeForm({ grid, cell, onClose }: { grid: ChannelGrid; cell: GridCell; onClose: () => void }) {
  const t = useT()
  const words = useGridWords()
  const [score, setScore] = useState<number | ''>(cell.judged?.score ?? Math.round(cell.score))
  const [reason, setReason] = useState(cell.judged?.reason ?? '')
  const put = usePutGrid(grid, onClose)
  const figure = grid.criteria.find(({ code }) => code === cell.criterion)?.figure ?? null
  const { judgements } = changeOf(grid)
  const others = judgements.filter((one) => one.channel !== cell.channel || one.criterion !== cell.criterion)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (score === '') return
    put.mutate({
      judgements: [...others, { channel: cell.channel, criterion: cell.criterion, score, reason }],
      note: reason,
    })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Facts
          facts={[
            [t('grid.figure'), figure === null ? t('grid.byJudgement') : t(`grid.figure.${figure}`)],
            [t('grid.value'), words.said(figure, cell.figure)],
            [t('grid.figureScore'), cell.figureScore !== null && words.score(cell.figureScore)],
            [t('grid.judgedBy'), cell.judged && [cell.judged.by, <RelativeTime key="at" at={cell.judged.at} />]],
          ]}
        />
        <NumberInput
          label={t('grid.score')}
          description={t('grid.score.help')}
          required
          data-autofocus
          min={0}
          max={10}
          decimalScale={1}
          value={score}
          onChange={(value) => setScore(value === '' ? '' : Math.min(10, Math.max(0, Number(value))))}
        />
        <Textarea
          label={t('grid.reason')}
          required
          autosize
          minRows={2}
          maxLength={1_000}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
        <Group justify="flex-end">
          {cell.judged && (
            <Button
              variant="default"
              loading={put.isPending}
              onClick={() => put.mutate({ judgements: others, note: t('grid.withdrawn') })}
            >
              {t('grid.withdraw')}
            </Button>
          )}
          <Button type="submit" loading={put.isPending} disabled={score === '' || reason.trim() === ''}>
            {t('grid.judge')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
