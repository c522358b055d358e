import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatNumber } from '@ecluse/ui/format.ts'

/** A change of quantity with its sign, “+6” or “−1”. */
export function Signed({ value }: { value: number }) {
  const { locale } = useLocale()
  const sign = value > 0 ? '+' : value < 0 ? '−' : ''
  return <span className="tabular">{`${sign}${formatNumber(Math.abs(value), locale)}`}</span>
}
