import { Skeleton, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Message } from '@ecluse/contracts/engagement.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { formatMicro } from '../journeys/money.ts'
import { MessageBadge } from './message-badge.tsx'

/** One message as its reader gets it: its HTML without scripts, or its plain text. */
export function MessageReader({
  messageId,
  view,
  onView,
}: {
  messageId: string
  view: 'html' | 'text'
  onView: (view: 'html' | 'text') => void
}) {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.getMessage, { params: { messageId } }))
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton height={420} />
  const message = query.data
  return (
    <article aria-label={message.subject}>
      <h2 className="bo-mail-subject">{message.subject}</h2>
      <MessageFacts message={message} />
      {message.state === 'unknown' && <p className="bo-line bo-quiet">{t('messages.unknown.help')}</p>}
      {message.state === 'local' && <p className="bo-line bo-quiet">{t('messages.local.help')}</p>}
      {message.html === '' ? (
        <PlainText text={message.text} />
      ) : (
        <Tabs value={view} onChange={(value) => onView(value === 'text' ? 'text' : 'html')} mt="md">
          <Tabs.List>
            <Tabs.Tab value="html">{t('messages.html')}</Tabs.Tab>
            <Tabs.Tab value="text">{t('messages.text')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="html">
            <iframe
              className="bo-mail-frame"
              title={t('messages.frame', { subject: message.subject })}
              sandbox=""
              srcDoc={message.html}
            />
          </Tabs.Panel>
          <Tabs.Panel value="text">
            <PlainText text={message.text} />
          </Tabs.Panel>
        </Tabs>
      )}
    </article>
  )
}

/** To whom, by what, at what cost, with what proof, and from what it was made. */
function MessageFacts({ message }: { message: Message }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <Facts
      facts={[
        [t('messages.to'), message.to],
        [t('messages.state'), <MessageBadge key="state" state={message.state} />],
        [t('messages.created'), <RelativeTime key="at" at={message.createdAt} />],
        [t('messages.error'), message.error],
        [t('messages.medium'), t(`consents.medium.${message.medium}`)],
        [
          t('messages.cost'),
          message.parts === null
            ? null
            : message.medium === 'letter'
              ? t('messages.sheets', {
                  sheets: message.parts,
                  cost: formatMicro(message.costMicro ?? 0, locale),
                })
              : t('messages.cost.parts', {
                  parts: message.parts,
                  cost: message.costMicro === null ? t('texts.noPrice') : formatMicro(message.costMicro, locale),
                }),
        ],
        [
          t('messages.proof'),
          message.delivery && message.deliveryAt && (
            <span key="proof">
              {t(`messages.delivery.${message.delivery}`)} <RelativeTime at={message.deliveryAt} />
              {message.reference && ` (${message.reference})`}
            </span>
          ),
        ],
        [
          t('messages.source'),
          message.template === 'journey'
            ? t('messages.template.journey')
            : message.source && (
                <Link
                  to="/templates/$templateId"
                  params={{ templateId: message.source.templateId }}
                  className="bo-link"
                >
                  {message.source.version === null
                    ? t('messages.source.test', { name: message.source.name })
                    : t('messages.source.version', { name: message.source.name, version: message.source.version })}
                </Link>
              ),
        ],
        [
          t('orders.one'),
          message.orderId && (
            <Link to="/orders/$orderId" params={{ orderId: message.orderId }} className="bo-link">
              {t('messages.openOrder')}
            </Link>
          ),
        ],
      ]}
    />
  )
}

/** The words alone; long ones are scrolled, by keyboard too. */
function PlainText({ text }: { text: string }) {
  const t = useT()
  return (
    <pre className="bo-mail-text" tabIndex={0} role="region" aria-label={t('messages.text')}>
      {text}
    </pre>
  )
}
