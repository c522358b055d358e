import type { ChannelGrid, GridChange } from '@ecluse/contracts/channel-grid.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'

/** What of a grid is written again, all of it, with what changes. */
export function changeOf(grid: ChannelGrid): Omit<GridChange, 'note'> {
  return {
    base: grid.version,
    criteria: grid.criteria,
    judgements: grid.cells.flatMap(({ judged }) => {
      if (!judged) return []
      const { channel, criterion, score, reason } = judged
      return [{ channel, criterion, score, reason }]
    }),
    mix: grid.mixKept ? grid.mix : null,
  }
}

/** Writes the next version of the grid; undo writes one more that says what was. */
export function usePutGrid(grid: ChannelGrid, onDone?: () => void) {
  const t = useT()
  return useAct({
    act: (change: Partial<GridChange> & { note: string }) =>
      call(endpoints.putChannelGrid, { body: { ...changeOf(grid), ...change } }),
    touches: ['/channel-grid'],
    done: () => t('grid.saved'),
    undo: (written) => call(endpoints.restoreChannelGrid, { body: { base: written.version, version: grid.version } }),
    ...(onDone ? { onDone } : {}),
  })
}
