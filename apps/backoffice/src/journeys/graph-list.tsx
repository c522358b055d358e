import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { portsOf, type JourneyGraph, type JourneyNode } from '@ecluse/contracts/journey-graph.ts'
import { useT } from '../app/i18n.ts'
import type { NodeType } from './graph-acts.ts'
import { inOrder } from './in-order.ts'
import { nodeIcons } from './node-icons.ts'
import type { NodeWords } from './node-words.ts'
import type { StepFacts } from './step-facts.ts'
import { StepFigures } from './step-figures.tsx'
import { WayOut } from './way-out.tsx'

type Props = {
  graph: JourneyGraph
  words: NodeWords
  facts: StepFacts
  selected: string | null
  editable: boolean
  onSelect: (id: string) => void
  onChange: (graph: JourneyGraph) => void
  onAddAfter: (from: string, port: string, type: NodeType) => void
}

/** The same graph as a list, step by step in the order one walks it: everything is done here by keyboard or thumb. */
export function GraphList(props: Props) {
  const t = useT()
  return (
    <ol className="bo-journey-steps" aria-label={t('journeys.steps')}>
      {inOrder(props.graph).map((node, at) => (
        <StepItem key={node.id} {...props} node={node} number={at + 1} />
      ))}
    </ol>
  )
}

function StepItem({ node, number, ...props }: Props & { node: JourneyNode; number: number }) {
  const t = useT()
  const { words, facts, selected, onSelect } = props
  const Icon = nodeIcons[node.type]
  const { figures, problems } = facts.of(node.id)
  const label = props.editable ? 'journeys.step.edit' : 'journeys.step.open'
  return (
    <li className="bo-card bo-journey-step" data-selected={node.id === selected || undefined}>
      <div className="bo-journey-step-head">
        <Icon size={20} stroke={1.75} aria-hidden />
        <div>
          <p className="bo-journey-node-title">
            <span>
              <span className="bo-quiet">{number}. </span>
              {words.title(node)}
            </span>
          </p>
          <p className="bo-journey-node-summary">{words.summary(node)}</p>
          {figures && <StepFigures figures={figures} />}
          {problems.map((code) => (
            <p key={code} className="bo-journey-node-problem">
              <IconAlertTriangle size={14} aria-hidden />
              {t(`journeys.problem.${code}`)}
            </p>
          ))}
        </div>
        <Button
          variant="default"
          aria-label={t('journeys.step.openOf', { label: t(label), name: words.title(node) })}
          onClick={() => onSelect(node.id)}
        >
          {t(label)}
        </Button>
      </div>
      {portsOf(node).length > 0 && (
        <ul className="bo-journey-ways">
          {portsOf(node).map((way) => (
            <WayOut
              key={way.port}
              {...way}
              graph={props.graph}
              words={words}
              node={node}
              editable={props.editable}
              onChange={props.onChange}
              onAddAfter={(port, type) => props.onAddAfter(node.id, port, type)}
            />
          ))}
        </ul>
      )}
    </li>
  )
}
