import { useState } from 'react'
import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAlertTriangle, IconCircleCheck, IconFileTypePdf, IconInfoCircle } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { mailContentSchema, type MailFault } from '@ecluse/contracts/mail-templates.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import type { TemplateDraft } from './draft.ts'

const views = ['desktop', 'phone', 'dark', 'text'] as const
type View = (typeof views)[number]
const pauseMs = 400

/** The message as its reader will see it, made anew when typing rests, and what is wrong with it. */
export function MailPreview({
  draft,
  templateId,
  locale,
}: {
  draft: TemplateDraft
  /** Null: not kept yet. */
  templateId: string | null
  locale: Locale
}) {
  const t = useT()
  const [view, setView] = useState<View>('desktop')
  const [asked] = useDebouncedValue(draft, pauseMs)
  const { purpose, medium, content } = asked
  const theme = view === 'dark' ? 'dark' : 'light'
  const query = useQuery({
    ...apiQuery(endpoints.previewMail, { body: { purpose, medium, content, locale, theme } }),
    enabled: mailContentSchema.safeParse(content).success,
    placeholderData: keepPreviousData,
  })
  const made = query.data
  return (
    <Card title={t('templates.preview')}>
      {medium === 'email' && (
        <SegmentedControl
          aria-label={t('templates.view')}
          fullWidth
          size="xs"
          data={views.map((value) => ({ value, label: t(`templates.view.${value}`) }))}
          value={view}
          onChange={setView}
        />
      )}
      {medium === 'letter' && templateId !== null && <LetterFile templateId={templateId} locale={locale} />}
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {!made && !query.isError && <Skeleton height={420} mt="md" />}
      {made && (
        <>
          <p className="bo-mail-line">
            <strong>{made.subject}</strong> <span className="bo-quiet">{made.preheader}</span>
          </p>
          {view === 'text' || medium === 'letter' ? (
            <pre className="bo-mail-text bo-template-text" tabIndex={0} aria-label={t('templates.view.text')}>
              {made.text}
            </pre>
          ) : (
            <iframe
              className="bo-template-frame"
              data-view={view}
              title={t('templates.frame', { view: t(`templates.view.${view}`) })}
              sandbox=""
              srcDoc={made.html}
            />
          )}
          <Faults faults={made.faults} />
        </>
      )}
    </Card>
  )
}

/** The letter as it is printed, of what was kept last. */
function LetterFile({ templateId, locale }: { templateId: string; locale: Locale }) {
  const t = useT()
  return (
    <>
      <Button
        component="a"
        variant="default"
        size="xs"
        href={urlOf(endpoints.previewLetter.path, { templateId }, { locale })}
        target="_blank"
        rel="noreferrer"
        leftSection={<IconFileTypePdf size={16} aria-hidden />}
      >
        {t('templates.letter')}
      </Button>
      <p className="bo-line bo-quiet">{t('templates.letter.saved')}</p>
    </>
  )
}

/** What keeps the template from being published, then what could be better; in words, with where it is. */
function Faults({ faults }: { faults: readonly MailFault[] }) {
  const t = useT()
  const where = ({ at, locale }: MailFault): string => {
    const [block, column, row] = at.split('.').map((part) => Number(part) + 1)
    const place = /^\d/.test(at)
      ? t('templates.at.block', { block: row === undefined ? `${block}` : `${block} (${column}-${row})` })
      : at === 'blocks'
        ? ''
        : t(`templates.at.${at as 'subject' | 'title' | 'preheader' | 'accent'}`)
    return [place, locale && t(`segments.language.${locale}`)].filter(Boolean).join(', ')
  }
  const sorted = faults.toSorted((a, b) => Number(a.weight === 'advice') - Number(b.weight === 'advice'))
  return (
    <div className="bo-faults" role="status" aria-live="polite">
      {sorted.length === 0 && (
        <p className="bo-line">
          <IconCircleCheck size={16} aria-hidden /> {t('templates.faults.none')}
        </p>
      )}
      <ul>
        {sorted.map((fault, at) => (
          <li key={at} data-weight={fault.weight}>
            {fault.weight === 'stop' ? (
              <IconAlertTriangle size={16} aria-label={t('templates.fault.stop')} />
            ) : (
              <IconInfoCircle size={16} aria-label={t('templates.fault.advice')} />
            )}
            <span>
              {t(`templates.fault.${fault.code}`, { value: fault.value })}{' '}
              <span className="bo-quiet">{where(fault)}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
