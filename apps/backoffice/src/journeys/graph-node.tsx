import { IconAlertTriangle } from '@tabler/icons-react'
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { portsOf, type JourneyNode } from '@ecluse/contracts/journey-graph.ts'
import { nodeIcons } from './node-icons.ts'
import type { NodeWords } from './node-words.ts'
import { StepFigures } from './step-figures.tsx'
import type { FactsOfStep } from './step-facts.ts'
import { useT } from '../app/i18n.ts'

export type StepFlowNode = Node<{ node: JourneyNode; words: NodeWords; facts: FactsOfStep }, 'step'>

/** One step in the drawing: what it is, who is there, and its ways out at its foot. */
export function StepNode({ data: { node, words, facts } }: NodeProps<StepFlowNode>) {
  const t = useT()
  const Icon = nodeIcons[node.type]
  const ways = portsOf(node)
  const summary = words.summary(node)
  const hasWayIn = node.type !== 'entry' && node.type !== 'goal'
  return (
    <div className="bo-journey-node" data-type={node.type} data-wrong={facts.problems.length > 0 || undefined}>
      {hasWayIn && <Handle type="target" position={Position.Top} id="in" />}
      <p className="bo-journey-node-title">
        <Icon size={18} stroke={1.75} aria-hidden />
        <span>{words.title(node)}</span>
      </p>
      {summary && <p className="bo-journey-node-summary">{summary}</p>}
      {facts.figures && <StepFigures figures={facts.figures} />}
      {facts.problems.length > 0 && (
        <p className="bo-journey-node-problem">
          <IconAlertTriangle size={14} aria-hidden />
          {t('journeys.problems.here', { count: facts.problems.length })}
        </p>
      )}
      {ways.length > 0 && (
        <div className="bo-journey-ports">
          {ways.map(({ port, optional }) => (
            <span key={port} className="bo-journey-port" data-optional={optional || undefined}>
              {ways.length > 1 ? words.port(node, port) : ''}
              <Handle type="source" position={Position.Bottom} id={port} />
            </span>
          ))}
        </div>
      )}
    </div>
  )
}
