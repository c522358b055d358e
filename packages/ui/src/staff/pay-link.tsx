import { Button, CopyButton, Group, Skeleton } from '@mantine/core'
import { IconCheck, IconCopy, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '../ecluse-provider.tsx'
import { formatDate, formatMoney } from '../format.ts'
import { apiQuery } from './api.ts'
import { ErrorNote } from './error-note.tsx'
import { useWords } from './words.ts'
import './pay-link.css'

/** How a buyer pays for a change of their order that waits: a code to show or print, a link to send. */
export function PayLink({ orderId, changeId }: { orderId: string; changeId: string }) {
  const t = useWords()
  const { locale } = useLocale()
  const found = useQuery(apiQuery(endpoints.getChangeLink, { params: { orderId, changeId }, query: { locale } }))
  if (found.isError) return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Skeleton height={140} />
  const { number, link, qr, email, due, expiresAt } = found.data
  return (
    <section className="ec-pay-link">
      <img src={`data:image/svg+xml,${encodeURIComponent(qr)}`} alt={t('ui.payLink.qr')} width={132} height={132} />
      <div>
        <p className="ec-pay-link-title">{t('ui.payLink.title', { amount: formatMoney(due, locale), number })}</p>
        <p className="ec-pay-link-print">{t('ui.payLink.until', { date: formatDate(expiresAt, locale, 'full') })}</p>
        <p className="ec-pay-link-screen">
          {email === null ? t('ui.payLink.show') : t('ui.payLink.mailed', { email })}
        </p>
        <p className="ec-pay-link-print ec-pay-link-url">{link}</p>
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
      </div>
    </section>
  )
}

/** Prints the code and its words without the page they are on. */
function printAlone(): void {
  document.body.classList.add('ec-prints-pay-link')
  globalThis.print()
  document.body.classList.remove('ec-prints-pay-link')
}
