import { Fragment } from 'react'
import type { SegmentRule } from '@ecluse/contracts/segments.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useT } from '../app/i18n.ts'
import { useChannelName, useSiteName } from '../network/use-channels.ts'
import { conditionWords } from './condition-words.ts'

/** A rule as one would say it. */
export function RuleWords({ rule }: { rule: SegmentRule }) {
  const t = useT()
  const { locale } = useLocale()
  const channelName = useChannelName()
  const siteName = useSiteName()
  return (
    <ul className="bo-segment-words">
      {rule.groups.map((group, at) => (
        <li key={at}>
          {at > 0 && <span className="bo-quiet">{t(`segments.join.${rule.match}`)} </span>}
          {group.conditions.map((condition, place) => (
            <Fragment key={place}>
              {place > 0 && <span className="bo-quiet"> {t(`segments.join.${group.match}`)} </span>}
              {conditionWords(t, condition, { locale, channelName, siteName })}
            </Fragment>
          ))}
        </li>
      ))}
    </ul>
  )
}
