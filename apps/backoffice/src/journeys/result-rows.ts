import type { JourneyNode } from '@ecluse/contracts/journey-graph.ts'
import type { JourneyResults } from '@ecluse/contracts/journeys.ts'
import type { Translate } from '../app/i18n.ts'
import { toCsv } from '../list/csv.ts'
import type { NodeWords } from './node-words.ts'

type Outcome = JourneyResults['arms'][number] | JourneyResults['cells'][number]

/** One line of the figures by arm or by cell. */
export type OutcomeRow = Pick<
  Outcome,
  'people' | 'goal' | 'rate' | 'valueMinor' | 'marginMinor' | 'contacts' | 'costMicro'
> & {
  key: string
  name: string
}

/** The arms, then each cell of each test, with what they are called. */
export function outcomeRows(
  t: Translate,
  results: JourneyResults,
  nodes: readonly JourneyNode[],
  words: NodeWords,
): OutcomeRow[] {
  const cellName = (nodeId: string, key: string) => {
    const node = nodes.find(({ id }) => id === nodeId)
    return node ? `${words.title(node)} · ${words.port(node, key)}` : key
  }
  return [
    ...results.arms.map((arm) => ({ ...arm, key: arm.arm, name: t(`journeys.arm.${arm.arm}`) })),
    ...results.cells.map((cell) => ({
      ...cell,
      key: `${cell.nodeId}/${cell.key}`,
      name: cellName(cell.nodeId, cell.key),
    })),
  ]
}

/** The whole of the results as a file: arms and cells, then steps. Amounts in euros. */
export function resultsCsv(
  t: Translate,
  results: JourneyResults,
  nodes: readonly JourneyNode[],
  words: NodeWords,
): string {
  const euros = (minor: number) => minor / 100
  const head = (['name', 'people', 'goal', 'rate', 'value', 'margin', 'contacts', 'cost'] as const).map((name) =>
    t(`journeys.results.${name}`),
  )
  const steps = (
    [
      'name',
      'inside',
      'visits',
      'sent',
      'opened',
      'openedByMachine',
      'clicked',
      'clickedByMachine',
      'refused',
      'failed',
      'uncertain',
      'cost',
    ] as const
  ).map((name) => t(`journeys.results.${name}`))
  const nameOf = (nodeId: string) => {
    const node = nodes.find(({ id }) => id === nodeId)
    return node ? words.title(node) : nodeId
  }
  return toCsv([
    head,
    ...outcomeRows(t, results, nodes, words).map((row) => [
      row.name,
      row.people,
      row.goal,
      row.rate,
      euros(row.valueMinor),
      euros(row.marginMinor),
      row.contacts,
      row.costMicro / 1_000_000,
    ]),
    [],
    steps,
    ...results.nodes.map(({ nodeId, inside, visits, contacts, costMicro }) => [
      nameOf(nodeId),
      inside,
      visits,
      contacts.sent,
      contacts.opened,
      contacts.openedByMachine,
      contacts.clicked,
      contacts.clickedByMachine,
      contacts.refused,
      contacts.failed,
      contacts.uncertain,
      costMicro / 1_000_000,
    ]),
  ])
}
