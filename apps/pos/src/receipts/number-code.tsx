import { useQuery } from '@tanstack/react-query'
import { useT } from '../app/i18n.ts'

/** The number of a document as a QR code, so that the till that takes articles back need not type it. */
export function NumberCode({ number }: { number: string }) {
  const t = useT()
  const code = useQuery({
    queryKey: ['code', number],
    queryFn: async () => (await import('./write-code.ts')).qrCode(number),
    staleTime: Infinity,
    retry: false,
  })
  return (
    <div className="pos-paper-code">
      {code.data && <img src={code.data} alt={t('receipt.code', { number })} width={112} height={112} />}
      <span>{number}</span>
    </div>
  )
}
