import { Button, Group } from '@mantine/core'
import type { ScenarioRun } from '@ecluse/contracts/scenarios.ts'
import { ProgressLine } from '@ecluse/ui/progress-line.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Disclosure } from '../common/disclosure.tsx'
import { Facts } from '../common/facts.tsx'

/** What is known of every computation of the desk: how far it is, and what it was made from. */
type Computation = Pick<ScenarioRun, 'state' | 'progress' | 'attempts' | 'seed' | 'engineVersion'> &
  Pick<ScenarioRun, 'resultsHash' | 'sameBytes'> & { inputHash: string | null }

export const askEveryMs = 700
const touches = ['/strategy']

export const isOpen = (state: Computation['state']): boolean => state === 'waiting' || state === 'running'

/** How soon one is asked for again: not any more once it is over. */
export const untilOver = ({ state: { data } }: { state: { data?: Computation | undefined } }): number | false =>
  data && !isOpen(data.state) ? false : askEveryMs

/** How far one is, and the way to stop it. */
export function ComputationProgress({
  of: { progress, attempts },
  title,
  label,
  total = 100,
  cancel,
}: {
  of: Computation
  title: string
  /** What is counted up to `total`. */
  label: string
  total?: number
  cancel: () => Promise<unknown>
}) {
  const t = useT()
  const act = useAct({ act: cancel, touches })
  return (
    <Card title={title}>
      {attempts > 1 && <p className="bo-line">{t('computation.again', { attempts })}</p>}
      <ProgressLine
        label={label}
        done={Math.round(progress * total)}
        total={total}
        state={act.isPending ? 'cancelling' : 'running'}
        onCancel={() => act.mutate()}
      />
    </Card>
  )
}

/** What makes a figure traceable: seed, engine, and the hash of what went in; and the proof that it comes out again. */
export function Provenance<Again>({
  of,
  facts = [],
  replay,
  onReplay,
}: {
  of: Computation
  /** More of what it was made from, first. */
  facts?: readonly [string, string][]
  replay: (idempotencyKey: string) => Promise<Again>
  onReplay?: (again: Again) => void
}) {
  const t = useT()
  const can = useCan()
  const again = useAct({
    act: (_: void, idempotencyKey) => replay(idempotencyKey),
    touches,
    ...(onReplay && { onDone: onReplay }),
  })
  return (
    <Disclosure label={t('computation.provenance')}>
      {of.sameBytes !== null && (
        <p className="bo-line" role="status">
          {t(of.sameBytes ? 'computation.sameBytes' : 'computation.otherBytes')}
        </p>
      )}
      <Facts
        facts={[
          ...facts,
          [t('computation.seed'), String(of.seed)],
          [t('computation.engine'), of.engineVersion],
          [t('computation.input'), of.inputHash && <code key="i">{of.inputHash.slice(0, 16)}…</code>],
          [t('computation.output'), of.resultsHash && <code key="o">{of.resultsHash.slice(0, 16)}…</code>],
        ]}
      />
      {can('strategy:write') && (
        <Group mt="sm">
          <Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            {t('computation.replay')}
          </Button>
        </Group>
      )}
    </Disclosure>
  )
}
