import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { memoBodySchema, type DecisionMemo } from '@ecluse/contracts/memos.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FormProblem } from '../../common/form-problem.tsx'
import { useCheckedForm } from '../../common/use-checked-form.ts'

const nothing = 'nothing'

/** A memo that is not decided: its words, the choice, who carries it out, and when to look again. */
export function MemoForm({ memo }: { memo: DecisionMemo }) {
  const t = useT()
  const params = { memoId: memo.id }
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: valuesOf(memo),
    schema: memoBodySchema,
    toBody: (values) => ({
      ...values,
      chosenRunId: values.chosenRunId === nothing ? null : values.chosenRunId,
      reviewOn: values.reviewOn || null,
    }),
    send: (body) => call(endpoints.saveMemo, { params, body }),
    onDone: () => {
      tellDone(t('memo.saved'))
      void refresh('/strategy/memos')
    },
  })
  const decide = useAct({
    act: () => call(endpoints.decideMemo, { params }),
    touches: ['/strategy/memos'],
    done: () => t('memo.decided.done'),
  })
  return (
    <Card title={t('memo.decision')}>
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <FormProblem error={problem} />
          <TextInput label={t('memo.title')} required {...form.getInputProps('title')} />
          <Textarea label={t('memo.question')} autosize minRows={2} {...form.getInputProps('question')} />
          <Textarea label={t('memo.risks')} autosize minRows={2} {...form.getInputProps('risks')} />
          <Select
            label={t('memo.chosen')}
            allowDeselect={false}
            data={[
              { value: nothing, label: t('memo.chosen.none') },
              ...memo.options.map(({ runId, name, version }) => ({
                value: runId,
                label: `${name} (${t('scenario.version', { version })})`,
              })),
            ]}
            {...form.getInputProps('chosenRunId')}
          />
          <Textarea label={t('memo.decision')} autosize minRows={2} {...form.getInputProps('decision')} />
          <TextInput label={t('memo.owner')} {...form.getInputProps('owner')} />
          <TextInput type="date" label={t('memo.reviewOn')} {...form.getInputProps('reviewOn')} />
          <p className="bo-line bo-quiet">{t('memo.decide.help')}</p>
          <Group>
            <Button type="submit" variant="default" loading={busy}>
              {t('app.save')}
            </Button>
            <Button
              disabled={form.isDirty() && memo.decision === ''}
              loading={decide.isPending}
              onClick={() => decide.mutate()}
            >
              {t('memo.decide')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  )
}

const valuesOf = ({ title, question, risks, decision, chosenRunId, owner, reviewOn }: DecisionMemo) => ({
  title,
  question,
  risks,
  decision,
  chosenRunId: chosenRunId ?? nothing,
  owner,
  reviewOn: reviewOn ?? '',
})
