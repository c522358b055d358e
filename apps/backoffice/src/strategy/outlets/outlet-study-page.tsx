import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../../app/i18n.ts'
import { NotFound } from '../../app/not-found.tsx'
import { Page } from '../../common/page.tsx'
import { StudyDesk } from './study-desk.tsx'
import { questionOfToday } from './study-draft.ts'

const route = getRouteApi('/outlets/$studyId')

/** A study nobody has kept yet: it begins with what the firm's data say. */
export function NewOutletStudyPage() {
  const t = useT()
  // What is worked on does not change under one's hands.
  const query = useQuery({ ...apiQuery(endpoints.getOutletsToday, {}), staleTime: Infinity })
  if (!query.data) return <Waiting title={t('outlets.new')} query={query} />
  const question = questionOfToday(query.data, (code) => t(`outlets.criterion.${code}` as 'outlets.criterion.surface'))
  return <StudyDesk study={null} start={{ name: t('outlets.new'), question }} today={query.data} />
}

/** A study as it was kept. */
export function OutletStudyPage() {
  const t = useT()
  const { studyId } = route.useParams()
  const query = useQuery(apiQuery(endpoints.getStudy, { params: { studyId } }))
  // Of another kind it cannot be shown here.
  if (query.data && query.data.kind !== 'outlets') return <NotFound />
  if (!query.data) return <Waiting title={t('nav.outlets')} query={query} />
  const { name, question } = query.data
  return <StudyDesk key={studyId} study={query.data} start={{ name, question }} />
}

function Waiting({
  title,
  query,
}: {
  title: string
  query: { isError: boolean; error: Error | null; refetch: () => unknown }
}) {
  const t = useT()
  return (
    <Page title={title} back={{ to: '/outlets', label: t('nav.outlets') }}>
      {query.isError ? (
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton height={480} />
      )}
    </Page>
  )
}
