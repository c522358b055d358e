import { useQuery } from '@tanstack/react-query'
import { useT } from '../app/i18n.ts'

/** The number of a document as a QR code, so that the till that takes articles back need not type it. */
export function NumberCode({ number }: { number: string }) {
  const t = useT()
  const code = useCode(number)
  return (
    <div className="pos-paper-code">
      {code && <img src={code} alt={t('receipt.code', { number })} width={112} height={112} />}
      <span>{number}</span>
    </div>
  )
}

/** A text as a QR code: the address of its picture, once it is drawn. */
export function useCode(text: string | undefined): string | undefined {
  const code = useQuery({
    queryKey: ['code', text],
    queryFn: async () => (await import('./write-code.ts')).qrCode(text ?? ''),
    enabled: text !== undefined,
    staleTime: Infinity,
    retry: false,
  })
  return code.data
}
