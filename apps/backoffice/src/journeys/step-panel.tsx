import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react'
import { portsOf, type GraphProblem, type JourneyGraph, type JourneyNode } from '@ecluse/contracts/journey-graph.ts'
import type { Journey } from '@ecluse/contracts/journeys.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { useT } from '../app/i18n.ts'
import { Section } from '../common/section.tsx'
import { remove, type NodeType } from './graph-acts.ts'
import { formatMicro } from './money.ts'
import { NodeFields } from './node-fields.tsx'
import type { NodeWords } from './node-words.ts'
import { WayOut } from './way-out.tsx'

type Props = {
  node: JourneyNode
  graph: JourneyGraph
  words: NodeWords
  costs: Journey['costs']
  problems: readonly GraphProblem[]
  editable: boolean
  onClose: () => void
  onChange: (node: JourneyNode) => void
  onGraph: (graph: JourneyGraph) => void
  onAddAfter: (port: string, type: NodeType) => void
}

/** One step: what it is told, where it leads, and what is wrong with it. */
export function StepPanel(props: Props) {
  const t = useT()
  const { node, graph, words, problems, editable, onClose, onChange, onGraph } = props
  return (
    <SidePanel
      title={words.title(node)}
      itemKey={node.id}
      onClose={onClose}
      footer={
        editable && (
          <Button
            variant="subtle"
            color="coral"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => onGraph(remove(graph, node.id))}
          >
            {t('journeys.step.remove')}
          </Button>
        )
      }
    >
      {problems.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} mb="md">
          <ul className="bo-journey-problems">
            {problems.map((code) => (
              <li key={code}>{t(`journeys.problem.${code}`)}</li>
            ))}
          </ul>
        </Alert>
      )}
      <Section title={t(`journeys.type.${node.type}`)}>
        <p className="bo-line bo-quiet">{t(`journeys.type.${node.type}.help`)}</p>
        <fieldset disabled={!editable} className="bo-journey-plain-set">
          <NodeFields node={node} graph={graph} onChange={onChange} />
        </fieldset>
      </Section>
      <Costs node={node} costs={props.costs} />
      {portsOf(node).length > 0 && (
        <Section title={t('journeys.ways')}>
          <ul className="bo-journey-ways">
            {portsOf(node).map((way) => (
              <WayOut
                key={way.port}
                {...way}
                graph={graph}
                words={words}
                node={node}
                editable={editable}
                onChange={onGraph}
                onAddAfter={props.onAddAfter}
              />
            ))}
          </ul>
        </Section>
      )}
    </SidePanel>
  )
}

/** What each of its contacts costs, known before any is sent. */
function Costs({ node, costs }: Pick<Props, 'node' | 'costs'>) {
  const t = useT()
  const { locale } = useLocale()
  const own = costs.filter(({ nodeId }) => nodeId === node.id)
  if (own.length === 0) return null
  const nameOf = (key: string) => {
    const candidate = node.type === 'decision' ? node.candidates.find((one) => one.key === key) : undefined
    return candidate?.name || key
  }
  return (
    <Section title={t('journeys.cost')}>
      {own.map(({ key, micro }) => (
        <p key={key} className="bo-line">
          {key === ''
            ? t('journeys.cost.each', { amount: formatMicro(micro, locale) })
            : t('journeys.cost.of', { name: nameOf(key), amount: formatMicro(micro, locale) })}
        </p>
      ))}
    </Section>
  )
}
