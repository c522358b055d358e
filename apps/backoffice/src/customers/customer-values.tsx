import type { CustomerProfile } from '@ecluse/contracts/customers.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'
import { useSource } from './use-source.ts'

type Learnt = CustomerProfile['values'][number]

/** Each thing known of a customer, where and when it was learned, and whether it says who they are. */
export function CustomerValues({ profile }: { profile: CustomerProfile }) {
  const t = useT()
  const { locale } = useLocale()
  const sourceOf = useSource()
  const whose = (one: Learnt): string | undefined => profile.members.find(({ id }) => id === one.memberId)?.name
  return (
    <ul className="bo-plain-list">
      {profile.values.map((one) => (
        <li key={`${one.memberId} ${one.kind} ${one.value}`} className="bo-row-between">
          <span className="bo-wrap">
            <span className={one.current ? undefined : 'bo-quiet'}>
              {one.kind === 'phone' ? formatPhone(one.value, locale) : one.value}
            </span>
            <span className="bo-quiet bo-block">
              {t(`customers.learnt.${one.kind}`)} · {sourceOf(one.source)} · <RelativeTime at={one.firstAt} />
              {whose(one) !== undefined &&
                ` · ${t('customers.learnt.of', { name: whose(one) || t('customers.nameless') })}`}
            </span>
          </span>
          {one.sharedBy !== null ? (
            <StateBadge tone="waiting">{t('customers.learnt.shared', { count: one.sharedBy })}</StateBadge>
          ) : (
            one.current && <StateBadge tone="done">{t('customers.learnt.current')}</StateBadge>
          )}
        </li>
      ))}
    </ul>
  )
}
