import { useState } from 'react'
import { Button, Checkbox, Radio, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PutQuestion, TrainingAttempt } from '@ecluse/contracts/training.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call, queryClient } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { Page } from '../common/page.tsx'
import { AttemptResult } from './attempt-result.tsx'
import './training.css'

const route = getRouteApi('/training/attempts/$attemptId')

/** A quiz: its questions, and once they are handed in, what was right and why. */
export function AttemptPage() {
  const t = useT()
  const { locale } = useLocale()
  const { attemptId } = route.useParams()
  const query = useQuery(apiQuery(endpoints.readTrainingAttempt, { params: { attemptId } }))
  const { data } = query
  return (
    <Page
      title={data?.title[locale] ?? t('training.quiz')}
      back={data ? { to: `/training/${data.courseId}`, label: t('training.back') } : undefined}
      narrow
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {data &&
        (data.handedInAt === null ? <Questions key={attemptId} attempt={data} /> : <AttemptResult attempt={data} />)}
      {query.isError && (
        <Link to="/training" className="bo-link">
          {t('nav.training')}
        </Link>
      )}
    </Page>
  )
}

function Questions({ attempt: { attemptId, questions } }: { attempt: TrainingAttempt }) {
  const t = useT()
  const [answers, setAnswers] = useState<Readonly<Record<string, string[]>>>({})
  const [tried, setTried] = useState(false)
  const left = questions.filter(({ id }) => (answers[id] ?? []).length === 0).length
  const handIn = useAct({
    act: (_: void, idempotencyKey) => {
      const body = { answers: questions.map(({ id }) => ({ questionId: id, choiceIds: answers[id] ?? [] })) }
      return call(endpoints.handInTrainingAttempt, { params: { attemptId }, body }, { idempotencyKey })
    },
    touches: ['/training'],
    onDone: (judged) => {
      queryClient.setQueryData(apiQuery(endpoints.readTrainingAttempt, { params: { attemptId } }).queryKey, judged)
      window.scrollTo(0, 0)
    },
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (left === 0) handIn.mutate()
      }}
    >
      <Stack gap="xl">
        {questions.map((question, at) => (
          <Question
            key={question.id}
            question={question}
            number={t('training.question.of', { number: at + 1, count: questions.length })}
            chosen={answers[question.id] ?? []}
            onChange={(chosen) => setAnswers({ ...answers, [question.id]: chosen })}
          />
        ))}
        {tried && left > 0 && <FormProblem error={new Error(t('training.left', { count: left }))} />}
        <Button type="submit" w="fit-content" loading={handIn.isPending}>
          {t('training.handIn')}
        </Button>
      </Stack>
    </form>
  )
}

function Question({
  question: { text, several, choices },
  number,
  chosen,
  onChange,
}: {
  question: PutQuestion
  number: string
  chosen: string[]
  onChange: (chosen: string[]) => void
}) {
  const t = useT()
  const { locale } = useLocale()
  if (several)
    return (
      <Checkbox.Group
        label={text[locale]}
        description={`${number} · ${t('training.several')}`}
        value={chosen}
        onChange={onChange}
      >
        <Stack gap="sm" mt="sm">
          {choices.map(({ id, text: words }) => (
            <Checkbox key={id} value={id} label={words[locale]} />
          ))}
        </Stack>
      </Checkbox.Group>
    )
  return (
    <Radio.Group
      label={text[locale]}
      description={`${number} · ${t('training.one')}`}
      value={chosen[0] ?? null}
      onChange={(id) => onChange([id])}
    >
      <Stack gap="sm" mt="sm">
        {choices.map(({ id, text: words }) => (
          <Radio key={id} value={id} label={words[locale]} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
