import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Course, CourseContent } from '@ecluse/contracts/training.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'

const route = getRouteApi('/training/courses')
const tones = { draft: 'neutral', published: 'done', withdrawn: 'neutral' } as const
const none = { fr: '', en: '' }
const blank: Omit<CourseContent, 'title'> = {
  summary: none,
  lessons: [],
  questions: [],
  passPercent: 80,
  validMonths: null,
}

/** All courses, for those who write them. */
export function CoursesPage() {
  const t = useT()
  const navigate = route.useNavigate()
  const query = useQuery(apiQuery(endpoints.listCourses, {}))
  const create = useAct({
    act: (_: void, idempotencyKey) => {
      const draft = { ...blank, title: { fr: 'Nouvelle formation', en: 'New course' } }
      return call(endpoints.createCourse, { body: { draft } }, { idempotencyKey })
    },
    touches: ['/training'],
    onDone: ({ id }) => void navigate({ to: '/training/courses/$courseId', params: { courseId: id } }),
  })
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} loading={create.isPending} onClick={() => create.mutate()}>
      {t('training.new')}
    </Button>
  )
  return (
    <Page title={t('nav.trainingCourses')} summary={t('training.courses.summary')} acts={add}>
      <div className="bo-stack">
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={200} />}
        {query.data?.items.length === 0 && (
          <EmptyState title={t('training.courses.none')} hint={t('training.courses.none.help')} />
        )}
        {query.data?.items.map((course) => (
          <CourseCard key={course.id} course={course} />
        ))}
      </div>
    </Page>
  )
}

function CourseCard({ course }: { course: Course }) {
  const t = useT()
  const { locale } = useLocale()
  const { id, state, title, version, changed, people, passed } = course
  const name = title[locale] || title.fr
  return (
    <Card
      title={name}
      acts={
        <Link
          to="/training/courses/$courseId"
          params={{ courseId: id }}
          className="bo-link"
          aria-label={`${t('training.edit')} ${name}`}
        >
          {t('training.edit')}
        </Link>
      }
    >
      <p className="bo-line">
        <StateBadge tone={tones[state]}>{t(`training.course.${state}`)}</StateBadge>{' '}
        {version !== null && t('training.version', { version })}
        {changed && version !== null && ` · ${t('training.changed')}`}
      </p>
      {state === 'published' && (
        <p className="bo-line">{people === 0 ? t('training.nobody') : t('training.share', { passed, people })}</p>
      )}
    </Card>
  )
}
