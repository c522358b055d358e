import { useState } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { IconDownload, IconMailbox, IconPencil, IconPhoneCall, IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Segment } from '@ecluse/contracts/segments.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatNumber } from '@ecluse/ui/format.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages, apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { AddLetter } from '../letters/add-letter.tsx'
import { AddCall } from '../calls/add-call.tsx'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { MoreButton } from '../list/more-button.tsx'
import { RuleWords } from './rule-words.tsx'
import { SegmentForm } from './segment-form.tsx'
import './segments.css'

const route = getRouteApi('/segments/$segmentId')

/** One segment: what it asks, who is in it, who came and who left. */
export function SegmentPage() {
  const t = useT()
  const { locale } = useLocale()
  const { segmentId } = route.useParams()
  const [editing, setEditing] = useState(false)
  const query = useQuery({
    ...apiQuery(endpoints.getSegment, { params: { segmentId } }),
    refetchInterval: ({ state }) => (state.data?.countedAt === null ? 1_000 : 15_000),
  })
  const segment = query.data
  const summary = segment && membersOf(segment)
  return (
    <Page
      title={segment?.name ?? t('segments.one')}
      summary={summary}
      back={{ to: '/segments', label: t('nav.segments') }}
      acts={segment && !editing && <Acts segment={segment} onEdit={() => setEditing(true)} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
      {segment && editing && (
        <SegmentForm
          start={segment}
          label={t('app.save')}
          save={async ({ name, description, rule }) => {
            // A rule that stayed as it is is not counted again.
            const same = JSON.stringify(rule) === JSON.stringify(segment.rule)
            const body = { name, description, revision: segment.revision, ...(same ? {} : { rule }) }
            await call(endpoints.updateSegment, { params: { segmentId }, body })
            tellDone(t('segments.saved'))
            await refresh('/segments')
            setEditing(false)
          }}
          onCancel={() => setEditing(false)}
        />
      )}
      {segment && !editing && (
        <div className="bo-stack">
          <Card title={t('segments.rule')}>
            {segment.description && <p className="bo-line">{segment.description}</p>}
            <RuleWords rule={segment.rule} />
          </Card>
          <MemberList segment={segment} />
          <ChangeList segmentId={segmentId} />
        </div>
      )}
    </Page>
  )

  function membersOf({ countedAt, memberCount }: Segment): string {
    if (countedAt === null) return t('segments.counting')
    return `${formatNumber(memberCount, locale)} ${t('segments.customers', { count: memberCount })}`
  }
}

function Acts({ segment, onEdit }: { segment: Segment; onEdit: () => void }) {
  const t = useT()
  const can = useCan()
  const navigate = route.useNavigate()
  const { name, description, rule } = segment
  const [calling, setCalling] = useState(false)
  const [writing, setWriting] = useState(false)
  const remove = useAct({
    act: () => call(endpoints.deleteSegment, { params: { segmentId: segment.id } }),
    // Its own page would ask for it once more.
    touches: [],
    done: () => t('segments.deleted', { name }),
    undo: () => call(endpoints.createSegment, { body: { name, description, rule } }).then(() => refresh('/segments')),
    onDone: () => void navigate({ to: '/segments' }).then(() => refresh('/segments')),
  })
  if (!can('segments:write')) return null
  return (
    <>
      <Button
        variant="subtle"
        color="coral"
        leftSection={<IconTrash size={16} aria-hidden />}
        loading={remove.isPending}
        onClick={() => remove.mutate()}
      >
        {t('segments.delete')}
      </Button>
      {can('messages:write') && (
        <Button
          variant="default"
          leftSection={<IconPhoneCall size={16} aria-hidden />}
          onClick={() => setCalling(true)}
        >
          {t('calls.add.short')}
        </Button>
      )}
      {can('messages:write') && (
        <Button variant="default" leftSection={<IconMailbox size={16} aria-hidden />} onClick={() => setWriting(true)}>
          {t('letters.add.short')}
        </Button>
      )}
      {writing && <AddLetter target={{ segmentId: segment.id }} onClose={() => setWriting(false)} />}
      {calling && <AddCall target={{ segmentId: segment.id }} onClose={() => setCalling(false)} />}
      <Button leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
        {t('segments.edit')}
      </Button>
    </>
  )
}

function MemberList({ segment }: { segment: Segment }) {
  const t = useT()
  const params = { segmentId: segment.id }
  const pages = useInfiniteQuery({ ...apiPages(endpoints.listSegmentMembers, { params, query: { limit: 25 } }) })
  const members = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card
      title={t('segments.members')}
      acts={
        members.length > 0 && (
          <Button
            component="a"
            href={`/api/v1/segments/${segment.id}/export`}
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t('segments.export')}
          </Button>
        )
      }
    >
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={120} />}
      {pages.data && members.length === 0 && <p className="bo-line bo-quiet">{t('segments.members.none')}</p>}
      <ul className="bo-segment-people">
        {members.map(({ customerId, name, email, since }) => (
          <li key={customerId}>
            <Link to="/customers/$customerId" params={{ customerId }} className="bo-link">
              {name}
            </Link>
            <span className="bo-quiet">{email}</span>
            <span className="bo-quiet">
              {t('segments.since')} <RelativeTime at={since} />
            </span>
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} />
    </Card>
  )
}

function ChangeList({ segmentId }: { segmentId: string }) {
  const t = useT()
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listSegmentChanges, { params: { segmentId }, query: { limit: 25 } }),
  })
  const changes = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card title={t('segments.changes')}>
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={80} />}
      {pages.data && changes.length === 0 && <p className="bo-line bo-quiet">{t('segments.changes.none')}</p>}
      <ul className="bo-segment-people">
        {changes.map(({ id, customerId, name, entered, at }) => (
          <li key={id}>
            <Link to="/customers/$customerId" params={{ customerId }} className="bo-link">
              {name}
            </Link>
            <span>{t(entered ? 'segments.entered' : 'segments.left')}</span>
            <span className="bo-quiet">
              <RelativeTime at={at} />
            </span>
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} />
    </Card>
  )
}
