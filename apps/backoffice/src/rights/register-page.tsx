import { useState, type FormEvent } from 'react'
import { Button, Group, Skeleton, Stack, Textarea, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { registerContentSchema, type ProcessingRegister, type RegisterContent } from '@ecluse/contracts/register.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Disclosure } from '../common/disclosure.tsx'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { RightsTabs } from './rights-tabs.tsx'

/** The register of processing: what the software does with data of people, and what only the firm can say of it. */
export function RegisterPage() {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.getRegister, { query: { locale } }))
  const register = query.data
  const file = (path: string) => urlOf(path, {}, { locale })
  return (
    <Page
      title={t('nav.rights')}
      summary={t('register.lead')}
      acts={
        <>
          <Button
            component="a"
            variant="default"
            href={file(endpoints.getRegisterCsv.path)}
            download
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            CSV
          </Button>
          <Button
            component="a"
            variant="default"
            href={file(endpoints.getRegisterPdf.path)}
            download
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            PDF
          </Button>
        </>
      }
    >
      <RightsTabs here="register" />
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
      {register && (
        <div className="bo-grid-2">
          <div className="bo-stack">
            {register.activities.map((activity) => (
              <ActivityCard key={activity.activity} activity={activity} />
            ))}
          </div>
          <RegisterForm key={register.version} register={register} />
        </div>
      )}
    </Page>
  )
}

function ActivityCard({ activity: one }: { activity: ProcessingRegister['activities'][number] }) {
  const t = useT()
  return (
    <Card title={t(`register.activity.${one.activity}`)}>
      <Facts
        facts={[
          [t('register.purpose'), one.purpose],
          [t('register.basis'), t(`register.basis.${one.basis}`)],
          [t('register.people'), one.people],
          [t('register.retention'), one.retention],
          [t('register.recipients'), one.recipients.join(', ')],
        ]}
      />
      <Disclosure label={t('register.categories', { count: one.categories.length })}>
        <p className="bo-line bo-quiet">{one.categories.join(' · ')}</p>
      </Disclosure>
    </Card>
  )
}

/** Who said it last, and when. */
function SaidBy({ register: { since, actor } }: { register: ProcessingRegister }) {
  const t = useT()
  const { locale } = useLocale()
  if (since === null) return <span />
  const said = { at: formatDate(since, locale, 'dateTime'), actor: actor ?? '' }
  return <span className="bo-quiet">{t('register.since', said)}</span>
}

const submitting = (act: () => void) => (event: FormEvent) => {
  event.preventDefault()
  act()
}

function RegisterForm({ register }: { register: ProcessingRegister }) {
  const t = useT()
  const [draft, setDraft] = useState<RegisterContent>(register.content)
  const valid = registerContentSchema.safeParse(draft).success
  const save = useAct({
    act: (_: void, idempotencyKey) => call(endpoints.putRegister, { body: draft }, { idempotencyKey }),
    touches: ['/rights/register'],
    done: () => t('register.saved'),
  })
  const { controller, dpo } = draft
  const setController = (name: keyof typeof controller, value: string) =>
    setDraft({ ...draft, controller: { ...controller, [name]: value } })
  const missing = (name: string) => (register.missing.includes(name) ? t('register.missing') : undefined)
  const long = (name: 'recipients' | 'transfers' | 'security') => (
    <Textarea
      label={t(`register.${name}`)}
      description={missing(name) ?? t(`register.${name}.help`)}
      autosize
      minRows={2}
      maxLength={2_000}
      value={draft[name]}
      onChange={({ currentTarget: { value } }) => setDraft({ ...draft, [name]: value })}
    />
  )
  return (
    <Card title={t('register.firm')}>
      <form onSubmit={submitting(() => valid && save.mutate())}>
        <Stack gap="md">
          {(['name', 'address', 'email', 'phone'] as const).map((name) => (
            <TextInput
              key={name}
              label={t(`register.controller.${name}`)}
              description={missing(name)}
              maxLength={300}
              value={controller[name]}
              onChange={({ currentTarget: { value } }) => setController(name, value)}
            />
          ))}
          {(['name', 'email'] as const).map((name) => (
            <TextInput
              key={name}
              label={t(`register.dpo.${name}`)}
              maxLength={300}
              value={dpo[name]}
              onChange={({ currentTarget: { value } }) => setDraft({ ...draft, dpo: { ...dpo, [name]: value } })}
            />
          ))}
          <TextInput
            label={t('register.representative')}
            description={t('register.representative.help')}
            maxLength={300}
            value={draft.representative}
            onChange={({ currentTarget: { value } }) => setDraft({ ...draft, representative: value })}
          />
          {long('recipients')}
          {long('transfers')}
          {long('security')}
          <Group justify="space-between">
            <SaidBy register={register} />
            <Button type="submit" loading={save.isPending} disabled={!valid}>
              {t('app.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  )
}
