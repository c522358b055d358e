import type { CustomerProfile } from '@ecluse/contracts/customers.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
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
  // What an account is called within says nothing to anybody: since when it is known does.
  const shown = ({ kind, value, firstAt }: Learnt): string => {
    if (kind === 'account') return t('customers.learnt.account.since', { date: formatDate(firstAt, locale, 'day') })
    return kind === 'phone' ? formatPhone(value, locale) : value
  }
  return (
    <ul className="bo-plain-list">
      {profile.values.map((one) => (
        <li key={`${one.memberId} ${one.kind} ${one.value}`} className="bo-row-between">
          <span className="bo-wrap">
            <span className={one.current ? undefined : 'bo-quiet'}>{shown(one)}</span>
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
