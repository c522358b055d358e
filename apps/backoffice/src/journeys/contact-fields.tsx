import { Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { media, subjects } from '@ecluse/contracts/consents.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { JourneyNodeOf } from '@ecluse/contracts/journey-graph.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Disclosure } from '../common/disclosure.tsx'

export type Contact = Pick<JourneyNodeOf<'message'>, 'medium' | 'purpose' | 'subject' | 'content' | 'templateId'>
type Props = { contact: Contact; onChange: (patch: Partial<Contact>) => void }

/** Characters of one text message of the plainest kind; what is longer is sent in parts, each paid for. */
const onePart = 160

/** What is sent: by which medium, for what, and its words or its template. */
export function ContactFields({ contact, onChange }: Props) {
  const t = useT()
  const { medium, purpose, subject, templateId } = contact
  return (
    <>
      <Select
        label={t('journeys.message.medium')}
        allowDeselect={false}
        data={media.map((value) => ({ value, label: t(`journeys.medium.${value}`) }))}
        value={medium}
        onChange={(next) => next && onChange({ medium: next, templateId: null })}
      />
      <Select
        label={t('journeys.message.purpose')}
        description={t('journeys.message.purpose.help')}
        allowDeselect={false}
        data={(['marketing', 'survey'] as const).map((value) => ({ value, label: t(`journeys.purpose.${value}`) }))}
        value={purpose}
        onChange={(next) => next && onChange({ purpose: next })}
      />
      {purpose === 'marketing' && (
        <Select
          label={t('journeys.message.about')}
          allowDeselect={false}
          data={subjects.map((value) => ({ value, label: t(`journeys.subject.${value}`) }))}
          value={subject}
          onChange={(next) => next && onChange({ subject: next })}
        />
      )}
      {(medium === 'email' || medium === 'letter') && <TemplateSelect contact={contact} onChange={onChange} />}
      {templateId === null && <WordsFields contact={contact} onChange={onChange} />}
    </>
  )
}

function TemplateSelect({ contact, onChange }: Props) {
  const t = useT()
  const can = useCan()
  const mayRead = can('messages:read')
  const templates = useQuery({ ...apiQuery(endpoints.listMailTemplates, {}), enabled: mayRead })
  const fit = (templates.data?.items ?? []).filter(
    ({ id, purpose, medium }) =>
      medium === contact.medium && (purpose === contact.purpose || id === contact.templateId),
  )
  if (!mayRead) return null
  return (
    <>
      <Select
        label={t('journeys.message.template')}
        description={t('journeys.message.template.help')}
        clearable
        clearButtonProps={{ 'aria-label': t('journeys.message.template.none') }}
        placeholder={t('journeys.message.template.none')}
        data={fit.map(({ id, name, publishedVersion }) => ({
          value: id,
          label: publishedVersion === null ? t('journeys.message.template.draft', { name }) : name,
        }))}
        value={contact.templateId}
        onChange={(templateId) => onChange({ templateId })}
      />
      <p className="bo-line">
        <Link to="/templates" className="bo-link">
          {t('journeys.message.templates')}
        </Link>
      </p>
    </>
  )
}

type Words = { fr: string; en: string }

function WordsFields({ contact, onChange }: Props) {
  const t = useT()
  const { content, medium } = contact
  const set = (patch: Partial<Contact['content']>) => onChange({ content: { ...content, ...patch } })
  const help = {
    sms: t('journeys.message.sms', { count: onePart }),
    push: t('journeys.message.push'),
    social: t('journeys.message.social'),
    visit: t('journeys.message.visit'),
  }
  const short = medium === 'sms' || medium === 'push' || medium === 'social'
  const followed = medium !== 'visit'
  const fields = (locale: keyof Words) => (
    <div className="bo-journey-fields">
      {medium !== 'sms' && medium !== 'social' && (
        <TextInput
          label={t('journeys.message.title', { medium, locale })}
          maxLength={150}
          autoComplete="off"
          value={content.title[locale]}
          onChange={(event) => set({ title: { ...content.title, [locale]: event.currentTarget.value } })}
        />
      )}
      <Textarea
        label={t('journeys.message.text', { medium, locale })}
        description={short || medium === 'visit' ? help[medium] : undefined}
        autosize
        minRows={short ? 3 : 5}
        maxRows={16}
        maxLength={5_000}
        value={content.text[locale]}
        onChange={(event) => set({ text: { ...content.text, [locale]: event.currentTarget.value } })}
      />
      {content.link && followed && (
        <TextInput
          label={t('journeys.message.linkLabel', { locale })}
          maxLength={60}
          value={content.link.label[locale]}
          onChange={(event) =>
            content.link &&
            set({ link: { ...content.link, label: { ...content.link.label, [locale]: event.currentTarget.value } } })
          }
        />
      )}
    </div>
  )
  return (
    <>
      {fields('fr')}
      <Disclosure label={t('journeys.message.english')} open={content.text.en !== ''}>
        {fields('en')}
      </Disclosure>
      {followed && (
        <TextInput
          type="url"
          label={t('journeys.message.link')}
          description={t('journeys.message.link.help')}
          placeholder="https://"
          maxLength={500}
          value={content.link?.url ?? ''}
          onChange={(event) => {
            const url = event.currentTarget.value
            set({ link: url === '' ? null : { label: { fr: '', en: '' }, ...content.link, url } })
          }}
        />
      )}
    </>
  )
}
