import { useRef, useState, type FormEvent } from 'react'
import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import type { SegmentRule } from '@ecluse/contracts/segments.ts'
import { newIdempotencyKey } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { finished, type SegmentDraft } from './draft.ts'
import { LiveCount } from './live-count.tsx'
import { RuleBuilder } from './rule-builder.tsx'
import './segments.css'

type Props = {
  start: SegmentDraft
  label: string
  save: (draft: SegmentDraft & { rule: SegmentRule }, key: string) => Promise<void>
  onCancel: () => void
}

/** A segment being written: its name, its rule, and beside it how many it describes. */
export function SegmentForm({ start, label, save, onCancel }: Props) {
  const t = useT()
  const [draft, setDraft] = useState(start)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const attempt = useRef({ body: '', key: '' })
  const rule = finished(draft.rule)
  const named = draft.name.trim() !== ''

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (!rule || !named) return
    const body = JSON.stringify(draft)
    if (attempt.current.body !== body) attempt.current = { body, key: newIdempotencyKey() }
    setBusy(true)
    setProblem(null)
    try {
      await save({ ...draft, rule }, attempt.current.key)
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="bo-segment-form">
      <div className="bo-stack">
        {problem !== null && <ErrorNote error={problem} />}
        <About draft={draft} nameMissing={tried && !named} onChange={setDraft} />
        <RuleBuilder rule={draft.rule} onChange={(next) => setDraft({ ...draft, rule: next })} />
      </div>
      <aside className="bo-segment-aside">
        <Card title={t('segments.count')}>
          <LiveCount rule={draft.rule} />
          {tried && !rule && (
            <p role="alert" className="bo-line bo-segment-problem">
              {t('segments.unfinished')}
            </p>
          )}
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={onCancel}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {label}
            </Button>
          </Group>
        </Card>
      </aside>
    </form>
  )
}

type AboutProps = { draft: SegmentDraft; nameMissing: boolean; onChange: (draft: SegmentDraft) => void }

function About({ draft, nameMissing, onChange }: AboutProps) {
  const t = useT()
  return (
    <Card title={t('segments.about')}>
      <Stack gap="md">
        <TextInput
          label={t('segments.name')}
          required
          maxLength={100}
          autoComplete="off"
          value={draft.name}
          error={nameMissing ? t('field.required') : undefined}
          onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        />
        <Textarea
          label={t('segments.description')}
          description={t('segments.description.help')}
          maxLength={500}
          autosize
          minRows={2}
          value={draft.description}
          onChange={(event) => onChange({ ...draft, description: event.currentTarget.value })}
        />
      </Stack>
    </Card>
  )
}
