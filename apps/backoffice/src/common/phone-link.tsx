import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'

/** A telephone number to read, and to call where the device can. */
export function PhoneLink({ phone }: { phone: string }) {
  const { locale } = useLocale()
  return (
    <a className="bo-link" href={`tel:${phone.replaceAll(/\s/g, '')}`}>
      {formatPhone(phone, locale)}
    </a>
  )
}
