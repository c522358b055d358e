import { Button, Checkbox, Group, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { TrainingQuestion } from '@ecluse/contracts/training.ts'
import { useT } from '../app/i18n.ts'
import { ItemActs } from './item-acts.tsx'
import { replaced } from './move-item.ts'
import { TextPair } from './text-pair.tsx'

/** A question with its choices and what is said once it was answered. */
export function QuestionFields({
  question,
  name,
  onChange,
}: {
  question: TrainingQuestion
  name: string
  onChange: (question: TrainingQuestion) => void
}) {
  const t = useT()
  const { choices } = question
  const change = (patch: Partial<TrainingQuestion>) => onChange({ ...question, ...patch })
  return (
    <Stack gap="md">
      <TextPair
        label={t('training.field.question')}
        name={name}
        rows={2}
        max={600}
        value={question.text}
        onChange={(text) => change({ text })}
      />
      <Checkbox
        label={t('training.field.several')}
        checked={question.several}
        onChange={(event) => change({ several: event.currentTarget.checked })}
      />
      <ChoiceFields choices={choices} name={name} onChange={(next) => change({ choices: next })} />
      <Button
        variant="default"
        w="fit-content"
        disabled={choices.length >= 8}
        leftSection={<IconPlus size={16} aria-hidden />}
        aria-label={`${t('training.choice.add')} : ${name}`}
        onClick={() =>
          change({ choices: [...choices, { id: crypto.randomUUID(), text: { fr: '', en: '' }, right: false }] })
        }
      >
        {t('training.choice.add')}
      </Button>
      <TextPair
        label={t('training.field.explanation')}
        name={name}
        rows={2}
        max={1500}
        value={question.explanation}
        onChange={(explanation) => change({ explanation })}
      />
    </Stack>
  )
}

function ChoiceFields({
  choices,
  name,
  onChange,
}: {
  choices: TrainingQuestion['choices']
  name: string
  onChange: (choices: TrainingQuestion['choices']) => void
}) {
  const t = useT()
  return choices.map((choice, at) => {
    const own = t('training.choice.number', { number: at + 1 })
    const set = (patch: Partial<typeof choice>) => onChange(replaced(choices, at, { ...choice, ...patch }))
    return (
      <Stack key={choice.id} gap="xs">
        <TextPair label={own} name={name} max={400} value={choice.text} onChange={(text) => set({ text })} />
        <Group justify="space-between">
          <Checkbox
            label={t('training.field.right')}
            aria-label={`${name}, ${own} : ${t('training.field.right')}`}
            checked={choice.right}
            onChange={(event) => set({ right: event.currentTarget.checked })}
          />
          <ItemActs items={choices} at={at} name={`${name}, ${own}`} onChange={onChange} />
        </Group>
      </Stack>
    )
  })
}
