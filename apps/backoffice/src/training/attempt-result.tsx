import { Link } from '@tanstack/react-router'
import type { PutQuestion, TrainingAttempt } from '@ecluse/contracts/training.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatPercent } from '@ecluse/ui/format.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'

/** What came out of a quiz, and why, question by question. */
export function AttemptResult({ attempt }: { attempt: TrainingAttempt }) {
  const t = useT()
  const { locale } = useLocale()
  const { courseId, score, passed, passPercent, validUntil, handedInAt, questions } = attempt
  const share = (percent: number) => formatPercent(percent / 100, locale, 0)
  return (
    <div className="bo-stack">
      <Card title={t(passed ? 'training.passed' : 'training.failed')}>
        <p role="status" className="bo-line">
          {t('training.result', { score: share(score ?? 0), pass: share(passPercent) })}{' '}
          {validUntil && t('training.holds.until', { day: formatDate(validUntil, locale, 'day') })}
        </p>
        {handedInAt && <p className="bo-line bo-quiet">{formatDate(handedInAt, locale, 'dateTime')}</p>}
        <Link to="/training/$courseId" params={{ courseId }} className="bo-link">
          {t(passed ? 'training.back' : 'training.retry')}
        </Link>
      </Card>
      {questions.map((question) => (
        <JudgedQuestion key={question.id} question={question} />
      ))}
    </div>
  )
}

function JudgedQuestion({ question: { text, choices, judged } }: { question: PutQuestion }) {
  const t = useT()
  const { locale } = useLocale()
  if (judged === null) return null
  return (
    <Card title={text[locale]}>
      <p className="bo-line">
        <StateBadge tone={judged.right ? 'done' : 'urgent'}>
          {t(judged.right ? 'training.right' : 'training.wrong')}
        </StateBadge>
      </p>
      <ul className="bo-choices">
        {choices.map(({ id, text: words }) => (
          <li key={id}>
            <span>{words[locale]}</span>
            {judged.rightChoices.includes(id) && <strong>{t('training.choice.right')}</strong>}
            {judged.chosen.includes(id) && <span className="bo-quiet">{t('training.choice.chosen')}</span>}
          </li>
        ))}
      </ul>
      <p className="bo-line">{judged.explanation[locale]}</p>
    </Card>
  )
}
