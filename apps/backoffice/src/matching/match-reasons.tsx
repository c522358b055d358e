import type { Match } from '@ecluse/contracts/matching.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

const fields = [
  'familyName',
  'givenName',
  'street',
  'streetNumber',
  'addressExtra',
  'place',
  'email',
  'phone',
  'birthDate',
] as const
const levels = ['same', 'alike', 'swapped', 'initial', 'partly', 'different'] as const
/** How the comparison of towns says what the others say in a word. */
const ofPlaces: Readonly<Record<string, (typeof levels)[number]>> = {
  'code and nearly the town': 'alike',
  'town and nearly the code': 'alike',
  'code alone': 'partly',
  'town alone': 'partly',
  nearly: 'partly',
}
/** From how many bits on a comparison weighs much, and from how many it weighs something. */
const much = 6
const some = 2
/** Below so many bits a comparison tells nothing: everybody lives in that street. */
const nothing = 0.5

/** What speaks for two customers being one person, and what against, field by field. */
export function MatchReasons({ reasons }: { reasons: Match['reasons'] }) {
  const t = useT()
  return (
    <ul className="bo-plain-list">
      {reasons.map(({ comparison, level, bits }) => {
        const field = fields.find((name) => name === comparison)
        const word = levels.find((name) => name === (ofPlaces[level] ?? level)) ?? 'partly'
        return (
          <li key={comparison} className="bo-row-between">
            <span className="bo-wrap">
              {field ? t(`matches.field.${field}`) : comparison}
              <span className="bo-quiet bo-block">{t(`matches.level.${word}`)}</span>
            </span>
            <Weight bits={bits} />
          </li>
        )
      })}
    </ul>
  )
}

/** What a comparison weighs, in words. */
function Weight({ bits }: { bits: number }) {
  const t = useT()
  if (Math.abs(bits) < nothing) return <StateBadge tone="neutral">{t('matches.neither')}</StateBadge>
  const strength = Math.abs(bits) >= much ? 'much' : Math.abs(bits) >= some ? 'some' : 'little'
  const words = bits > 0 ? (`matches.for.${strength}` as const) : (`matches.against.${strength}` as const)
  return <StateBadge tone={bits > 0 ? 'done' : 'urgent'}>{t(words)}</StateBadge>
}
