import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { JourneyNode, JourneyNodeOf } from '@ecluse/contracts/journey-graph.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { replaced } from '../segments/draft.ts'
import { freshKey } from './graph-acts.ts'

type Props = { node: JourneyNodeOf<'test'>; onChange: (node: JourneyNode) => void }

/** The groups of a test: one's own, or the arms of an experiment that runs. */
export function TestFields({ node, onChange }: Props) {
  const can = useCan()
  return (
    <>
      {(can('strategy:read') || node.experiment) && <ExperimentChoice node={node} onChange={onChange} />}
      <Cells node={node} onChange={onChange} />
    </>
  )
}

/** Whose arms the groups are; an experiment that has ended stays named, so that nobody wonders where its groups come from. */
function ExperimentChoice({ node, onChange }: Props) {
  const t = useT()
  const can = useCan()
  const query = useQuery({ ...apiQuery(endpoints.listExperiments, {}), enabled: can('strategy:read') })
  const { experiment } = node
  const all = query.data?.items ?? []
  const offered = all.filter(
    ({ id, state, design }) => id === experiment?.id || (state === 'running' && design.unit === 'customer'),
  )
  const data = offered.map(({ id, name }) => ({ value: id, label: name }))
  if (experiment && !data.some(({ value }) => value === experiment.id))
    data.push({ value: experiment.id, label: t('journeys.test.experiment.unknown') })
  const choose = (id: string | null) => {
    const { experiment: _left, ...own } = node
    const chosen = all.find((one) => one.id === id)
    if (!chosen) return onChange(own)
    const cells = chosen.design.arms.map(({ key, name, share }) => ({ key, name, weight: share }))
    onChange({ ...own, cells, experiment: { id: chosen.id, seed: chosen.seed } })
  }
  return (
    <Select
      label={t('journeys.test.experiment')}
      description={t('journeys.test.experiment.help')}
      placeholder={t('journeys.test.experiment.none')}
      clearable
      clearButtonProps={{ 'aria-label': t('journeys.test.experiment.leave') }}
      data={data}
      value={experiment?.id ?? null}
      onChange={choose}
    />
  )
}

function Cells({ node, onChange }: Props) {
  const t = useT()
  const { cells } = node
  const fixed = node.experiment !== undefined
  type Cell = (typeof cells)[number]
  const set = (at: number, next: Cell | undefined) => onChange({ ...node, cells: replaced(cells, at, next) })
  return (
    <fieldset className="bo-journey-set">
      <legend>{t('journeys.test.cells')}</legend>
      <p className="bo-line bo-quiet">{t(fixed ? 'journeys.test.arms' : 'journeys.test.help')}</p>
      {cells.map((cell, at) => (
        <div key={cell.key} className="bo-journey-cell">
          <TextInput
            label={t('journeys.test.name', { number: at + 1 })}
            maxLength={80}
            readOnly={fixed}
            value={cell.name}
            onChange={(event) => set(at, { ...cell, name: event.currentTarget.value })}
          />
          <NumberInput
            label={t('journeys.test.weight')}
            min={1}
            max={1_000}
            allowDecimal={false}
            readOnly={fixed}
            value={cell.weight || ''}
            onChange={(weight) => set(at, { ...cell, weight: typeof weight === 'number' ? weight : 0 })}
          />
          {!fixed && (
            <ActionIcon
              variant="subtle"
              size={36}
              disabled={cells.length <= 2}
              aria-label={t('journeys.test.remove', { name: cell.name || cell.key })}
              onClick={() => set(at, undefined)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          )}
        </div>
      ))}
      {!fixed && (
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={cells.length >= 8}
            onClick={() => {
              const key = freshKey(
                cells.map((cell) => cell.key),
                'cell',
              )
              onChange({ ...node, cells: [...cells, { key, name: '', weight: 50 }] })
            }}
          >
            {t('journeys.test.add')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
