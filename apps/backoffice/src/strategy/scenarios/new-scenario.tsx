import { Stack, Textarea, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { scenarioEndpoints, type Scenario } from '@ecluse/contracts/scenarios.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { useT } from '../../app/i18n.ts'
import { FormEnd } from '../../common/form-end.tsx'
import { FormProblem } from '../../common/form-problem.tsx'
import { useCheckedForm } from '../../common/use-checked-form.ts'

/** Begins a scenario: its numbers are read from the firm's figures, or taken from the one it copies. */
export function NewScenario({
  copyOf = null,
  onClose,
  onDone,
}: {
  copyOf?: Scenario | null
  onClose: () => void
  onDone: (scenario: Scenario) => void
}) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: {
      name: copyOf ? t('scenario.copyName', { name: copyOf.name }) : '',
      question: copyOf?.content.question ?? '',
    },
    schema: scenarioEndpoints.createScenario.body,
    toBody: (values) => ({ ...values, copyOf: copyOf?.id ?? null }),
    send: (body, idempotencyKey) => call(endpoints.createScenario, { body }, { idempotencyKey }),
    onDone: (scenario) => {
      void refresh('/strategy/scenarios')
      onDone(scenario)
    },
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <p className="bo-line bo-quiet">{t(copyOf ? 'scenario.copy.help' : 'scenario.new.help')}</p>
        <TextInput label={t('scenario.name')} required data-autofocus {...form.getInputProps('name')} />
        <Textarea
          label={t('scenario.question')}
          description={t('scenario.question.help')}
          autosize
          minRows={2}
          {...form.getInputProps('question')}
        />
        <FormEnd onCancel={onClose} busy={busy} label={t('scenario.begin')} />
      </Stack>
    </form>
  )
}
