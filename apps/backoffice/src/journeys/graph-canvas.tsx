import { useEffect, useMemo, useRef, useState } from 'react'
import {
  applyNodeChanges,
  Background,
  Controls,
  ReactFlow,
  type AriaLabelConfig,
  type Connection,
  type Edge,
  type NodeChange,
  type ReactFlowInstance,
} from '@xyflow/react'
import { portsOf, type JourneyGraph } from '@ecluse/contracts/journey-graph.ts'
import { useT } from '../app/i18n.ts'
import { connect, disconnect, moved, nodeOf, remove } from './graph-acts.ts'
import { StepNode, type StepFlowNode } from './graph-node.tsx'
import type { NodeWords } from './node-words.ts'
import type { StepFacts } from './step-facts.ts'
import '@xyflow/react/dist/base.css'

const nodeTypes = { step: StepNode }
const reach = 36
/** Words can still be read at this size; a larger graph is moved about. */
const shownWhole = { minZoom: 0.6, maxZoom: 1, padding: 0.1 }

export type CanvasProps = {
  graph: JourneyGraph
  words: NodeWords
  facts: StepFacts
  selected: string | null
  editable: boolean
  /** Another number: the whole is brought into sight. */
  look: number
  onSelect: (id: string | null) => void
  onChange: (graph: JourneyGraph) => void
}

/** What is drawn, and what follows from what is done to it. */
function useFlow({ graph, words, facts, selected, look, onSelect, onChange }: CanvasProps) {
  const made = useMemo(() => flowNodes(graph, words, facts, selected), [graph, words, facts, selected])
  const [nodes, setNodes] = useState(made)
  useEffect(() => {
    // What was measured stays: without it each change would be drawn twice.
    setNodes((before) => made.map((node) => ({ ...before.find(({ id }) => id === node.id), ...node })))
  }, [made])
  const edges = useMemo(() => flowEdges(graph, words, facts), [graph, words, facts])
  const flow = useRef<ReactFlowInstance<StepFlowNode> | null>(null)
  useEffect(() => {
    // Once what was arranged is drawn.
    const frame = requestAnimationFrame(() => void flow.current?.fitView(shownWhole))
    return () => cancelAnimationFrame(frame)
  }, [look])

  const follow = (changes: NodeChange<StepFlowNode>[]): void => {
    setNodes((now) => applyNodeChanges(changes, now))
    const chosen = changes.find((change) => change.type === 'select' && change.selected)
    if (chosen?.type === 'select' && chosen.id !== selected) onSelect(chosen.id)
    const places = new Map(
      changes.flatMap((change) =>
        change.type === 'position' && !change.dragging && change.position ? [[change.id, change.position]] : [],
      ),
    )
    const differ = [...places].some(([id, { x, y }]) => {
      const node = nodeOf(graph, id)
      return node && (Math.round(x) !== node.x || Math.round(y) !== node.y)
    })
    if (differ) onChange(moved(graph, places))
  }
  const hold = (instance: ReactFlowInstance<StepFlowNode>): void => {
    flow.current = instance
  }
  return { nodes, edges, hold, follow }
}

/** The graph as a drawing: steps are dragged, their ways out drawn to the next, all of it by mouse or touch; the list does the same by keyboard. */
export function GraphCanvas(props: CanvasProps) {
  const t = useT()
  const { graph, selected, editable, onSelect, onChange } = props
  const { nodes, edges, hold, follow } = useFlow(props)
  const labels = useAriaLabels()
  const join = ({ source, sourceHandle, target }: Connection): void => {
    if (sourceHandle) onChange(connect(graph, source, sourceHandle, target))
  }
  return (
    <ReactFlow<StepFlowNode>
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      onInit={hold}
      onNodesChange={follow}
      onConnect={join}
      isValidConnection={({ source, target }) => source !== target && nodeOf(graph, target)?.type !== 'entry'}
      onPaneClick={() => onSelect(null)}
      onBeforeDelete={({ nodes: gone, edges: cut }) => {
        const without = gone.reduce((left, { id }) => remove(left, id), graph)
        const ways = gone.length > 0 ? [] : cut
        onChange(ways.reduce((left, edge) => disconnect(left, edge.source, edge.sourceHandle ?? ''), without))
        if (gone.some(({ id }) => id === selected)) onSelect(null)
        return Promise.resolve(false)
      }}
      deleteKeyCode={editable ? ['Delete', 'Backspace'] : null}
      nodesDraggable={editable}
      nodesConnectable={editable}
      connectionRadius={reach}
      connectOnClick={false}
      minZoom={0.2}
      maxZoom={1.5}
      fitView
      fitViewOptions={shownWhole}
      ariaLabelConfig={labels}
      aria-label={t('journeys.graph')}
      className="bo-journey-flow"
    >
      <Background gap={24} />
      <Controls showInteractive={false} fitViewOptions={{ ...shownWhole, minZoom: 0.2 }} />
    </ReactFlow>
  )
}

function flowNodes(graph: JourneyGraph, words: NodeWords, facts: StepFacts, selected: string | null): StepFlowNode[] {
  return graph.nodes.map((node) => ({
    id: node.id,
    type: 'step',
    position: { x: node.x, y: node.y },
    selected: node.id === selected,
    ariaLabel: [words.title(node), words.summary(node)].filter(Boolean).join(', '),
    data: { node, words, facts: facts.of(node.id) },
  }))
}

function flowEdges(graph: JourneyGraph, words: NodeWords, facts: StepFacts): Edge[] {
  return graph.edges.flatMap(({ from, port, to }) => {
    const [source, target] = [nodeOf(graph, from), nodeOf(graph, to)]
    // A way out that the step has no more is told by the checks; there is nothing it could be drawn from.
    if (!source || !target || !portsOf(source).some((way) => way.port === port)) return []
    return [
      {
        id: `${from}/${port}`,
        source: from,
        sourceHandle: port,
        target: to,
        type: 'smoothstep',
        ariaLabel: `${words.title(source)}, ${words.port(source, port)} → ${words.title(target)}`,
        ...facts.edge(from, port),
      },
    ]
  })
}

/** What the drawing tells those who hear it. */
function useAriaLabels(): Partial<AriaLabelConfig> {
  const t = useT()
  return {
    'node.a11yDescription.default': t('journeys.flow.node'),
    'node.a11yDescription.keyboardDisabled': t('journeys.flow.node'),
    'node.a11yDescription.ariaLiveMessage': ({ x, y }) =>
      t('journeys.flow.moved', { x: Math.round(x), y: Math.round(y) }),
    'edge.a11yDescription.default': t('journeys.flow.edge'),
    'controls.ariaLabel': t('journeys.flow.controls'),
    'controls.zoomIn.ariaLabel': t('journeys.flow.in'),
    'controls.zoomOut.ariaLabel': t('journeys.flow.out'),
    'controls.fitView.ariaLabel': t('journeys.flow.fit'),
    'handle.ariaLabel': t('journeys.flow.handle'),
  }
}
