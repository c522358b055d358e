import { Popover } from '@mantine/core'
import { IconCheck, IconHelpCircle, IconMinus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'

/** A decision as the server explains it: the rules tried, in order, and the one kept. */
export interface Reason {
  kept: string
  tried: readonly { rule: string; outcome: 'kept' | 'passed'; detail: string }[]
}

/**
 * “Pourquoi ?” beside a decided figure: opens the reason, in words first, then the rules that were tried.
 *
 * @param subject what was decided, for those who hear the button: “prix de 1 299 €”.
 * @param reason data from the server; its `detail` is in the reader's language already.
 * @param sentence says the decision in words; the kept rule's detail without it.
 */
export function Why({
  subject,
  reason,
  sentence,
  compact = false,
}: {
  subject: string
  reason: Reason
  sentence?: ReactNode
  compact?: boolean
}) {
  const intl = useIntl()
  const kept = reason.tried.find((step) => step.outcome === 'kept')
  return (
    <Popover width={340} position="bottom-start" trapFocus returnFocus withRoles>
      <Popover.Target>
        <button
          type="button"
          className="ec-why"
          data-compact={compact || undefined}
          aria-label={intl.formatMessage({ id: 'ui.why.about' }, { subject })}
        >
          <IconHelpCircle aria-hidden size={14} stroke={1.75} />
          {!compact && <FormattedMessage id="ui.why.button" />}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={intl.formatMessage({ id: 'ui.why.title' })}>
        <p className="ec-why-sentence">{sentence ?? kept?.detail}</p>
        <p className="ec-why-heading">
          <FormattedMessage id="ui.why.tried" />
        </p>
        <ol className="ec-why-steps" tabIndex={-1} data-autofocus>
          {reason.tried.map((step, index) => (
            <WhyStep key={index} detail={step.detail} kept={step.outcome === 'kept'} />
          ))}
        </ol>
      </Popover.Dropdown>
    </Popover>
  )
}

function WhyStep({ detail, kept }: { detail: string; kept: boolean }) {
  const Mark = kept ? IconCheck : IconMinus
  return (
    <li data-kept={kept || undefined}>
      <Mark aria-hidden size={14} stroke={2} />
      <span>
        <span className="visually-hidden">
          <FormattedMessage id={kept ? 'ui.why.kept' : 'ui.why.passed'} />{' '}
        </span>
        {detail}
      </span>
    </li>
  )
}
