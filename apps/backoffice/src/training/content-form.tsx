import { Button, Group, NumberInput, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { CourseContent } from '@ecluse/contracts/training.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { ItemActs } from './item-acts.tsx'
import { replaced } from './move-item.ts'
import { QuestionFields } from './question-fields.tsx'
import { TextPair } from './text-pair.tsx'
import './training.css'

type Props = { content: CourseContent; change: (patch: Partial<CourseContent>) => void }

const none = { fr: '', en: '' }

/** What a course says: its lessons and its quiz. */
export function ContentForm({ content, change }: Props) {
  const t = useT()
  return (
    <div className="bo-stack">
      <Card title={t('training.about')}>
        <Stack gap="md">
          <TextPair
            label={t('training.field.title')}
            max={160}
            value={content.title}
            onChange={(title) => change({ title })}
          />
          <TextPair
            label={t('training.field.summary')}
            rows={2}
            max={600}
            value={content.summary}
            onChange={(summary) => change({ summary })}
          />
          <Group align="end">
            <NumberInput
              label={t('training.field.pass')}
              min={1}
              max={100}
              allowDecimal={false}
              value={content.passPercent}
              onChange={(value) => typeof value === 'number' && change({ passPercent: value })}
            />
            <NumberInput
              label={t('training.field.valid')}
              min={1}
              max={120}
              allowDecimal={false}
              value={content.validMonths ?? ''}
              onChange={(value) => change({ validMonths: typeof value === 'number' ? value : null })}
            />
          </Group>
        </Stack>
      </Card>
      <Lessons content={content} change={change} />
      <Questions content={content} change={change} />
    </div>
  )
}

function Lessons({ content: { lessons }, change }: Props) {
  const t = useT()
  return (
    <Card title={t('training.lessons')}>
      <Stack gap="xl">
        {lessons.map((lesson, at) => {
          const name = t('training.lesson.number', { number: at + 1 })
          const set = (patch: Partial<typeof lesson>) =>
            change({ lessons: replaced(lessons, at, { ...lesson, ...patch }) })
          return (
            <Stack key={lesson.id} gap="md" className="bo-edited">
              <Group justify="space-between">
                <h3>{name}</h3>
                <ItemActs items={lessons} at={at} name={name} onChange={(next) => change({ lessons: next })} />
              </Group>
              <TextPair
                label={t('training.field.title')}
                name={name}
                max={160}
                value={lesson.title}
                onChange={(title) => set({ title })}
              />
              <TextPair
                label={t('training.field.body')}
                name={name}
                description={t('training.field.body.help')}
                rows={5}
                max={8000}
                value={lesson.body}
                onChange={(body) => set({ body })}
              />
            </Stack>
          )
        })}
        <Button
          variant="default"
          w="fit-content"
          disabled={lessons.length >= 30}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => change({ lessons: [...lessons, { id: crypto.randomUUID(), title: none, body: none }] })}
        >
          {t('training.lesson.add')}
        </Button>
      </Stack>
    </Card>
  )
}

const blankChoice = () => ({ id: crypto.randomUUID(), text: none, right: false })
const blankQuestion = () => ({
  id: crypto.randomUUID(),
  text: none,
  several: false,
  choices: [blankChoice(), blankChoice()],
  explanation: none,
})

function Questions({ content: { questions }, change }: Props) {
  const t = useT()
  return (
    <Card title={t('training.questions')}>
      <Stack gap="xl">
        {questions.map((question, at) => {
          const name = t('training.question.number', { number: at + 1 })
          return (
            <Stack key={question.id} gap="md" className="bo-edited">
              <Group justify="space-between">
                <h3>{name}</h3>
                <ItemActs items={questions} at={at} name={name} onChange={(next) => change({ questions: next })} />
              </Group>
              <QuestionFields
                question={question}
                name={name}
                onChange={(next) => change({ questions: replaced(questions, at, next) })}
              />
            </Stack>
          )
        })}
        <Button
          variant="default"
          w="fit-content"
          disabled={questions.length >= 50}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => change({ questions: [...questions, blankQuestion()] })}
        >
          {t('training.question.add')}
        </Button>
      </Stack>
    </Card>
  )
}
