import { wordings, type CustomerConsents } from '@ecluse/contracts/consents.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

/** Those there are words for. */
const sources = [
  'account',
  'call',
  'erasure',
  'letter_code',
  'newsletter',
  'notifications',
  'order',
  'preferences',
  'reply',
  'returned_letter',
  'social',
  'staff',
  'unsubscribe',
  'visit',
] as const

type Entry = CustomerConsents['entries'][number]

/** Everything a customer had said by then, latest first: when, where, in which words, and whether the proofs are whole. */
export function ConsentJournal({ consents: { at, entries, intact } }: { consents: CustomerConsents }) {
  const t = useT()
  const said = entries.filter((entry) => entry.at <= at)
  if (entries.length === 0) return null
  return (
    <section aria-label={t('customers.consents.journal')}>
      <StateBadge tone={intact ? 'done' : 'urgent'}>
        {t(intact ? 'customers.consents.intact' : 'customers.consents.broken')}
      </StateBadge>
      {said.length === 0 && <p className="bo-line bo-quiet">{t('customers.consents.nothingYet')}</p>}
      <ul className="bo-plain-list">
        {said.map((entry) => (
          <li key={entry.id}>
            <Said entry={entry} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Said({ entry }: { entry: Entry }) {
  const t = useT()
  const { locale } = useLocale()
  const source = sources.find((name) => name === entry.source)
  const texts: Readonly<Record<string, Readonly<Record<'fr' | 'en', string>>>> = wordings
  const text = entry.wording === null ? undefined : texts[entry.wording]?.[locale]
  return (
    <>
      {t(`consents.act.${entry.act}`)}
      {entry.act !== 'preferred' &&
        ` · ${t(`consents.medium.${entry.medium ?? 'all'}`)} · ${t(`consents.purpose.${entry.purpose ?? 'all'}`)}`}
      <span className="bo-quiet bo-block">
        <RelativeTime at={entry.at} /> · {source ? t(`consents.source.${source}`) : entry.source}
        {entry.actor && ` · ${entry.actor}`}
        {entry.proof['said'] && ` · ${entry.proof['said']}`}
      </span>
      {entry.wording !== null && (
        <details>
          <summary>{t('customers.consents.wording', { version: entry.wording })}</summary>
          <p className="bo-line bo-quiet">{text ?? entry.wording}</p>
        </details>
      )}
    </>
  )
}
