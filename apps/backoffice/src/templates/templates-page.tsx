import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { MailTemplate } from '@ecluse/contracts/mail-templates.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import './templates.css'

/** Every template of e-mails, and what became of it. */
export function TemplatesPage() {
  const t = useT()
  const can = useCan()
  const query = useQuery(apiQuery(endpoints.listMailTemplates, {}))
  const templates = query.data?.items ?? []
  const create = can('messages:write') && (
    <Button component={Link} to="/templates/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('templates.new')}
    </Button>
  )
  return (
    <Page title={t('nav.templates')} summary={t('templates.summary')} acts={templates.length > 0 && create}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={240} />}
      {query.data && templates.length === 0 && (
        <EmptyState title={t('templates.empty')} hint={t('templates.empty.help')}>
          {create}
        </EmptyState>
      )}
      <ul className="bo-templates">
        {templates.map((template) => (
          <TemplateItem key={template.id} template={template} />
        ))}
      </ul>
    </Page>
  )
}

function TemplateItem({ template }: { template: MailTemplate }) {
  const t = useT()
  const { id, name, purpose, medium, sent, updatedAt } = template
  return (
    <li className="bo-card bo-template">
      <div>
        <Link to="/templates/$templateId" params={{ templateId: id }} className="bo-link bo-template-name">
          {name}
        </Link>
        <p className="bo-line bo-quiet">
          {medium === 'letter' && `${t('consents.medium.letter')} · `}
          {t(`templates.purpose.${purpose}`)} · {t('templates.sent', { count: sent })} · <RelativeTime at={updatedAt} />
        </p>
      </div>
      <TemplateBadge template={template} />
    </li>
  )
}

/** Whether a template is sent, and whether what is sent is what one sees. */
export function TemplateBadge({ template }: { template: MailTemplate }) {
  const t = useT()
  if (template.publishedVersion === null) return <StateBadge tone="neutral">{t('templates.draft')}</StateBadge>
  const tone = template.changed ? 'waiting' : 'done'
  const label = template.changed ? 'templates.changed' : 'templates.published'
  return <StateBadge tone={tone}>{t(label, { version: template.publishedVersion })}</StateBadge>
}
