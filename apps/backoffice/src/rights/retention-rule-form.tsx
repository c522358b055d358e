import { useState, type FormEvent } from 'react'
import { Button, Group, NumberInput, Stack, Switch } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { retentionRuleSchema, type Retention, type RetentionRule } from '@ecluse/contracts/retention.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'

/** How long people are kept after their last act, how long before they are told, and whether anybody is erased at all. */
export function RetentionRuleForm({ retention }: { retention: Retention }) {
  const t = useT()
  const { locale } = useLocale()
  const [draft, setDraft] = useState<RetentionRule>(retention.rule)
  const valid = retentionRuleSchema.safeParse(draft).success
  const save = useAct({
    act: (_: void, idempotencyKey) => call(endpoints.putRetention, { body: draft }, { idempotencyKey }),
    touches: ['/rights/retention'],
    done: () => t('retention.saved'),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (valid) save.mutate()
  }
  const months = (name: keyof RetentionRule['months']) => (
    <NumberInput
      label={t(`retention.months.${name}`)}
      suffix={` ${t('retention.unit.months')}`}
      min={1}
      max={60}
      allowDecimal={false}
      value={draft.months[name]}
      onChange={(value) => setDraft({ ...draft, months: { ...draft.months, [name]: Number(value) } })}
    />
  )
  return (
    <Card title={t('retention.rule')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <p className="bo-line bo-quiet">{t('retention.rule.help')}</p>
          {months('prospect')}
          {months('customer')}
          <NumberInput
            label={t('retention.notice')}
            description={t('retention.notice.help')}
            suffix={` ${t('retention.unit.days')}`}
            min={14}
            max={90}
            allowDecimal={false}
            value={draft.noticeDays}
            onChange={(value) => setDraft({ ...draft, noticeDays: Number(value) })}
          />
          <Switch
            label={t('retention.on')}
            description={t('retention.on.help')}
            checked={draft.on}
            onChange={({ currentTarget: { checked } }) => setDraft({ ...draft, on: checked })}
          />
          <p className="bo-line bo-quiet">{t('retention.law')}</p>
          <Group justify="space-between">
            <span className="bo-quiet">
              {retention.since &&
                t('retention.since', {
                  at: formatDate(retention.since, locale, 'dateTime'),
                  actor: retention.actor ?? '',
                })}
            </span>
            <Button type="submit" loading={save.isPending} disabled={!valid}>
              {t('app.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  )
}
