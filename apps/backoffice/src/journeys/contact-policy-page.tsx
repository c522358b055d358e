import { useState } from 'react'
import { ActionIcon, Button, Checkbox, Group, NumberInput, Select, Skeleton } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { media } from '@ecluse/contracts/consents.ts'
import { treatments } from '@ecluse/contracts/treatments.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { contactPolicySchema, type ContactPolicy } from '@ecluse/contracts/journeys.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { Page } from '../common/page.tsx'
import { replaced } from '../segments/draft.ts'
import './journeys.css'
import './journey-people.css'

const microsOfEuro = 1_000_000

/** How often customers may be contacted, when not, what contacts cost, and who is left alone to measure it all. */
export function ContactPolicyPage() {
  const t = useT()
  const query = useQuery({ ...apiQuery(endpoints.getContactPolicy, {}), refetchOnWindowFocus: false })
  return (
    <Page
      title={t('nav.contactPolicy')}
      summary={t('policy.summary')}
      back={{ to: '/journeys', label: t('nav.journeys') }}
      narrow
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
      {query.data && <PolicyForm start={query.data} />}
    </Page>
  )
}

type PartProps = { policy: ContactPolicy; onChange: (patch: Partial<ContactPolicy>) => void }

function PolicyForm({ start }: { start: ContactPolicy }) {
  const t = useT()
  const can = useCan()
  const [policy, setPolicy] = useState(start)
  const [tried, setTried] = useState(false)
  const editable = can('campaigns:write')
  const whole = contactPolicySchema.safeParse(policy).success
  const save = useAct({
    act: () => call(endpoints.putContactPolicy, { body: policy }),
    touches: ['/contact-policy', '/journeys'],
    done: () => t('policy.saved'),
    undo: () => call(endpoints.putContactPolicy, { body: start }).then(() => setPolicy(start)),
    quiet: true,
  })
  const onChange = (patch: Partial<ContactPolicy>) => setPolicy({ ...policy, ...patch })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (whole) save.mutate()
      }}
    >
      <fieldset disabled={!editable} className="bo-journey-plain-set bo-stack">
        <FormProblem error={save.error ?? (tried && !whole ? new Error(t('field.seeBelow')) : null)} />
        <Caps policy={policy} onChange={onChange} />
        <Quiet policy={policy} onChange={onChange} />
        <HeldOut policy={policy} onChange={onChange} />
        <Costs policy={policy} onChange={onChange} />
        {editable && (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {t('app.save')}
            </Button>
          </Group>
        )}
      </fieldset>
    </form>
  )
}

const all = 'all'

type Cap = ContactPolicy['caps'][number]

function Caps({ policy: { caps }, onChange }: PartProps) {
  const t = useT()
  return (
    <Card title={t('policy.caps')}>
      <div className="bo-journey-fields">
        <p className="bo-line bo-quiet">{t('policy.caps.help')}</p>
        {caps.map((cap, at) => (
          <CapRow
            key={at}
            cap={cap}
            number={at + 1}
            onChange={(next) => onChange({ caps: replaced(caps, at, next) })}
          />
        ))}
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={caps.length >= 20}
            onClick={() => onChange({ caps: [...caps, { medium: null, contacts: 3, days: 7 }] })}
          >
            {t('policy.cap.add')}
          </Button>
        </div>
      </div>
    </Card>
  )
}

/** So many contacts in so many days, by a medium or all, for one treatment or all; undefined takes the row away. */
function CapRow({ cap, number, onChange }: { cap: Cap; number: number; onChange: (next: Cap | undefined) => void }) {
  const t = useT()
  const count = (value: string | number) => (typeof value === 'number' ? value : 0)
  return (
    <div className="bo-policy-row" role="group" aria-label={t('policy.cap', { number })}>
      <Select
        label={t('policy.medium')}
        allowDeselect={false}
        data={[
          { value: all, label: t('policy.medium.all') },
          ...media.map((value) => ({ value, label: t(`journeys.medium.${value}`) })),
        ]}
        value={cap.medium ?? all}
        onChange={(medium) => onChange({ ...cap, medium: media.find((one) => one === medium) ?? null })}
      />
      <Select
        label={t('policy.treatment')}
        allowDeselect={false}
        data={[
          { value: all, label: t('policy.treatment.all') },
          ...treatments.map((value) => ({ value, label: t(`treatments.${value}`) })),
        ]}
        value={cap.treatment ?? all}
        onChange={(value) => onChange({ ...cap, treatment: treatments.find((one) => one === value) ?? null })}
      />
      <NumberInput
        label={t('policy.contacts')}
        min={0}
        max={1_000}
        allowDecimal={false}
        value={cap.contacts}
        onChange={(contacts) => onChange({ ...cap, contacts: count(contacts) })}
      />
      <NumberInput
        label={t('policy.days')}
        min={1}
        max={366}
        allowDecimal={false}
        value={cap.days || ''}
        error={cap.days < 1 ? t('field.required') : undefined}
        onChange={(days) => onChange({ ...cap, days: count(days) })}
      />
      <ActionIcon
        variant="subtle"
        size={36}
        aria-label={t('policy.cap.remove', { number })}
        onClick={() => onChange(undefined)}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </div>
  )
}

const hours = Array.from({ length: 24 }, (_, hour) => String(hour))

function Quiet({ policy: { quiet }, onChange }: PartProps) {
  const t = useT()
  const data = hours.map((value) => ({ value, label: t('journeys.hour', { hour: value }) }))
  return (
    <Card title={t('policy.quiet')}>
      <div className="bo-journey-fields">
        <p className="bo-line bo-quiet">{t('policy.quiet.help')}</p>
        <Checkbox
          label={t('policy.quiet.on')}
          checked={quiet !== null}
          onChange={(event) => onChange({ quiet: event.currentTarget.checked ? { from: 21, until: 8 } : null })}
        />
        {quiet && (
          <div className="bo-journey-pair">
            {(['from', 'until'] as const).map((end) => (
              <Select
                key={end}
                label={t(`policy.quiet.${end}`)}
                allowDeselect={false}
                data={data}
                value={String(quiet[end])}
                onChange={(hour) => hour && onChange({ quiet: { ...quiet, [end]: Number(hour) } })}
              />
            ))}
          </div>
        )}
      </div>
    </Card>
  )
}

function HeldOut({ policy: { heldOutPercent }, onChange }: PartProps) {
  const t = useT()
  return (
    <Card title={t('policy.heldOut')}>
      <div className="bo-journey-settings">
        <NumberInput
          label={t('policy.heldOut.share')}
          description={t('policy.heldOut.help')}
          min={0}
          max={50}
          suffix=" %"
          value={heldOutPercent}
          onChange={(share) => onChange({ heldOutPercent: typeof share === 'number' ? share : 0 })}
        />
      </div>
    </Card>
  )
}

function Costs({ policy: { costs, marginPercent }, onChange }: PartProps) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <Card title={t('policy.costs')}>
      <div className="bo-journey-settings">
        <p className="bo-line bo-quiet">{t('policy.costs.help')}</p>
        {media.map((medium) => {
          const micro = costs.find((one) => one.medium === medium)?.micro ?? 0
          return (
            <NumberInput
              key={medium}
              label={t('policy.cost.of', { medium: t(`journeys.medium.${medium}`) })}
              min={0}
              max={1_000}
              decimalScale={6}
              allowedDecimalSeparators={[',', '.']}
              suffix={locale === 'fr' ? '\u202f€' : ''}
              prefix={locale === 'fr' ? '' : '€'}
              hideControls
              value={micro / microsOfEuro}
              onChange={(euros) => {
                const next = Math.round((typeof euros === 'number' ? euros : 0) * microsOfEuro)
                onChange({ costs: [...costs.filter((one) => one.medium !== medium), { medium, micro: next }] })
              }}
            />
          )
        })}
        <NumberInput
          label={t('policy.margin')}
          description={t('policy.margin.help')}
          min={0}
          max={100}
          suffix=" %"
          value={marginPercent}
          onChange={(margin) => onChange({ marginPercent: typeof margin === 'number' ? margin : 0 })}
        />
      </div>
    </Card>
  )
}
