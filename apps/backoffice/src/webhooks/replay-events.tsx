import { useState } from 'react'
import { Alert, Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PublicEventType } from '@ecluse/contracts/public-events.ts'
import type { Webhook } from '@ecluse/contracts/webhooks.ts'
import { apiQuery, call, messageOf } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { EventTypes } from './webhook-fields.tsx'

type Start = 'time' | 'event'
const day = 86_400_000

/** What is asked of a replay; `from` is null while the field says nothing the API would take. */
type Asked = { start: Start; since: string; after: string; every: boolean; types: PublicEventType[] }

/** Sends past events again: from when, which ones, how many that is, and only then the act. */
export function ReplayEvents({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const t = useT()
  const params = { webhookId: webhook.id }
  const [asked, setAsked] = useState<Asked>(() => ({
    start: 'time',
    since: localTime(new Date(webhook.disabledAt ?? Date.now() - day)),
    after: '',
    every: true,
    types: [],
  }))
  const [first, ...others] = asked.types
  const types: [PublicEventType, ...PublicEventType[]] | null = asked.every || !first ? null : [first, ...others]
  const from = startOf(asked)
  const ready = from !== null && (asked.every || types !== null)
  const count = useQuery({
    ...apiQuery(endpoints.countReplay, { params, query: { ...from, ...(types ? { types: types.join(',') } : {}) } }),
    enabled: ready,
    placeholderData: keepPreviousData,
  })
  const replay = useAct({
    act: (_input: void, idempotencyKey) =>
      call(endpoints.replayEvents, { params, body: { ...from, types } }, { idempotencyKey }),
    touches: ['/webhooks'],
    done: (made) => t('hooks.replay.done', { count: made.count }),
    onDone: onClose,
  })
  const total = ready && count.data && !count.isError ? count.data.count : null
  const tooMany = total !== null && total > (count.data?.most ?? 0)
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('hooks.replay')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        <ReplayFields asked={asked} onChange={(patch) => setAsked((before) => ({ ...before, ...patch }))} />
        <div role="status">
          {count.isError && ready && <Alert color="red">{messageOf(count.error)}</Alert>}
          {total !== null && (
            <Alert color={tooMany ? 'red' : 'blue'} icon={<IconHistory aria-hidden />}>
              {t('hooks.replay.count', { count: total })} {total > 0 && !tooMany && t('hooks.replay.twice')}
              {tooMany && t('hooks.replay.tooMany', { most: count.data?.most ?? 0 })}
            </Alert>
          )}
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button disabled={!total || tooMany} loading={replay.isPending} onClick={() => replay.mutate()}>
            {t('hooks.replay.do', { count: total ?? 0 })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function ReplayFields({ asked, onChange }: { asked: Asked; onChange: (patch: Partial<Asked>) => void }) {
  const t = useT()
  const { start, since, after, every, types } = asked
  return (
    <>
      <Radio.Group
        label={t('hooks.replay.from')}
        value={start}
        onChange={(value) => onChange({ start: value === 'event' ? 'event' : 'time' })}
      >
        <Group mt="xs">
          <Radio value="time" label={t('hooks.replay.time')} />
          <Radio value="event" label={t('hooks.replay.event')} />
        </Group>
      </Radio.Group>
      {start === 'time' ? (
        <TextInput
          type="datetime-local"
          label={t('hooks.replay.since')}
          value={since}
          onChange={(event) => onChange({ since: event.currentTarget.value })}
        />
      ) : (
        <TextInput
          label={t('hooks.replay.after')}
          description={t('hooks.replay.after.help')}
          className="bo-mono"
          spellCheck={false}
          value={after}
          onChange={(event) => onChange({ after: event.currentTarget.value })}
        />
      )}
      <Radio.Group
        label={t('hooks.types')}
        value={every ? 'every' : 'some'}
        onChange={(value) => onChange({ every: value === 'every' })}
      >
        <Group mt="xs">
          <Radio value="every" label={t('hooks.replay.subscribed')} />
          <Radio value="some" label={t('hooks.types.choose')} />
        </Group>
      </Radio.Group>
      {!every && <EventTypes types={types} onChange={(next) => onChange({ types: next })} />}
    </>
  )
}

/** Where a replay begins, or null while the field says nothing the API would take. */
function startOf({ start, since, after }: Asked): { since: string } | { after: string } | null {
  if (start === 'time') return Number.isNaN(Date.parse(since)) ? null : { since: new Date(since).toISOString() }
  const id = after.trim()
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? { after: id.toLowerCase() } : null
}

/** As a field of date and time wants it, in the reader's own time. */
function localTime(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
