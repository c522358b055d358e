import { Button, Group, Select, Skeleton } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { standingStates, type FollowedPerson } from '@ecluse/contracts/training.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatPercent } from '@ecluse/ui/format.ts'
import { apiPages, apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { FigureTable } from '../common/figure-table.tsx'
import { Page } from '../common/page.tsx'
import { useSites } from '../network/use-channels.ts'
import { StandingBadge, useStandingWords } from './standing-badge.tsx'

const route = getRouteApi('/training/team')

/** Where everybody stands with their courses, and how much of each shop is trained. */
export function TeamPage() {
  const t = useT()
  const sites = useSites()
  const navigate = route.useNavigate()
  const { site, state } = route.useSearch()
  const asked = { ...(site && { siteId: site }), ...(state && { state }) }
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.followTraining, { query: asked }),
    placeholderData: keepPreviousData,
  })
  const people = pages.data?.pages.flatMap(({ items }) => items) ?? []
  const set = (patch: { site?: string | undefined; state?: (typeof standingStates)[number] | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true })
  return (
    <Page title={t('nav.trainingTeam')} summary={t('training.team.summary')}>
      <div className="bo-stack">
        <Group align="end">
          <Select
            label={t('training.team.site')}
            placeholder={t('training.team.all')}
            clearable
            data={sites.map(({ id, name }) => ({ value: id, label: name }))}
            value={site ?? null}
            onChange={(value) => set({ site: value ?? undefined })}
          />
          <Select
            label={t('training.team.state')}
            placeholder={t('training.team.all')}
            clearable
            data={standingStates.map((value) => ({ value, label: t(`training.state.${value}`) }))}
            value={state ?? null}
            onChange={(value) => set({ state: standingStates.find((one) => one === value) })}
          />
          <Button
            component="a"
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            href={`/api/v1/training/people/export?${new URLSearchParams(asked).toString()}`}
            download
          >
            {t('training.team.export')}
          </Button>
        </Group>
        {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
        {pages.isPending && <Skeleton height={240} />}
        {pages.data && people.length === 0 && (
          <EmptyState title={t('training.team.none')} hint={t('training.team.none.help')} />
        )}
        {people.length > 0 && <People people={people} />}
        {pages.hasNextPage && (
          <Button
            variant="default"
            w="fit-content"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('training.team.more')}
          </Button>
        )}
        <TrainedSites />
      </div>
    </Page>
  )
}

function People({ people }: { people: readonly FollowedPerson[] }) {
  const t = useT()
  const { locale } = useLocale()
  const words = useStandingWords()
  const courses = useQuery(apiQuery(endpoints.listCourses, {})).data?.items ?? []
  const shown = courses.filter(({ state }) => state === 'published')
  return (
    <FigureTable label={t('training.team.people')}>
      <thead>
        <tr>
          <th scope="col">{t('training.team.person')}</th>
          {shown.map(({ id, title }) => (
            <th key={id} scope="col">
              {title[locale]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.accountId}>
            <th scope="row">{person.name}</th>
            {shown.map(({ id }) => {
              const standing = person.courses.find(({ courseId }) => courseId === id)
              return (
                <td key={id} title={standing && words(standing)}>
                  {standing ? <StandingBadge standing={standing} /> : '–'}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </FigureTable>
  )
}

function TrainedSites() {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.readTrainedSites, { query: {} }))
  const items = query.data?.items.filter(({ staff }) => staff > 0) ?? []
  if (items.length === 0) return null
  return (
    <Card title={t('training.team.sites')}>
      <p className="bo-line bo-quiet">{t('training.team.sites.help')}</p>
      <FigureTable label={t('training.team.sites')} narrow>
        <thead>
          <tr>
            <th scope="col">{t('training.team.site')}</th>
            <th scope="col">{t('training.team.trained')}</th>
            <th scope="col">%</th>
            <th scope="col">{t('training.team.late')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ siteId, name, staff, trained, share, late }) => (
            <tr key={siteId}>
              <th scope="row">{name}</th>
              <td>{`${trained} / ${staff}`}</td>
              <td>{share === null ? '–' : formatPercent(share, locale, 0)}</td>
              <td>{late}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Card>
  )
}
