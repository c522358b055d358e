import { Button } from '@mantine/core'
import { useT } from '../app/i18n.ts'

/** How many rows are shown, of how many, and how to see the others. */
export function ListFoot({
  shown,
  total,
  more,
  loading,
  partialSort,
  onMore,
}: {
  shown: number
  total: number | undefined
  more: boolean
  loading: boolean
  /** The sort is made here, hence only over the rows loaded. */
  partialSort: boolean
  onMore: () => void
}) {
  const t = useT()
  if (shown === 0) return null
  const words =
    total !== undefined && total > shown
      ? t('list.shownOf', { shown, total })
      : more
        ? t('list.shownMore', { shown })
        : t('list.shown', { shown })
  return (
    <div className="bo-list-foot">
      <span role="status">
        {words}
        {more && partialSort && ` ${t('list.partialSort')}`}
      </span>
      {more && (
        <Button size="compact-sm" variant="default" loading={loading} onClick={onMore}>
          {t('list.more')}
        </Button>
      )}
    </div>
  )
}
