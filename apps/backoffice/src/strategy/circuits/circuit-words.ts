import type { CircuitKind, CircuitRole } from '@ecluse/contracts/circuits.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { useT } from '../../app/i18n.ts'
import { useAmounts } from '../scenarios/amounts.ts'

/** How circuits, stages and their figures are written: prices to the cent, sums in whole euros. */
export function useCircuitWords() {
  const t = useT()
  const { locale } = useLocale()
  const { money, number } = useAmounts()
  return {
    kind: (kind: CircuitKind | undefined): string => (kind ? t(`circuits.kind.${kind}`) : ''),
    /** The maker of the direct circuit sells as well. */
    role: (role: CircuitRole, kind: CircuitKind): string =>
      kind === 'direct' ? t('circuits.role.makerSelling') : t(`circuits.role.${role}`),
    price: (value: number | undefined): string =>
      value === undefined ? '–' : formatMoney({ amountMinor: Math.round(value * 100), currency: 'EUR' }, locale),
    sum: (value: number | undefined): string => (value === undefined ? '–' : money(value)),
    count: (value: number): string => number(Math.round(value)),
  }
}
