import { useState, type FormEvent } from 'react'
import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { gridFigures, type ChannelGrid, type GridCriterion } from '@ecluse/contracts/channel-grid.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { useChannelName } from '../../network/use-channels.ts'
import { useGridWords } from './grid-words.ts'
import { usePutGrid } from './use-put-grid.ts'

/** As many as a grid has at most. */
const mostCriteria = 20
/** What a criterion counts for until somebody says otherwise. */
const usualWeight = 10

/** A code no criterion has yet. */
function freeCode(criteria: readonly GridCriterion[]): string {
  const taken = new Set(criteria.map(({ code }) => code))
  let number = criteria.length + 1
  while (taken.has(`own-${number}`)) number++
  return `own-${number}`
}

/** What the firm judges by: its criteria, what each is read from, what it counts for, and how far that may move. */
export function CriteriaCard({ grid }: { grid: ChannelGrid }) {
  const t = useT()
  const can = useCan()
  const words = useGridWords()
  const [criteria, setCriteria] = useState<readonly GridCriterion[]>(grid.criteria)
  const [note, setNote] = useState('')
  const put = usePutGrid(grid)
  const sum = criteria.reduce((total, { weight }) => total + weight, 0)
  const nameless = criteria.some((one) => words.criterion(one) === one.code)
  const change = (at: number, next: Partial<GridCriterion>) =>
    setCriteria(criteria.map((one, other) => (other === at ? { ...one, ...next } : one)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    put.mutate({ criteria: [...criteria], note })
  }
  return (
    <Card title={t('grid.weights')}>
      <form className="bo-stack" onSubmit={submit}>
        <p className="bo-line bo-quiet">{t('grid.weights.help')}</p>
        {criteria.map((criterion, at) => (
          <CriterionFields
            key={criterion.code}
            grid={grid}
            criterion={criterion}
            share={sum > 0 ? criterion.weight / sum : 0}
            readOnly={!can('strategy:write')}
            onChange={(next) => change(at, next)}
            onRemove={criteria.length > 1 ? () => setCriteria(criteria.filter((one) => one !== criterion)) : undefined}
          />
        ))}
        {can('strategy:write') && (
          <>
            <Button
              variant="default"
              w="fit-content"
              leftSection={<IconPlus size={16} aria-hidden />}
              disabled={criteria.length >= mostCriteria}
              onClick={() =>
                setCriteria([
                  ...criteria,
                  { code: freeCode(criteria), name: '', weight: usualWeight, better: 'more', figure: null },
                ])
              }
            >
              {t('grid.criterion.add')}
            </Button>
            <TextInput
              label={t('grid.note')}
              required
              maxLength={1_000}
              value={note}
              onChange={({ currentTarget: { value } }) => setNote(value)}
            />
            <Button
              type="submit"
              w="fit-content"
              loading={put.isPending}
              disabled={note.trim() === '' || sum <= 0 || nameless}
            >
              {t('grid.weights.save')}
            </Button>
          </>
        )}
      </form>
    </Card>
  )
}

type FieldsProps = {
  grid: ChannelGrid
  criterion: GridCriterion
  share: number
  readOnly: boolean
  onChange: (next: Partial<GridCriterion>) => void
  onRemove: (() => void) | undefined
}

/** One criterion; what its weight turns is told of the grid as it is kept. */
function CriterionFields({ grid, criterion, share, readOnly, onChange, onRemove }: FieldsProps) {
  const t = useT()
  const words = useGridWords()
  const turn = useTurn(grid)
  const name = words.criterion(criterion)
  const isNew = name === criterion.code
  return (
    <fieldset className="bo-grid-criterion" disabled={readOnly}>
      <legend className="visually-hidden">{isNew ? t('grid.criterion.new') : name}</legend>
      <TextInput
        label={t('grid.criterion.name')}
        required
        maxLength={80}
        autoFocus={isNew && !grid.criteria.some(({ code }) => code === criterion.code)}
        value={isNew ? criterion.name : name}
        onChange={({ currentTarget: { value } }) => onChange({ name: value })}
      />
      <Select
        label={t('grid.figure')}
        allowDeselect={false}
        data={[
          { value: '', label: t('grid.byJudgement') },
          ...gridFigures.map((figure) => ({ value: figure, label: t(`grid.figure.${figure}`) })),
        ]}
        value={criterion.figure ?? ''}
        onChange={(value) => onChange({ figure: gridFigures.find((one) => one === value) ?? null })}
      />
      <Select
        label={t('grid.better')}
        allowDeselect={false}
        disabled={readOnly || criterion.figure === null}
        data={(['more', 'less'] as const).map((value) => ({ value, label: t(`grid.better.${value}`) }))}
        value={criterion.better}
        onChange={(value) => onChange({ better: value === 'less' ? 'less' : 'more' })}
      />
      <NumberInput
        label={t('grid.weight', { share: words.share(share) })}
        min={0}
        max={1_000}
        value={criterion.weight}
        onChange={(value) => onChange({ weight: Math.max(0, Number(value) || 0) })}
      />
      {onRemove && !readOnly && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className="bo-grid-remove"
          aria-label={t('grid.criterion.remove', { name: isNew ? t('grid.criterion.new') : name })}
          onClick={onRemove}
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      )}
      <p className="bo-quiet bo-grid-turn">{turn(criterion.code)}</p>
    </fieldset>
  )
}

/** From which weight on another channel comes first. */
function useTurn(grid: ChannelGrid): (code: string) => string {
  const t = useT()
  const words = useGridWords()
  const channelName = useChannelName()
  return (code) => {
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
}
