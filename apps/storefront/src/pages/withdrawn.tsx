/** @jsxRuntime automatic @jsxImportSource preact */
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Withdrawal } from '@ecluse/contracts/withdrawals.ts'
import { show } from '../document.tsx'
import { Done } from '../parts/done.tsx'
import { addressOf } from '../paths.ts'
import { isRefusal, link, type Visit } from '../visit.ts'
import { notFound } from './not-found.tsx'

/** The receipt of a withdrawal: to read, to print, and as a file to keep, drawn or plain. */
export async function withdrawnPage(visit: Visit) {
  const { t, locale } = visit
  const withdrawalId = visit.params['withdrawalId'] ?? ''
  const token = visit.query.get('token') ?? ''
  let withdrawal: Withdrawal
  try {
    withdrawal = await visit.call(endpoints.getWithdrawal, { params: { withdrawalId }, query: { token, locale } })
  } catch (error) {
    if (isRefusal(error, 'orders.withdrawal_not_found', 'kernel.invalid_input')) return notFound(visit)
    throw error
  }
  if (visit.query.get('as') === 'text') {
    return visit.reply
      .header('content-disposition', `attachment; filename="${withdrawal.number}.txt"`)
      .header('cache-control', 'private, no-store')
      .type('text/plain; charset=utf-8')
      .send(`${withdrawal.receipt}\n`)
  }
  const own = (language: Visit['locale']): string => addressOf('withdrawn', language, { withdrawalId }, { token })
  const title = t('withdraw.done')
  return show(visit, {
    title,
    description: title,
    alternates: { fr: own('fr'), en: own('en') },
    indexed: false,
    personal: true,
    body: (
      <div class="message-page withdraw">
        <h1 class="editorial">{title}</h1>
        <Done>{t('withdraw.sent', { email: withdrawal.email })}</Done>
        <div class="card receipt">
          {withdrawal.receipt.split('\n').map((line, index) => (
            <p key={index}>{line}</p>
          ))}
        </div>
        <p class="actions">
          <a class="button" href={urlOf(endpoints.getWithdrawalPdf.path, { withdrawalId }, { token })} download>
            {t('withdraw.download_pdf')}
          </a>
          <a class="button" href={link(visit, 'withdrawn', { withdrawalId }, { token, as: 'text' })} download>
            {t('withdraw.download')}
          </a>
        </p>
        <p class="muted">
          <a href={link(visit, 'withdrawal')}>{t('legal.withdrawal.title')}</a>
        </p>
      </div>
    ),
  })
}
