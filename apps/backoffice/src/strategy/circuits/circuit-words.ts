import type { CircuitKind, CircuitRole } from '@ecluse/contracts/circuits.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney, formatNumber } from '@ecluse/ui/format.ts'
import { useT } from '../../app/i18n.ts'

/** How circuits, stages and their figures are written: prices to the cent, sums in whole euros. */
export function useCircuitWords() {
  const t = useT()
  const { locale } = useLocale()
  const euros = (value: number, whole: boolean): string =>
    formatMoney({ amountMinor: whole ? Math.round(value) * 100 : Math.round(value * 100), currency: 'EUR' }, locale, {
      whole,
    })
  return {
    kind: (kind: CircuitKind | undefined): string => (kind ? t(`circuits.kind.${kind}`) : ''),
    /** The maker of the direct circuit sells as well. */
    role: (role: CircuitRole, kind: CircuitKind): string =>
      kind === 'direct' ? t('circuits.role.makerSelling') : t(`circuits.role.${role}`),
    price: (value: number | undefined): string => (value === undefined ? '–' : euros(value, false)),
    sum: (value: number | undefined): string => (value === undefined ? '–' : euros(value, true)),
    count: (value: number): string => formatNumber(Math.round(value), locale, 0),
  }
}
