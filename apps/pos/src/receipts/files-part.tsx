import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { useCode } from './number-code.tsx'

/** Where the files of a sale are fetched, for whoever takes the receipt home: by a code, and by e-mail when there is an address. */
export function FilesPart({ orderId, sentTo }: { orderId: string; sentTo: string | null }) {
  const t = useT()
  const page = useQuery({ ...apiQuery(endpoints.getDownloadPage, { params: { orderId } }), staleTime: Infinity })
  const code = useCode(page.data?.link)
  return (
    <section className="pos-paper-part pos-paper-files">
      <p>{t('file.receipt')}</p>
      {code && <img src={code} alt={t('file.receipt.code')} width={144} height={144} />}
      {sentTo && <p className="pos-paper-small">{t('file.receipt.sent', { email: sentTo })}</p>}
    </section>
  )
}
