import { useState } from 'react'
import { Button, Group } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import type { ScenarioChange, ScenarioMove } from '@ecluse/contracts/scenario-content.ts'
import type { Scenario } from '@ecluse/contracts/scenarios.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Facts } from '../../common/facts.tsx'
import { useAmounts } from './amounts.ts'
import { MoveForm } from './move-form.tsx'
import { valuesOfMove, withoutMove } from './move-templates.ts'
import type { Save } from './save.ts'

/** Dated moves: what is done, when, at which cost, and what of the model it changes. */
export function MovesTab({ scenario, save, busy }: { scenario: Scenario; save: Save | null; busy: boolean }) {
  const t = useT()
  /** The move that is changed, `new` for one that is added. */
  const [open, setOpen] = useState<ScenarioMove | 'new' | null>(null)
  const { content } = scenario
  const moves = content.moves.toSorted((a, b) => (a.month < b.month ? -1 : 1))
  const add = save && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
      {t('scenario.move.new')}
    </Button>
  )
  const remove = (move: ScenarioMove) => {
    const { moves: left, planned, uncertain } = withoutMove(content, move)
    save?.({ moves: left, planned, uncertain })
  }
  return (
    <div className="bo-stack">
      {moves.length === 0 && (
        <EmptyState title={t('scenario.move.none')} hint={t('scenario.move.none.help')}>
          {add}
        </EmptyState>
      )}
      {moves.map((move) => (
        <MoveCard
          key={move.name}
          move={move}
          onChange={save && !busy && valuesOfMove(content, move) ? () => setOpen(move) : null}
          onRemove={save && !busy ? () => remove(move) : null}
        />
      ))}
      {moves.length > 0 && <Group>{add}</Group>}
      {open !== null && save && (
        <SidePanel
          itemKey={open === 'new' ? 'new' : open.name}
          title={open === 'new' ? t('scenario.move.new') : open.name}
          onClose={() => setOpen(null)}
        >
          <MoveForm
            key={open === 'new' ? 'new' : open.name}
            scenario={scenario}
            move={open === 'new' ? null : open}
            onClose={() => setOpen(null)}
            onDone={(change) => {
              setOpen(null)
              save(change)
            }}
          />
        </SidePanel>
      )}
    </div>
  )
}

function MoveCard({
  move,
  onChange,
  onRemove,
}: {
  move: ScenarioMove
  onChange: (() => void) | null
  onRemove: (() => void) | null
}) {
  const t = useT()
  const { money, month } = useAmounts()
  const told = useChangeWords()
  return (
    <Card
      title={move.name}
      acts={
        onRemove && (
          <Group gap="xs">
            {onChange && (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPencil size={14} aria-hidden />}
                aria-label={t('scenario.edit.of', { name: move.name })}
                onClick={onChange}
              >
                {t('scenario.edit')}
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              leftSection={<IconTrash size={14} aria-hidden />}
              aria-label={t('scenario.remove.of', { name: move.name })}
              onClick={onRemove}
            >
              {t('scenario.remove')}
            </Button>
          </Group>
        )
      }
    >
      <Facts
        facts={[
          [t('scenario.move.kind'), t(`scenario.move.${move.kind}`)],
          [t('scenario.move.month'), month(move.month)],
          [t('scenario.move.investment'), money(move.investment)],
          [t('scenario.move.monthlyCost'), money(move.monthlyCost)],
          [t('scenario.move.changes'), move.changes.map(told).join(' · ')],
        ]}
      />
    </Card>
  )
}

/** What a change does to the model, in words. */
function useChangeWords(): (change: ScenarioChange) => string {
  const t = useT()
  const { number, channel: nameOf } = useAmounts()
  return ({ what, channel, to, by, times }) => {
    const name = nameOf(channel)
    if (what === 'open' || what === 'close') return t(`scenario.change.${what}`, { name })
    const term = t(`scenario.term.${what}`)
    if (to !== undefined) return t('scenario.change.to', { name, term, value: number(to, 2) })
    if (times !== undefined) return t('scenario.change.times', { name, term, value: number(times, 2) })
    return t('scenario.change.by', { name, term, value: `${(by ?? 0) > 0 ? '+' : ''}${number(by ?? 0, 2)}` })
  }
}
