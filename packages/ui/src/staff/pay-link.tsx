import { Button, CopyButton, Group, Skeleton } from '@mantine/core'
import { IconCheck, IconCopy, IconPrinter, IconQrcode } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '../ecluse-provider.tsx'
import { formatDate, formatMoney } from '../format.ts'
import { apiQuery, call } from './api.ts'
import { ErrorNote } from './error-note.tsx'
import { useAct } from './use-act.ts'
import { useWords } from './words.ts'
import './pay-link.css'

/** How a buyer pays for a change of their order that waits: by what was sent to them, or a code shown to who can be sent nothing. */
export function PayLink({ orderId, changeId }: { orderId: string; changeId: string }) {
  const t = useWords()
  const { locale } = useLocale()
  const params = { orderId, changeId }
  const found = useQuery(apiQuery(endpoints.getChangeLink, { params, query: { locale } }))
  const shown = useAct({
    act: () => call(endpoints.showChangeLink, { params, body: { locale } }),
    touches: [`/orders/${orderId}`],
  })
  if (found.isError) return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Skeleton height={140} />
  const { number, email, mayShow, due, expiresAt } = found.data
  const title = t('ui.payLink.title', { amount: formatMoney(due, locale), number })
  if (!shown.data)
    return (
      <section className="ec-pay-link">
        <div>
          <p className="ec-pay-link-title">{title}</p>
          <p>
            {email !== null && t('ui.payLink.mailed', { email })}
            {email === null && t(mayShow ? 'ui.payLink.unsent' : 'ui.payLink.own')}
          </p>
          {mayShow && (
            <Button
              variant="default"
              size="xs"
              loading={shown.isPending}
              onClick={() => shown.mutate()}
              leftSection={<IconQrcode size={16} aria-hidden />}
            >
              {t('ui.payLink.reveal')}
            </Button>
          )}
        </div>
      </section>
    )
  const { link, qr } = shown.data
  return (
    <section className="ec-pay-link">
      <img src={`data:image/svg+xml,${encodeURIComponent(qr)}`} alt={t('ui.payLink.qr')} width={132} height={132} />
      <div>
        <p className="ec-pay-link-title">{title}</p>
        <p className="ec-pay-link-print">{t('ui.payLink.until', { date: formatDate(expiresAt, locale, 'full') })}</p>
        <p className="ec-pay-link-screen">{t('ui.payLink.show')}</p>
        <p className="ec-pay-link-print ec-pay-link-url">{link}</p>
        <Handing link={link} />
      </div>
    </section>
  )
}

/** Takes the link away from the screen: copied, or printed. */
function Handing({ link }: { link: string }) {
  const t = useWords()
  return (
    <Group gap="xs" className="ec-pay-link-screen">
      <CopyButton value={link}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="xs"
            onClick={copy}
            leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          >
            {t(copied ? 'ui.payLink.copied' : 'ui.payLink.copy')}
          </Button>
        )}
      </CopyButton>
      <Button variant="default" size="xs" leftSection={<IconPrinter size={16} aria-hidden />} onClick={printAlone}>
        {t('ui.payLink.print')}
      </Button>
    </Group>
  )
}

/** Prints the code and its words without the page they are on. */
function printAlone(): void {
  document.body.classList.add('ec-prints-pay-link')
  globalThis.print()
  document.body.classList.remove('ec-prints-pay-link')
}
