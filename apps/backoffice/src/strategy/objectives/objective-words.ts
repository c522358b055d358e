import type { Objective } from '@ecluse/contracts/objectives.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatPercent } from '@ecluse/ui/format.ts'
import type { StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../../app/i18n.ts'
import { useChannelName } from '../../network/use-channels.ts'
import { formatValue } from './kpi-unit.ts'

/** The tone of how an objective stands: urgent below its limit, waiting while even, done when it is likely. */
export function toneOf({ alert, reading, closed }: Objective): StateTone {
  if (closed) return closed.met ? 'done' : 'urgent'
  if (alert) return 'urgent'
  const { probability } = reading ?? { probability: null }
  if (probability === null) return 'neutral'
  return probability >= 0.7 ? 'done' : 'waiting'
}

/** Sentences about objectives, in the reader's language. */
export function useObjectiveWords() {
  const t = useT()
  const { locale } = useLocale()
  const channelName = useChannelName()
  const month = (value: string): string => formatDate(`${value}-15T12:00:00Z`, locale, 'month')
  return {
    month,
    value: ({ kpi }: Pick<Objective, 'kpi'>, value: number | null) => formatValue(kpi, value, locale),
    /** What is measured, of what, over which months. */
    asked: ({ kpi, channel, siteName, measure, wanted, target, from, until }: Objective): string =>
      t('objectives.asked', {
        kpi: t(`kpi.${kpi}`),
        of:
          [channel === null ? null : channelName(channel), siteName].filter((one) => one !== null).join(', ') ||
          t('objectives.ofAll'),
        measure: t(`objectives.measure.${measure}`),
        wanted: t(`objectives.wanted.${wanted}`),
        target: formatValue(kpi, target, locale),
        from: month(from),
        until: month(until),
      }),
    /** How likely it is, or what came of it. */
    state: ({ closed, reading, kpi }: Objective): string => {
      if (closed)
        return t(closed.met ? 'objectives.met' : 'objectives.missed', {
          reached: formatValue(kpi, closed.reached, locale),
        })
      if (!reading || reading.probability === null) return t('objectives.unknown')
      return t('objectives.likely', { share: formatPercent(reading.probability, locale, 0) })
    },
  }
}
