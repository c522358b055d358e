/** @jsxRuntime automatic @jsxImportSource preact */
import type { OrderDownload, OrderDownloads } from '@ecluse/contracts/downloads.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { formatBytes, formatDate } from '@ecluse/ui/format.ts'
import { Icon } from '../parts/icon.tsx'
import type { Visit } from '../visit.ts'

/** The files of an order; null when it has none. */
export async function downloadsOf(visit: Visit, order: Order, token: string): Promise<OrderDownloads | null> {
  if (!order.lines.some((line) => line.downloadFrom !== null)) return null
  return visit.call(endpoints.getDownloads, {
    params: { orderId: order.id },
    query: { locale: visit.locale, ...(token ? { token } : {}) },
  })
}

/** Each file with its link, until when and how often it can be fetched, and what was agreed to. */
export function OrderFiles({ visit, downloads }: { visit: Visit; downloads: OrderDownloads }) {
  const { t, locale } = visit
  return (
    <section id="files">
      <h2>{t('order.files')}</h2>
      <ul class="order-files">
        {downloads.items.map((item) => (
          <li key={item.lineId} class="card">
            <h3>{item.name}</h3>
            <p class="muted">{stateWords(visit, item)}</p>
            {item.state === 'ready' && (
              <ul class="plain">
                {item.files.map((file) => (
                  <li key={file.id}>
                    {file.url ? (
                      <a class="button" href={file.url} download={file.fileName}>
                        <Icon name="download" size={18} />
                        {file.label}
                        <span class="visually-hidden"> {file.fileName}</span>
                      </a>
                    ) : (
                      <strong>{file.label}</strong>
                    )}
                    <p class="muted">
                      {t('order.file', {
                        name: file.fileName,
                        size: formatBytes(file.bytes, locale),
                        version: file.version,
                        left: file.left,
                      })}
                      {file.note && <> · {file.note}</>}
                    </p>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {downloads.consent && (
        <details class="why">
          <summary>{t('order.consent', { date: formatDate(downloads.consent.agreedAt, locale, 'full') })}</summary>
          <p>{downloads.consent.statement}</p>
        </details>
      )}
    </section>
  )
}

function stateWords({ t, locale }: Visit, item: OrderDownload): string {
  switch (item.state) {
    case 'waiting':
      return t('order.files.waiting', { date: formatDate(item.availableFrom, locale, 'dayLong') })
    case 'ready':
      return t('order.files.ready', { date: formatDate(item.expiresAt ?? item.availableFrom, locale, 'dayLong') })
    case 'unpaid':
    case 'expired':
    case 'revoked':
      return t(`order.files.${item.state}`)
  }
}
