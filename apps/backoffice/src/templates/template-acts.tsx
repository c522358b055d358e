import { Button } from '@mantine/core'
import { IconMailForward, IconSend, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { MailTemplateDetail } from '@ecluse/contracts/mail-templates.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'

/** What one does with a template that is kept: put it away, try it, publish it. */
export function TemplateActs({ template }: { template: MailTemplateDetail }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const navigate = useNavigate()
  const params = { templateId: template.id }
  const remove = useAct({
    act: () => call(endpoints.deleteMailTemplate, { params }),
    touches: [],
    done: () => t('templates.deleted', { name: template.name }),
    undo: () => {
      const { name, purpose, medium, topic, content } = template
      return call(endpoints.createMailTemplate, { body: { name, purpose, medium, topic, content } }).then(() =>
        refresh('/mail-templates'),
      )
    },
    onDone: () => void navigate({ to: '/templates' }).then(() => refresh('/mail-templates')),
  })
  const test = useAct({
    act: () => call(endpoints.testMailTemplate, { params, body: { locale } }),
    touches: ['/messages'],
    done: ({ to }) => t('templates.tested', { to }),
  })
  const publish = useAct({
    act: (_: void, idempotencyKey) =>
      call(endpoints.publishMailTemplate, { params, body: { revision: template.revision } }, { idempotencyKey }),
    touches: ['/mail-templates'],
    done: ({ publishedVersion }) => t('templates.publishedNow', { version: publishedVersion ?? 1 }),
  })
  if (!can('messages:write')) return null
  const stops = template.faults.filter(({ weight }) => weight === 'stop').length
  return (
    <>
      <Button
        variant="subtle"
        color="coral"
        leftSection={<IconTrash size={16} aria-hidden />}
        loading={remove.isPending}
        onClick={() => remove.mutate()}
      >
        {t('templates.delete')}
      </Button>
      {template.medium === 'email' && (
        <Button
          variant="default"
          leftSection={<IconMailForward size={16} aria-hidden />}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          {t('templates.test')}
        </Button>
      )}
      <Button
        leftSection={<IconSend size={16} aria-hidden />}
        disabled={stops > 0 || !template.changed}
        loading={publish.isPending}
        onClick={() => publish.mutate()}
      >
        {t('templates.publish')}
      </Button>
    </>
  )
}
