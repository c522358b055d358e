import { useRef, useState, type FormEvent } from 'react'
import { Button, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { purposes, subjects } from '@ecluse/contracts/consents.ts'
import type { MailContent } from '@ecluse/contracts/mail-templates.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { newIdempotencyKey } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { UndoButtons } from '../common/undo-buttons.tsx'
import { useHistory } from '../common/use-history.ts'
import { BlockList } from './block-list.tsx'
import type { TemplateDraft } from './draft.ts'
import { MailPreview } from './mail-preview.tsx'
import { VariableList } from './variable-list.tsx'

type Props = {
  start: TemplateDraft
  label: string
  save: (draft: TemplateDraft, key: string) => Promise<void>
}

/** A template being written, beside how its reader will see it. One language at a time; the other stays as it is. */
export function TemplateEditor({ start, label, save }: Props) {
  const t = useT()
  const { locale: own } = useLocale()
  const { history, set, undo, redo } = useHistory(() => draftOf(start))
  const draft = history.now
  const [locale, setLocale] = useState<Locale>(own)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const attempt = useRef({ body: '', key: '' })
  const setContent = (content: MailContent) => set((before) => ({ ...before, content }))

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (draft.name.trim() === '') return
    const body = JSON.stringify(draft)
    if (attempt.current.body !== body) attempt.current = { body, key: newIdempotencyKey() }
    setBusy(true)
    setProblem(null)
    try {
      await save(draft, attempt.current.key)
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="bo-template-form">
      <div className="bo-stack">
        {problem !== null && <ErrorNote error={problem} />}
        <About
          draft={draft}
          fresh={!('id' in start)}
          nameMissing={tried && draft.name.trim() === ''}
          onChange={(next) => set(() => next)}
        />
        <Card
          title={t('templates.words')}
          acts={
            <Group gap="xs">
              <UndoButtons history={history} undo={undo} redo={redo} />
              <SegmentedControl
                aria-label={t('templates.language')}
                size="xs"
                data={(['fr', 'en'] as const).map((value) => ({ value, label: t(`segments.language.${value}`) }))}
                value={locale}
                onChange={setLocale}
              />
            </Group>
          }
        >
          <Envelope content={draft.content} letter={draft.medium === 'letter'} locale={locale} onChange={setContent} />
          <BlockList
            blocks={draft.content.blocks}
            locale={locale}
            onChange={(blocks) => setContent({ ...draft.content, blocks })}
          />
        </Card>
        <VariableList content={draft.content} onChange={setContent} />
      </div>
      <aside className="bo-template-aside">
        <MailPreview draft={draft} templateId={'id' in start ? String(start.id) : null} locale={locale} />
        <End busy={busy} label={label} />
      </aside>
    </form>
  )
}

function End({ busy, label }: { busy: boolean; label: string }) {
  const can = useCan()
  if (!can('messages:write')) return null
  return (
    <Group justify="flex-end" mt="md">
      <Button type="submit" loading={busy}>
        {label}
      </Button>
    </Group>
  )
}

/** What is written, of a template that may be kept already. */
const draftOf = ({ name, purpose, medium, topic, content }: TemplateDraft): TemplateDraft => ({
  name,
  purpose,
  medium,
  topic,
  content,
})

function About({
  draft,
  fresh,
  nameMissing,
  onChange,
}: {
  draft: TemplateDraft
  /** Not kept yet: a template stays what it is begun as. */
  fresh: boolean
  nameMissing: boolean
  onChange: (draft: TemplateDraft) => void
}) {
  const t = useT()
  return (
    <Card title={t('templates.about')}>
      <Stack gap="md">
        <TextInput
          label={t('templates.name')}
          description={t('templates.name.help')}
          required
          maxLength={100}
          autoComplete="off"
          value={draft.name}
          error={nameMissing ? t('field.required') : undefined}
          onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        />
        {fresh && (
          <Select
            label={t('templates.medium')}
            description={t(`templates.medium.${draft.medium}.help`)}
            allowDeselect={false}
            data={(['email', 'letter'] as const).map((value) => ({ value, label: t(`consents.medium.${value}`) }))}
            value={draft.medium}
            onChange={(medium) => medium && onChange({ ...draft, medium })}
          />
        )}
        <Select
          label={t('templates.purpose')}
          description={t(`templates.purpose.${draft.purpose}.help`)}
          allowDeselect={false}
          data={purposes.map((value) => ({ value, label: t(`templates.purpose.${value}`) }))}
          value={draft.purpose}
          onChange={(purpose) => purpose && onChange({ ...draft, purpose })}
        />
        {draft.purpose === 'marketing' && (
          <Select
            label={t('templates.topic')}
            description={t('templates.topic.help')}
            clearable
            data={subjects.map((value) => ({ value, label: t(`templates.topic.${value}`) }))}
            value={draft.topic}
            onChange={(topic) => onChange({ ...draft, topic })}
          />
        )}
      </Stack>
    </Card>
  )
}

function Envelope({
  content,
  letter,
  locale,
  onChange,
}: {
  content: MailContent
  letter: boolean
  locale: Locale
  onChange: (content: MailContent) => void
}) {
  const t = useT()
  return (
    <Stack gap="md" mb="md">
      {(letter ? (['subject', 'title'] as const) : (['subject', 'preheader', 'title'] as const)).map((field) => (
        <TextInput
          key={field}
          label={t(`templates.${field}`)}
          description={letter ? undefined : t(`templates.${field}.help`)}
          maxLength={200}
          autoComplete="off"
          lang={locale}
          value={content[field][locale]}
          onChange={(event) =>
            onChange({ ...content, [field]: { ...content[field], [locale]: event.currentTarget.value } })
          }
        />
      ))}
    </Stack>
  )
}
