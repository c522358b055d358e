import { Button } from '@mantine/core'
import { useT } from '../app/i18n.ts'

type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

/** Reads the next page of a list inside a card; nothing when all of it is there. */
export function MoreButton({ pages }: { pages: Pages }) {
  const t = useT()
  if (!pages.hasNextPage) return null
  return (
    <Button variant="default" mt="sm" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
      {t('list.more')}
    </Button>
  )
}
