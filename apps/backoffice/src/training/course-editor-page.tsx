import { useState } from 'react'
import { Button, Checkbox, Group, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { courseGaps, type CourseContent, type CourseDetail } from '@ecluse/contracts/training.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { PageTabs } from '../common/page-tabs.tsx'
import { AssignmentForm } from './assignment-form.tsx'
import { ContentForm } from './content-form.tsx'
import { LessonText } from './lesson-text.tsx'

const route = getRouteApi('/training/courses/$courseId')
const tabs = ['write', 'people', 'preview', 'versions'] as const
const touches = ['/training'] as const

/** A course as its authors write it. */
export function CourseEditorPage() {
  const t = useT()
  const { locale } = useLocale()
  const { courseId } = route.useParams()
  const query = useQuery(apiQuery(endpoints.readCourse, { params: { courseId } }))
  const { data } = query
  return (
    <Page
      title={data ? data.title[locale] : t('nav.trainingCourses')}
      summary={data && t(`training.course.${data.state}`)}
      back={{ to: '/training/courses', label: t('nav.trainingCourses') }}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {data && <Editor key={courseId} course={data} />}
    </Page>
  )
}

function Editor({ course }: { course: CourseDetail }) {
  const t = useT()
  const [tab, setTab] = useState<(typeof tabs)[number]>('write')
  const [content, setContent] = useState<CourseContent>(course.draft)
  const save = useAct({
    act: () => {
      const body = { revision: course.revision, draft: content }
      return call(endpoints.writeCourse, { params: { courseId: course.id }, body })
    },
    touches,
    done: () => t('training.saved'),
    onDone: ({ draft }) => setContent(draft),
  })
  const unsaved = JSON.stringify(content) !== JSON.stringify(course.draft)
  return (
    <div className="bo-stack">
      <PageTabs
        label={t('training.tab')}
        tabs={tabs}
        value={tab}
        nameOf={(one) => t(`training.tab.${one}`)}
        onChange={setTab}
      >
        {(shown) => {
          if (shown === 'people') return <AssignmentForm course={course} />
          if (shown === 'preview') return <Preview content={content} />
          if (shown === 'versions') return <Versions course={course} />
          return <ContentForm content={content} change={(patch) => setContent({ ...content, ...patch })} />
        }}
      </PageTabs>
      <Group>
        <Button disabled={!unsaved} loading={save.isPending} onClick={() => save.mutate()}>
          {t('app.save')}
        </Button>
      </Group>
      <Publish course={course} content={content} unsaved={unsaved} />
    </div>
  )
}

function Publish({ course, content, unsaved }: { course: CourseDetail; content: CourseContent; unsaved: boolean }) {
  const t = useT()
  const navigate = route.useNavigate()
  const [retake, setRetake] = useState(false)
  const { id: courseId, revision, state, changed } = course
  const params = { courseId }
  const publish = useAct({
    act: () => call(endpoints.publishCourse, { params, body: { revision, retake } }),
    touches,
    done: ({ version }) => t('training.published', { version: version ?? 0 }),
  })
  const withdraw = useAct({
    act: () => call(endpoints.withdrawCourse, { params }),
    touches,
    done: () => t('training.withdrawn'),
  })
  const remove = useAct({
    act: () => call(endpoints.deleteCourse, { params }),
    touches: ['/training/courses'],
    done: () => t('training.deleted'),
    onDone: () => void navigate({ to: '/training/courses' }),
  })
  const gaps = courseGaps(content)
  return (
    <Card title={t('training.publish')}>
      {gaps.length > 0 && (
        <div role="status">
          <p className="bo-line">{t('training.gaps')}</p>
          <ul>
            {gaps.map(({ kind, question }) => (
              <li key={`${kind} ${question}`}>
                {question !== null && `${t('training.question.number', { number: question })} : `}
                {t(`training.gap.${kind}`)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {unsaved && <p className="bo-line bo-quiet">{t('training.unsaved')}</p>}
      {course.version !== null && (
        <Checkbox
          label={t('training.publish.retake')}
          checked={retake}
          onChange={(event) => setRetake(event.currentTarget.checked)}
        />
      )}
      <Group>
        <Button
          disabled={unsaved || gaps.length > 0 || (state === 'published' && !changed && !retake)}
          loading={publish.isPending}
          onClick={() => publish.mutate()}
        >
          {t('training.publish')}
        </Button>
        {state === 'published' && (
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {t('training.withdraw')}
          </Button>
        )}
        {state === 'draft' && (
          <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('training.delete')}
          </Button>
        )}
      </Group>
    </Card>
  )
}

function Preview({ content: { lessons, questions } }: { content: CourseContent }) {
  const { locale } = useLocale()
  return (
    <div className="bo-stack">
      {lessons.map(({ id, title, body }) => (
        <Card key={id} title={title[locale]}>
          <LessonText body={body[locale]} />
        </Card>
      ))}
      {questions.map(({ id, text, choices }) => (
        <Card key={id} title={text[locale]}>
          <ul>
            {choices.map((choice) => (
              <li key={choice.id}>{choice.text[locale]}</li>
            ))}
          </ul>
        </Card>
      ))}
    </div>
  )
}

function Versions({ course: { versions } }: { course: CourseDetail }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <Card title={t('training.tab.versions')}>
      {versions.length === 0 && <p className="bo-line">{t('training.versions.none')}</p>}
      <ul>
        {versions.map(({ version, publishedAt, publishedBy, attempts }) => (
          <li key={version}>
            {t('training.versions.line', {
              version,
              day: formatDate(publishedAt, locale, 'day'),
              by: publishedBy ?? '–',
              attempts,
            })}
          </li>
        ))}
      </ul>
    </Card>
  )
}
