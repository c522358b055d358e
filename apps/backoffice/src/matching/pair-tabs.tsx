import type { ReactNode } from 'react'
import { Skeleton, Tabs } from '@mantine/core'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { ListFoot } from '../list/list-foot.tsx'

/** Pairs by their state, those to decide first. */
export function PairTabs<State extends string>({
  states,
  state,
  label,
  onState,
  pages,
  shown,
  empty,
  children,
}: {
  states: readonly State[]
  state: State
  label: (state: State) => string
  onState: (state: State) => void
  pages: UseInfiniteQueryResult
  /** How many pairs there are in `children`. */
  shown: number
  empty: { readonly title: string; readonly hint: string }
  children: ReactNode
}) {
  return (
    <Tabs
      value={state}
      onChange={(value) => {
        const chosen = states.find((one) => one === value)
        if (chosen) onState(chosen)
      }}
    >
      <Tabs.List mb="md">
        {states.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {label(one)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {states.map((one) => (
        <Tabs.Panel key={one} value={one}>
          {one === state && (
            <div className="bo-stack">
              {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
              {pages.isPending && <Skeleton height={240} />}
              {!pages.isPending && !pages.isError && shown === 0 && <EmptyState {...empty} />}
              {children}
              <ListFoot
                shown={shown}
                total={undefined}
                more={pages.hasNextPage}
                loading={pages.isFetchingNextPage}
                partialSort={false}
                onMore={() => void pages.fetchNextPage()}
              />
            </div>
          )}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
