import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { MyCourse } from '@ecluse/contracts/training.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { StandingBadge, useStandingWords } from './standing-badge.tsx'

/** The courses one has to take, those to do first. */
export function MyCoursesPage() {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.listMyCourses, {}))
  return (
    <Page title={t('nav.training')} summary={t('training.summary')} narrow>
      <div className="bo-stack">
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={200} />}
        {query.data?.items.length === 0 && <EmptyState title={t('training.none')} hint={t('training.none.help')} />}
        {query.data?.items.map((course) => (
          <CourseCard key={course.courseId} course={course} />
        ))}
      </div>
    </Page>
  )
}

function CourseCard({ course }: { course: MyCourse }) {
  const t = useT()
  const { locale } = useLocale()
  const words = useStandingWords()
  return (
    <Card
      title={course.title[locale]}
      acts={
        <Link to="/training/$courseId" params={{ courseId: course.courseId }} className="bo-link">
          {t(course.state === 'passed' ? 'training.read' : 'training.open')}
          <span className="visually-hidden"> {course.title[locale]}</span>
        </Link>
      }
    >
      <p className="bo-line">
        <StandingBadge standing={course} /> {words(course)}
      </p>
      <p className="bo-line">{course.summary[locale]}</p>
      <p className="bo-line bo-quiet">
        {t('training.size', { lessons: course.lessons, questions: course.questions, pass: course.passPercent })}
      </p>
    </Card>
  )
}
