import { useState } from 'react'
import { Button, Group, NativeSelect, Skeleton } from '@mantine/core'
import { IconBrandHipchat, IconMailbox, IconMapPinCheck, IconMessage, IconPhoneCall } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { serviceMedia } from '@ecluse/contracts/texts.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { AddCall } from '../calls/add-call.tsx'
import { Card } from '../common/card.tsx'
import { AddLetter } from '../letters/add-letter.tsx'
import { PlanVisit } from '../visits/plan-visit.tsx'
import { SocialDialog } from '../messages/social-dialog.tsx'
import { TextDialog } from '../messages/text-dialog.tsx'

/** How a customer is reached: by what, and why not by something else; what they wish for their orders; what they answered. */
export function CustomerContacts({ customerId }: { customerId: string }) {
  const t = useT()
  const can = useCan()
  const [open, setOpen] = useState<Way | null>(null)
  const params = { customerId }
  const wish = useQuery(apiQuery(endpoints.getServiceWish, { params }))
  const change = useAct({
    act: (medium: (typeof serviceMedia)[number]) => call(endpoints.putServiceWish, { params, body: { medium } }),
    touches: ['/customers'],
    done: ({ medium }) => t(`contacts.wish.done.${medium}`),
  })
  const phone = wish.data?.phone ?? null
  const social = wish.data?.social ?? null
  const close = () => setOpen(null)
  return (
    <Card
      title={t('contacts.title')}
      acts={can('messages:write') && <Writing phone={phone} social={social} onOpen={setOpen} />}
    >
      {wish.isError && <ErrorNote error={wish.error} onRetry={() => void wish.refetch()} />}
      {wish.isPending && <Skeleton height={72} />}
      {wish.data && (
        <NativeSelect
          label={t('contacts.wish')}
          description={t('contacts.wish.help')}
          disabled={!can('customers:write') || change.isPending}
          data={serviceMedia.map((value) => ({
            value,
            label: t(`consents.medium.${value}`),
            disabled: (value === 'sms' && phone === null) || (value === 'push' && !wish.data.notified),
          }))}
          value={wish.data.medium}
          onChange={({ currentTarget: { value } }) =>
            change.mutate(serviceMedia.find((one) => one === value) ?? 'email')
          }
        />
      )}
      <MediumChoice customerId={customerId} />
      <p className="bo-line">
        <Link to="/customers/$customerId/visit-sheet" params={params} className="bo-link">
          {t('visits.sheet')}
        </Link>
      </p>
      {can('messages:read') && <Answers customerId={customerId} />}
      {open === 'letter' && <AddLetter target={params} onClose={close} />}
      {open === 'visit' && <PlanVisit customerId={customerId} onClose={close} />}
      {open === 'call' && <AddCall target={params} onClose={close} />}
      {open === 'social' && social !== null && <SocialDialog customerId={customerId} to={social} onClose={close} />}
      {open === 'text' && phone !== null && <TextDialog customerId={customerId} phone={phone} onClose={close} />}
    </Card>
  )
}

type Way = 'letter' | 'call' | 'text' | 'social' | 'visit'

type WritingProps = { phone: string | null; social: string | null; onOpen: (way: Way) => void }

/** The ways to get in touch: what needs a telephone waits for one; a network is one where they are known. */
function Writing({ phone, social, onOpen }: WritingProps) {
  const t = useT()
  const ways = [
    { way: 'letter', label: t('letters.add.short'), icon: IconMailbox, may: true },
    { way: 'visit', label: t('visits.plan.short'), icon: IconMapPinCheck, may: true },
    { way: 'call', label: t('calls.add.short'), icon: IconPhoneCall, may: phone !== null },
    { way: 'text', label: t('texts.new'), icon: IconMessage, may: phone !== null },
    ...(social === null ? [] : [{ way: 'social', label: t('social.new'), icon: IconBrandHipchat, may: true } as const]),
  ] as const
  return (
    <Group gap="xs">
      {ways.map(({ way, label, icon: Icon, may }) => (
        <Button
          key={way}
          variant="default"
          size="xs"
          disabled={!may}
          leftSection={<Icon size={16} aria-hidden />}
          onClick={() => onOpen(way)}
        >
          {label}
        </Button>
      ))}
    </Group>
  )
}

function Answers({ customerId }: { customerId: string }) {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.listAnswers, { query: { customerId, limit: 5 } }))
  const answers = query.data?.items ?? []
  if (answers.length === 0) return null
  return (
    <section className="bo-section">
      <h3>{t('contacts.answers')}</h3>
      <ul className="bo-contact-why">
        {answers.map(({ id, medium, text, wish, receivedAt, replyBy }) => (
          <li key={id}>
            <q>{text.slice(0, 300)}</q>{' '}
            <span className="bo-quiet">
              {t(`consents.medium.${medium}`)} · <RelativeTime at={receivedAt} />
              {replyBy && ` · ${t('entitlements.replyBy', { at: formatDate(replyBy, locale, 'dateTime') })}`}
              {wish === 'stop' && ` · ${t('contacts.stop')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** By what news would reach them, and why not by something else. */
function MediumChoice({ customerId }: { customerId: string }) {
  const t = useT()
  const choice = useQuery(apiQuery(endpoints.chooseMedium, { params: { customerId }, query: { purpose: 'marketing' } }))
  if (!choice.data) return null
  const { medium: chosen, passed } = choice.data
  return (
    <>
      <p className="bo-line">
        {chosen === null ? t('contacts.none') : t('contacts.by', { medium: t(`consents.medium.${chosen}`) })}
      </p>
      <ul className="bo-contact-why">
        {passed.map(({ medium, why }) => (
          <li key={medium} className="bo-quiet">
            {t(`contacts.why.${why}`, { medium: t(`consents.medium.${medium}`) })}
          </li>
        ))}
      </ul>
    </>
  )
}
