import { useState } from 'react'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { MailTemplateDetail } from '@ecluse/contracts/mail-templates.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { newTemplate } from './draft.ts'
import { TemplateActs } from './template-acts.tsx'
import { TemplateBadge } from './templates-page.tsx'
import { TemplateEditor } from './template-editor.tsx'
import './templates.css'

const route = getRouteApi('/templates/$templateId')

/** A new template, with the blocks nearly every message has. */
export function NewTemplatePage() {
  const t = useT()
  const navigate = useNavigate()
  const [start] = useState(newTemplate)
  return (
    <Page title={t('templates.new')} back={{ to: '/templates', label: t('nav.templates') }}>
      <TemplateEditor
        start={start}
        label={t('templates.create')}
        save={async (body, idempotencyKey) => {
          const made = await call(endpoints.createMailTemplate, { body }, { idempotencyKey })
          tellDone(t('templates.created', { name: made.name }))
          void refresh('/mail-templates')
          void navigate({ to: '/templates/$templateId', params: { templateId: made.id }, replace: true })
        }}
      />
    </Page>
  )
}

/** One template: written beside its preview, tried, published. */
export function TemplatePage() {
  const t = useT()
  const { templateId } = route.useParams()
  const query = useQuery(apiQuery(endpoints.getMailTemplate, { params: { templateId } }))
  const template = query.data
  return (
    <Page
      title={template?.name ?? t('templates.one')}
      badge={template && <TemplateBadge template={template} />}
      back={{ to: '/templates', label: t('nav.templates') }}
      acts={template && <TemplateActs template={template} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {template && (
        <>
          <TemplateEditor
            // Somebody else’s change, or one’s own once it is kept, begins anew.
            key={template.revision}
            start={template}
            label={t('app.save')}
            save={async (draft) => {
              const { revision } = template
              const { name, purpose, topic, content } = draft
              const body = { name, purpose, topic, content, revision }
              await call(endpoints.updateMailTemplate, { params: { templateId }, body })
              tellDone(t('templates.saved'))
              await refresh('/mail-templates')
            }}
          />
          <Versions template={template} />
        </>
      )}
    </Page>
  )
}

function Versions({ template: { versions } }: { template: MailTemplateDetail }) {
  const t = useT()
  if (versions.length === 0) return null
  return (
    <Card title={t('templates.versions')}>
      <ul className="bo-template-versions">
        {versions.map(({ version, publishedAt, publishedBy, sent }) => (
          <li key={version}>
            <strong>{t('templates.version', { version })}</strong>
            <span className="bo-quiet">
              <RelativeTime at={publishedAt} />
              {publishedBy && ` · ${publishedBy}`}
            </span>
            <span>{t('templates.sent', { count: sent })}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
