import { useState, type FormEvent } from 'react'
import { Button, Group, NumberInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { treatmentPolicySchema, type TreatmentPolicy } from '@ecluse/contracts/treatments.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'

/** From when on a customer is relational, and until when. */
export function TreatmentPolicyForm({ policy }: { policy: TreatmentPolicy }) {
  const t = useT()
  const can = useCan()
  const [draft, setDraft] = useState(policy)
  const read = treatmentPolicySchema.safeParse(draft)
  const problems = new Set(read.error?.issues.map(({ path }) => String(path[0])))
  const save = useAct({
    act: () => call(endpoints.putTreatmentPolicy, { body: draft }),
    touches: ['/treatments'],
    done: () => t('treatments.policy.saved'),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (read.success) save.mutate()
  }
  const readOnly = !can('segments:write')
  const fields = { draft, setDraft, problems, readOnly }
  return (
    <Card title={t('treatments.policy')}>
      <form onSubmit={submit}>
        <p className="bo-line bo-quiet">{t('treatments.policy.help')}</p>
        <div className="bo-policy-fields">
          <WorthField name="enterValueMinor" {...fields} />
          <WorthField name="leaveValueMinor" {...fields} />
          <ChanceField name="enterActive" {...fields} />
          <ChanceField name="leaveActive" {...fields} />
        </div>
        {!readOnly && (
          <Group justify="flex-end" mt="md">
            <Button type="submit" loading={save.isPending} disabled={!read.success}>
              {t('app.save')}
            </Button>
          </Group>
        )}
      </form>
    </Card>
  )
}

type FieldProps<Name> = {
  name: Name
  draft: TreatmentPolicy
  setDraft: (draft: TreatmentPolicy) => void
  problems: ReadonlySet<string>
  readOnly: boolean
}

function WorthField(props: FieldProps<'enterValueMinor' | 'leaveValueMinor'>) {
  const t = useT()
  const { name, draft, setDraft, problems, readOnly } = props
  return (
    <MoneyInput
      label={t(`treatments.policy.${name}`)}
      value={draft[name]}
      readOnly={readOnly}
      error={problems.has(name) && t('treatments.policy.order')}
      onChange={(amount) => setDraft({ ...draft, [name]: amount ?? 0 })}
    />
  )
}

function ChanceField(props: FieldProps<'enterActive' | 'leaveActive'>) {
  const t = useT()
  const { name, draft, setDraft, problems, readOnly } = props
  return (
    <NumberInput
      label={t(`treatments.policy.${name}`)}
      min={0}
      max={100}
      suffix=" %"
      allowDecimal={false}
      readOnly={readOnly}
      value={Math.round(draft[name] * 100)}
      error={problems.has(name) && t('treatments.policy.order')}
      onChange={(value) => setDraft({ ...draft, [name]: Number(value) / 100 })}
    />
  )
}
