import { useState } from 'react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { cellDraft, newDraft } from './draft.ts'
import { SegmentForm } from './segment-form.tsx'

const route = getRouteApi('/segments/new')

/** A new segment, from the commonest question on. */
export function NewSegmentPage() {
  const t = useT()
  const navigate = useNavigate()
  const { r, f } = route.useSearch()
  const [start] = useState(() => (r && f ? cellDraft(r, f) : newDraft()))
  return (
    <Page title={t('segments.new')} back={{ to: '/segments', label: t('nav.segments') }}>
      <SegmentForm
        start={start}
        label={t('segments.create')}
        save={async (body, idempotencyKey) => {
          const made = await call(endpoints.createSegment, { body }, { idempotencyKey })
          tellDone(t('segments.created', { name: made.name }))
          void refresh('/segments')
          void navigate({ to: '/segments/$segmentId', params: { segmentId: made.id }, replace: true })
        }}
        onCancel={() => void navigate({ to: '/segments' })}
      />
    </Page>
  )
}
