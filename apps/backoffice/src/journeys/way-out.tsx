import { Select } from '@mantine/core'
import type { JourneyGraph, JourneyNode } from '@ecluse/contracts/journey-graph.ts'
import { useT } from '../app/i18n.ts'
import { AddStep, stepsOnTheWay } from './add-step.tsx'
import { connect, disconnect, targetOf, type NodeType } from './graph-acts.ts'
import type { NodeWords } from './node-words.ts'

type Props = {
  graph: JourneyGraph
  words: NodeWords
  node: JourneyNode
  port: string
  optional: boolean
  editable: boolean
  onChange: (graph: JourneyGraph) => void
  onAddAfter: (port: string, type: NodeType) => void
}

/** One way out of a step: where it leads, and a step put into it; by keyboard too. */
export function WayOut({ graph, words, node, port, optional, editable, onChange, onAddAfter }: Props) {
  const t = useT()
  const others = graph.nodes.filter(({ id, type }) => id !== node.id && type !== 'entry' && type !== 'goal')
  const way = words.port(node, port)
  const name = words.title(node)
  return (
    <li>
      <Select
        label={way}
        aria-label={t('journeys.way.of', { way, name })}
        placeholder={t(optional ? 'journeys.way.optional' : 'journeys.way.open')}
        clearable={editable}
        clearButtonProps={{ 'aria-label': t('journeys.way.cut', { way, name }) }}
        disabled={!editable}
        data={others.map((other) => ({ value: other.id, label: words.title(other) }))}
        value={targetOf(graph, node.id, port) ?? null}
        onChange={(to) => onChange(to ? connect(graph, node.id, port, to) : disconnect(graph, node.id, port))}
      />
      {editable && (
        <AddStep
          compact
          label={t('journeys.addAfter')}
          name={t('journeys.addAfter.of', { way, name })}
          types={stepsOnTheWay}
          onAdd={(type) => onAddAfter(port, type)}
        />
      )}
    </li>
  )
}
