import { IconCheck, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { contactReasons } from '@ecluse/contracts/consents.ts'
import { strikeReasons, type ContactDecision } from '@ecluse/contracts/journeys.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatPercent } from '@ecluse/ui/format.ts'
import { useT, type Translate } from '../app/i18n.ts'
import { Disclosure } from '../common/disclosure.tsx'
import { Figures } from './figures.tsx'
import { formatCents, formatMicro } from './money.ts'

type Candidate = ContactDecision['candidates'][number]

/** Why a contact was struck out, in words; a reason we do not know is shown as it is. */
export function strikeWords(t: Translate, reason: string): string {
  const ours = strikeReasons.find((one) => one === reason)
  if (ours) return t(`journeys.strike.${ours}`)
  const gates = contactReasons.find((one) => one === reason)
  return gates ? t('journeys.strike.gate', { reason: t(`consents.reason.${gates}`) }) : reason
}

/** One decision: what was chosen and why, in words first, then everything that was weighed, and the same decision taken again. */
export function DecisionItem({ decision, withJourney = false }: { decision: ContactDecision; withJourney?: boolean }) {
  const t = useT()
  const { locale } = useLocale()
  const { at, journeyId, journeyName, nodeName, candidates, replay, contact } = decision
  const winner = candidates.find(({ kept }) => kept)
  return (
    <li className="bo-decision">
      <p className="bo-line bo-quiet">
        {formatDate(at, locale, 'dateTime')}
        {(withJourney || nodeName) && ' · '}
        {withJourney && (
          <>
            <Link to="/journeys/$journeyId" params={{ journeyId }} className="bo-link bo-journey-inline">
              {journeyName}
            </Link>
            {nodeName && ' · '}
          </>
        )}
        {nodeName}
      </p>
      <p className="bo-line">
        <strong>{winner ? t('journeys.decided.sent', { what: nameOf(winner) }) : t('journeys.decided.nothing')}</strong>{' '}
        {reasonOf()}
      </p>
      {contact && (
        <p className="bo-line">
          {t(`journeys.contact.${contact.state}`)}
          {contact.sentAt && `, ${formatDate(contact.sentAt, locale, 'dateTime')}`}
          {contact.reason && ` (${strikeWords(t, contact.reason)})`}
          {contact.openedAt && ` · ${t('journeys.contact.opened')}`}
          {contact.clickedAt && ` · ${t('journeys.contact.clicked')}`}
        </p>
      )}
      <Disclosure label={t('journeys.weighed', { count: candidates.length })}>
        <Weighed candidates={candidates} nameOf={nameOf} />
        <p className="bo-line bo-quiet">{t(replay.same ? 'journeys.replay.same' : 'journeys.replay.other')}</p>
      </Disclosure>
    </li>
  )

  function nameOf({ name, title, medium }: Candidate): string {
    return [name || title, t(`journeys.medium.${medium}`)].filter(Boolean).join(' · ')
  }

  function reasonOf(): string {
    if (decision.reason === 'best') return t('journeys.reason.best')
    if (decision.reason === 'only') return t('journeys.reason.only')
    return strikeWords(t, decision.reason)
  }
}

type WeighedProps = {
  candidates: readonly Candidate[]
  nameOf: (candidate: Candidate) => string
}

function Weighed({ candidates, nameOf }: WeighedProps) {
  const t = useT()
  const { locale } = useLocale()
  const head = ['what', 'chance', 'brings', 'cost', 'net', 'outcome'] as const
  return (
    <Figures
      label={t('journeys.weighed.table')}
      head={head.map((name) => t(`journeys.weighed.${name}`))}
      words={[head.length - 1]}
      rows={candidates.map((one) => ({
        key: `${one.key} ${one.sendAt ?? ''}`,
        cells: [
          <>
            {nameOf(one)}
            {one.sendAt && <span className="bo-quiet bo-block">{formatDate(one.sendAt, locale, 'dateTime')}</span>}
            {one.own && <span className="bo-quiet bo-block">{t('journeys.weighed.own', one.own)}</span>}
          </>,
          formatPercent(one.probability, locale, 2),
          formatCents(one.answerMinor, locale),
          formatMicro(one.costMicro, locale),
          formatMicro(one.netMicro, locale, true),
          <Outcome key="outcome" candidate={one} kept={one.kept} />,
        ],
      }))}
    />
  )
}

function Outcome({ candidate: { struck }, kept }: { candidate: Candidate; kept: boolean }) {
  const t = useT()
  const Mark = kept ? IconCheck : IconX
  const words = kept ? t('journeys.weighed.kept') : struck ? strikeWords(t, struck) : t('journeys.weighed.less')
  return (
    <span className={kept ? 'bo-journey-kept' : 'bo-journey-struck'}>
      <Mark size={14} aria-hidden /> {words}
    </span>
  )
}
