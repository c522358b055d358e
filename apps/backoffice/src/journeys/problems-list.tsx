import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { journeyNodeSchema } from '@ecluse/contracts/journey-graph.ts'
import type { Journey } from '@ecluse/contracts/journeys.ts'
import { useT } from '../app/i18n.ts'
import { nodeOf } from './graph-acts.ts'
import type { NodeWords } from './node-words.ts'
import type { JourneyDraft, SaveState } from './use-draft.ts'

type Props = {
  journey: Journey
  draft: JourneyDraft
  state: SaveState
  words: NodeWords
  onSelect: (nodeId: string) => void
}

/** What keeps the draft from being kept or published, step by step, each with what to do; a click leads there. */
export function ProblemsList({ journey, draft, state, words, onSelect }: Props) {
  const t = useT()
  const unfinished = draft.graph.nodes.filter((node) => !journeyNodeSchema.safeParse(node).success)
  const entries = [
    ...unfinished.map(({ id }) => ({ nodeId: id as string | null, text: t('journeys.problem.unfinished') })),
    ...journey.problems.map(({ nodeId, code }) => ({ nodeId, text: t(`journeys.problem.${code}`) })),
  ]
  if (entries.length === 0) {
    if (journey.publishedVersion !== null && !journey.changedSince) return null
    return (
      <p className="bo-journey-ready" role="status">
        <IconCircleCheck size={16} aria-hidden />
        {t(state === 'saved' ? 'journeys.problems.none' : 'journeys.problems.checking')}
      </p>
    )
  }
  return (
    <Alert
      color="yellow"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('journeys.problems', { count: entries.length })}
    >
      <ul className="bo-journey-problems">
        {entries.map(({ nodeId, text }, at) => {
          const node = nodeOf(draft.graph, nodeId)
          return (
            <li key={at}>
              {node && (
                <button type="button" className="bo-journey-problem-link" onClick={() => onSelect(node.id)}>
                  {words.title(node)}
                </button>
              )}
              {node && ' : '}
              {text}
            </li>
          )
        })}
      </ul>
    </Alert>
  )
}
