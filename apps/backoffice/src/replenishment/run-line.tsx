import { Button } from '@mantine/core'
import { IconCalculator } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { ProgressLine } from '@ecluse/ui/progress-line.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'

const pollMs = 1_000

/** When the proposals were computed, computing them now, and how far that is. */
export function RunLine() {
  const t = useT()
  const can = useCan()
  const query = useQuery({
    ...apiQuery(endpoints.getReplenishmentRun, {}),
    refetchInterval: ({ state }) =>
      state.data && state.data.startedAt !== null && state.data.finishedAt === null ? pollMs : false,
  })
  const run = query.data
  const compute = useAct({
    act: () => call(endpoints.computeReplenishment, { body: {} }),
    touches: ['/replenishment/run'],
  })
  const finishedAt = run?.finishedAt ?? null
  useEffect(() => {
    if (finishedAt) void refresh('/replenishment/proposals')
  }, [finishedAt])
  const running = run !== undefined && run.startedAt !== null && finishedAt === null
  return (
    <div className="bo-run-line">
      {running ? (
        <ProgressLine label={t('replenishment.computing')} done={run.done} total={run.total} state="running" />
      ) : (
        <span className="bo-quiet">
          {finishedAt ? (
            <>
              {t('replenishment.computed')} <RelativeTime at={finishedAt} />
            </>
          ) : (
            t('replenishment.neverComputed')
          )}
        </span>
      )}
      {can('stock:write') && !running && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconCalculator size={16} aria-hidden />}
          loading={compute.isPending}
          onClick={() => compute.mutate()}
        >
          {t('replenishment.compute')}
        </Button>
      )}
    </div>
  )
}
