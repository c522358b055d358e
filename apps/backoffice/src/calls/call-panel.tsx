import { useState } from 'react'
import { Button, Kbd, Textarea, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconPhone } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { callOutcomes, type Call, type CallOutcome } from '@ecluse/contracts/calls.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { call as callApi } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { PhoneLink } from '../common/phone-link.tsx'
import { Section } from '../common/section.tsx'
import { CallBooking } from './call-booking.tsx'
import { CallBadge } from './call-badge.tsx'

/** One call: whether it may be made, what to say, and what came of it, by a key each. */
export function CallPanel({ call, onDone }: { call: Call; onDone: () => void }) {
  const t = useT()
  const [taken, setTaken] = useState(false)
  const params = { customerId: call.customerId, callId: call.id }
  const take = useAct({
    act: () => callApi(endpoints.takeCall, { params }),
    touches: ['/calls'],
    onDone: () => setTaken(true),
  })
  useHotkeys([['Enter', () => !taken && call.permission.allowed && take.mutate()]])
  return (
    <div className="bo-stack">
      <p className="bo-line">
        <CallBadge call={call} />
      </p>
      <p className="bo-line">
        {call.phone && <PhoneLink phone={call.phone} />} ·{' '}
        <Link to="/customers/$customerId" params={{ customerId: call.customerId }} className="bo-link">
          {t('calls.customer')}
        </Link>
      </p>
      {!call.permission.allowed && call.permission.from && (
        <p className="bo-line">
          {t('calls.from')} <RelativeTime at={call.permission.from} />
        </p>
      )}
      <Section title={t('calls.about')}>
        <p className="bo-line">{call.about}</p>
        {call.script && <p className="bo-script">{call.script}</p>}
      </Section>
      {call.attempts.length > 0 && (
        <Section title={t('calls.attempts')}>
          <ul className="bo-contact-why">
            {call.attempts.map(({ at, outcome, note }) => (
              <li key={at}>
                {t(`calls.outcome.${outcome}`)} · <RelativeTime at={at} />
                {note && ` · ${note}`}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {taken ? (
        <Outcomes call={call} onDone={onDone} />
      ) : (
        <Button
          leftSection={<IconPhone size={16} aria-hidden />}
          disabled={!call.permission.allowed}
          loading={take.isPending}
          onClick={() => take.mutate()}
        >
          {t('calls.take')}
        </Button>
      )}
    </div>
  )
}

function Outcomes({ call, onDone }: { call: Call; onDone: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const [note, setNote] = useState('')
  const [backAt, setBackAt] = useState('')
  const can = useCan()
  const params = { customerId: call.customerId, callId: call.id }
  const close = useAct({
    act: (outcome: CallOutcome, idempotencyKey) => {
      const at = outcome === 'call_back' ? { callBackAt: new Date(backAt).toISOString() } : {}
      return callApi(endpoints.closeCall, { params, body: { outcome, note, ...at } }, { idempotencyKey })
    },
    touches: ['/calls', '/customers'],
    done: (_, outcome) => t(`calls.done.${outcome}`),
    onDone,
  })
  const mayClose = (outcome: CallOutcome): boolean => outcome !== 'call_back' || backAt !== ''
  useHotkeys(
    callOutcomes.map((outcome, at) => [String(at + 1), () => void (mayClose(outcome) && close.mutate(outcome))]),
  )
  return (
    <Section title={t('calls.outcomes')}>
      <div className="bo-stack">
        <Textarea
          label={t('calls.note')}
          autosize
          minRows={2}
          maxLength={1_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={t('calls.backAt')}
          description={backAt === '' ? undefined : formatDate(new Date(backAt).toISOString(), locale, 'full')}
          value={backAt}
          onChange={(event) => setBackAt(event.currentTarget.value)}
        />
        <div className="bo-outcomes">
          {callOutcomes.map((outcome, at) => (
            <Button
              key={outcome}
              variant="default"
              justify="space-between"
              rightSection={<Kbd>{at + 1}</Kbd>}
              disabled={!mayClose(outcome) || close.isPending}
              onClick={() => close.mutate(outcome)}
            >
              {t(`calls.outcome.${outcome}`)}
            </Button>
          ))}
        </div>
        {can('fulfillment:write') && <CallBooking call={call} onBooked={() => close.mutate('appointment')} />}
      </div>
    </Section>
  )
}
