import { NumberInput, type NumberInputProps } from '@mantine/core'
import { experimentKpis, type ExperimentKpi } from '@ecluse/contracts/experiments.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useT } from '../../app/i18n.ts'

const typedPer = { money: 100, share: 0.01, count: 1 } as const
const suffixes = { money: '\u202f€', share: '\u202f%', count: '' } as const
const decimals = { money: 2, share: 3, count: 4 } as const

/** A value of a figure, typed as people say it: euros, per cent or a number; kept in cents, as a share or as it is. */
export function KpiInput({
  kpi,
  points = false,
  value,
  onChange,
  ...props
}: Omit<NumberInputProps, 'value' | 'onChange' | 'suffix'> & {
  kpi: ExperimentKpi
  /** A difference of shares: in points, not in per cent of the share. */
  points?: boolean
  value?: number | ''
  onChange?: (value: number | '') => void
}) {
  const t = useT()
  const { locale } = useLocale()
  const unit = experimentKpis[kpi]
  return (
    <NumberInput
      {...props}
      suffix={points && unit === 'share' ? t('experiment.points') : suffixes[unit]}
      decimalScale={decimals[unit]}
      hideControls
      allowedDecimalSeparators={[',', '.']}
      thousandSeparator={locale === 'fr' ? '\u202f' : ','}
      value={value === '' || value === undefined ? '' : Number((value / typedPer[unit]).toPrecision(6))}
      onChange={(next) => onChange?.(next === '' ? '' : Number((Number(next) * typedPer[unit]).toPrecision(12)))}
    />
  )
}
