import { Button, Skeleton } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ResponseOf } from '@ecluse/contracts/endpoint.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatPercent } from '@ecluse/ui/format.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { LessonText } from './lesson-text.tsx'
import { StandingBadge, useStandingWords } from './standing-badge.tsx'
import './training.css'

const route = getRouteApi('/training/$courseId')

/** A course to read, then its quiz. */
export function CoursePage() {
  const t = useT()
  const { locale } = useLocale()
  const { courseId } = route.useParams()
  const query = useQuery(apiQuery(endpoints.readMyCourse, { params: { courseId } }))
  const { data } = query
  return (
    <Page
      title={data?.title[locale] ?? t('nav.training')}
      badge={data && <StandingBadge standing={data} />}
      summary={data?.summary[locale]}
      back={{ to: '/training', label: t('nav.training') }}
      narrow
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {data && (
        <div className="bo-stack">
          {data.content.map((lesson) => (
            <Card key={lesson.id} title={lesson.title[locale]}>
              <LessonText body={lesson.body[locale]} />
            </Card>
          ))}
          <Quiz course={data} />
        </div>
      )}
    </Page>
  )
}

function Quiz({ course }: { course: ResponseOf<typeof endpoints.readMyCourse> }) {
  const t = useT()
  const { locale } = useLocale()
  const words = useStandingWords()
  const navigate = route.useNavigate()
  const { courseId, made } = course
  const open = made.some(({ handedInAt }) => handedInAt === null)
  const start = useAct({
    act: (_: void, idempotencyKey) =>
      call(endpoints.startTrainingAttempt, { params: { courseId } }, { idempotencyKey }),
    touches: ['/training'],
    onDone: ({ attemptId }) => void navigate({ to: '/training/attempts/$attemptId', params: { attemptId } }),
  })
  const done = made.filter(({ handedInAt }) => handedInAt !== null)
  return (
    <Card title={t('training.quiz')}>
      <p className="bo-line">
        {t('training.quiz.help', { questions: course.questions, pass: course.passPercent })} {words(course)}
      </p>
      <Button
        w="fit-content"
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        loading={start.isPending}
        onClick={() => start.mutate()}
      >
        {t(open ? 'training.quiz.resume' : done.length > 0 ? 'training.quiz.again' : 'training.quiz.start')}
      </Button>
      {done.length > 0 && (
        <ul aria-label={t('training.made')} className="bo-choices">
          {done.map(({ attemptId, handedInAt, score, passed }) => (
            <li key={attemptId}>
              <Link to="/training/attempts/$attemptId" params={{ attemptId }} className="bo-link">
                {formatDate(handedInAt ?? '', locale, 'dateTime')}
              </Link>
              <span>{formatPercent((score ?? 0) / 100, locale, 0)}</span>
              <span>{t(passed ? 'training.passed' : 'training.failed')}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
