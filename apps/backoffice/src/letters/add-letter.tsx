import { useState } from 'react'
import { Modal, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { useLeftOut } from './left-out.ts'

type Target = { customerId: string } | { segmentId: string }

/** Writes a letter to a customer, or to all of a segment who may get one. */
export function AddLetter({ target, onClose }: { target: Target; onClose: () => void }) {
  const t = useT()
  const leftOut = useLeftOut()
  const [templateId, setTemplateId] = useState<string | null>(null)
  const templates = useQuery(apiQuery(endpoints.listMailTemplates, {}))
  const fit = (templates.data?.items ?? []).filter(
    ({ medium, publishedVersion }) => medium === 'letter' && publishedVersion !== null,
  )
  const write = useAct({
    act: (id: string, idempotencyKey) => {
      const body = { templateId: id }
      return 'segmentId' in target
        ? call(endpoints.queueLettersOfSegment, { params: target, body }, { idempotencyKey })
        : call(endpoints.queueLetter, { params: target, body }, { idempotencyKey })
    },
    touches: ['/letter-batches', '/messages', '/customers'],
    done: (answer) =>
      [t('letters.queued', { count: answer.queued }), leftOut(answer.leftOut)].filter(Boolean).join(' · '),
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title={t('letters.add')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (templateId !== null) write.mutate(templateId)
        }}
      >
        <Stack gap="md">
          <Select
            label={t('letters.template')}
            description={t('letters.template.help')}
            data-autofocus
            data={fit.map(({ id, name }) => ({ value: id, label: name }))}
            nothingFoundMessage={t('letters.template.none')}
            value={templateId}
            onChange={setTemplateId}
          />
          <p className="bo-line">
            <Link to="/templates" className="bo-link">
              {t('nav.templates')}
            </Link>
          </p>
          <FormEnd onCancel={onClose} busy={write.isPending} label={t('letters.add')} />
        </Stack>
      </form>
    </Modal>
  )
}
