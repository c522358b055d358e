import { lazy, Suspense, useMemo, useState, type ComponentProps } from 'react'
import { Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { JourneyGraph, JourneyNode } from '@ecluse/contracts/journey-graph.ts'
import type { Journey } from '@ecluse/contracts/journeys.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatNumber } from '@ecluse/ui/format.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { EditorBar, type EditorView } from './editor-bar.tsx'
import { add, addAfter, change, freshKey, freshNode, nodeOf, type NodeType } from './graph-acts.ts'
import type { CanvasProps } from './graph-canvas.tsx'
import { GraphList } from './graph-list.tsx'
import { arranged } from './layout.ts'
import { useNodeWords } from './node-words.ts'
import { ProblemsList } from './problems-list.tsx'
import { StepPanel } from './step-panel.tsx'
import { stepFacts } from './step-facts.ts'
import type { DraftDesk } from './use-draft.ts'
import { useResults } from './use-journey.ts'

// A drawing library that no other page needs.
const GraphCanvas = lazy(() => import('./graph-canvas.tsx').then((canvas) => ({ default: canvas.GraphCanvas })))

type Props = {
  journey: Journey
  desk: DraftDesk
  editable: boolean
  view: EditorView | undefined
  onView: (view: EditorView) => void
}

/** A journey's graph being written: as a drawing or a list, with a panel for the step one is at. */
export function JourneyEditor({ journey, desk, editable, view, onView }: Props) {
  const [selected, setSelected] = useState<string | null>(null)
  const [look, setLook] = useState(0)
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const { draft, set } = desk
  const { graph } = draft
  const words = useNodeWords(graph)
  const { facts, results } = useFacts(journey)
  const setGraph = (next: JourneyGraph, tag: string | null = null) => set({ graph: next }, tag)
  const put = (place: (node: JourneyNode) => JourneyGraph, type: NodeType) => {
    const id = freshKey(
      graph.nodes.map((node) => node.id),
      type,
    )
    setGraph(arranged(place(freshNode(type, id))))
    setSelected(id)
  }
  const shown = view ?? (narrow ? 'list' : 'graph')
  const step = nodeOf(graph, selected)
  return (
    <div className="bo-stack">
      <EditorBar
        desk={desk}
        editable={editable}
        view={shown}
        onView={onView}
        onAdd={(type) => put((node) => add(graph, node), type)}
        onArrange={() => {
          setGraph(arranged(graph))
          setLook(look + 1)
        }}
      />
      {results.isError && <ErrorNote error={results.error} onRetry={() => void results.refetch()} />}
      <ProblemsList journey={journey} draft={draft} state={desk.state} words={words} onSelect={setSelected} />
      <Surface
        shown={shown}
        look={look}
        graph={graph}
        words={words}
        facts={facts}
        selected={selected}
        editable={editable}
        onSelect={setSelected}
        onChange={setGraph}
        onAddAfter={(from, port, type) => put((node) => addAfter(graph, from, port, node), type)}
      />
      {step && (
        <StepPanel
          key={step.id}
          node={step}
          graph={graph}
          words={words}
          costs={journey.costs}
          problems={facts.of(step.id).problems}
          editable={editable}
          onClose={() => setSelected(null)}
          onChange={(node) => setGraph(change(graph, node), `step:${node.id}`)}
          onGraph={(next) => {
            setGraph(next)
            if (!nodeOf(next, step.id)) setSelected(null)
          }}
          onAddAfter={(port, type) => put((node) => addAfter(graph, step.id, port, node), type)}
        />
      )}
    </div>
  )
}

/** What is known of the steps: who is there, and what is wrong. */
function useFacts(journey: Journey) {
  const { locale } = useLocale()
  const results = useResults(journey.id, journey.state, journey.publishedVersion !== null)
  const facts = useMemo(
    () => stepFacts(results.data?.nodes ?? [], journey.problems, (people) => formatNumber(people, locale)),
    [results.data, journey.problems, locale],
  )
  return { facts, results }
}

type SurfaceProps = ComponentProps<typeof GraphList> & Pick<CanvasProps, 'look' | 'onSelect'> & { shown: EditorView }

/** The graph, drawn or as a list. */
function Surface({ shown, look, ...graph }: SurfaceProps) {
  const t = useT()
  if (shown === 'list') return <GraphList {...graph} />
  const { onAddAfter: _, ...drawn } = graph
  return (
    <section className="bo-journey-canvas" aria-label={t('journeys.graph')}>
      <Suspense fallback={<Skeleton height="100%" />}>
        <GraphCanvas {...drawn} look={look} />
      </Suspense>
    </section>
  )
}
