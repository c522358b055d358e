import { useState } from 'react'
import { Button, Group, Skeleton, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SourcingPolicy, SourcingRule, SourcingSettings } from '@ecluse/contracts/sourcing.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { PlaceSettings } from './place-settings.tsx'
import { RuleEditor } from './rule-editor.tsx'
import { TryOut } from './try-out.tsx'

/** The rules by which places are chosen: read, tried on an order one makes up, then put into force as a new version. */
export function SourcingPage() {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.getSourcingPolicy, {}))
  return (
    <Page title={t('nav.sourcing')} summary={t('sourcing.summary')}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {query.data && <Editor policy={query.data} />}
    </Page>
  )
}

function Editor({ policy }: { policy: SourcingPolicy }) {
  const t = useT()
  const locked = !useCan()('sourcing:write')
  const [rules, setRules] = useState<SourcingRule[]>(policy.rules)
  const [settings, setSettings] = useState<SourcingSettings>(policy.settings)
  const [version, setVersion] = useState(policy.version)
  // What is in force now is what is changed from now on; what is typed to try it out stays.
  if (version !== policy.version) {
    setVersion(policy.version)
    setRules(policy.rules)
    setSettings(policy.settings)
  }
  const changed = JSON.stringify([rules, settings]) !== JSON.stringify([policy.rules, policy.settings])
  const swap = (at: number, to: number) => {
    const next = [...rules]
    const [moved] = next.splice(at, 1)
    if (moved) next.splice(to, 0, moved)
    setRules(next)
  }
  return (
    <div className="bo-grid-2">
      <div key={version} className="bo-stack">
        <Card title={t('sourcing.rules')}>
          <ol className="bo-plain-list">
            {rules.map((rule, index) => (
              <RuleEditor
                key={rule.code}
                rule={rule}
                locked={locked}
                onChange={(next) => setRules(rules.map((one, at) => (at === index ? next : one)))}
                onUp={index > 0 ? () => swap(index, index - 1) : undefined}
                onDown={index < rules.length - 1 ? () => swap(index, index + 1) : undefined}
              />
            ))}
          </ol>
        </Card>
        <Card title={t('sourcing.places')}>
          <PlaceSettings settings={settings} locked={locked} onChange={setSettings} />
        </Card>
        {!locked && (
          <SaveCard
            policy={policy}
            draft={changed ? { rules, settings } : null}
            onDiscard={() => {
              setRules(policy.rules)
              setSettings(policy.settings)
            }}
          />
        )}
      </div>
      <div className="bo-stack">
        <Card title={t('sourcing.try')}>
          <p className="bo-quiet">{t(changed ? 'sourcing.try.draft' : 'sourcing.try.inForce')}</p>
          <TryOut rules={rules} settings={settings} />
        </Card>
        <Card title={t('sourcing.versions')}>
          <Versions />
        </Card>
      </div>
    </div>
  )
}

type Draft = Pick<SourcingPolicy, 'rules' | 'settings'>
type SaveProps = { policy: SourcingPolicy; draft: Draft | null; onDiscard: () => void }

/** Puts what was changed into force, or goes back to what is. */
function SaveCard({ policy, draft, onDiscard }: SaveProps) {
  const t = useT()
  const [note, setNote] = useState('')
  const save = useAct({
    act: () =>
      call(endpoints.saveSourcingPolicy, {
        body: {
          basedOn: policy.version,
          note: note.trim() || null,
          rules: draft?.rules ?? policy.rules,
          settings: draft?.settings ?? policy.settings,
        },
      }),
    touches: ['/sourcing-policy'],
    done: ({ version }) => t('sourcing.saved', { version }),
  })
  return (
    <Card title={t('sourcing.save.title')}>
      <TextInput
        label={t('sourcing.note')}
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="sm">
        <Button variant="default" disabled={!draft} onClick={onDiscard}>
          {t('sourcing.discard')}
        </Button>
        <Button disabled={!draft} loading={save.isPending} onClick={() => save.mutate()}>
          {t('sourcing.save')}
        </Button>
      </Group>
    </Card>
  )
}

function Versions() {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.listSourcingVersions, {}))
  const items = query.data?.items ?? []
  if (query.isPending) return <Skeleton height={60} />
  if (items.length === 0) return <p className="bo-quiet">{t('sourcing.versions.none')}</p>
  return (
    <ul className="bo-plain-list">
      {items.map(({ version, changedAt, changedBy, note }) => (
        <li key={version}>
          <strong>{t('sourcing.version', { version })}</strong>
          <span className="bo-quiet bo-block">
            {changedBy} {changedAt && <RelativeTime at={changedAt} />}
          </span>
          {note && <span className="bo-block">{note}</span>}
        </li>
      ))}
    </ul>
  )
}
