import { Button } from '@mantine/core'
import { FormattedMessage, useIntl } from 'react-intl'

export type ProgressState = 'running' | 'cancelling' | 'done' | 'failed'

/**
 * Long work under way: what it is, how far in numbers, how long yet, and a way to stop it. The result stays.
 *
 * @param total null while it is not known.
 * @param secondsLeft an estimate from the server or the caller.
 */
export function ProgressLine({
  label,
  done,
  total,
  state,
  secondsLeft,
  onCancel,
}: {
  label: string
  done: number
  total: number | null
  state: ProgressState
  secondsLeft?: number | null
  onCancel?: () => void
}) {
  const intl = useIntl()
  const running = state === 'running' || state === 'cancelling'
  const count = intl.formatMessage(
    { id: total === null ? 'ui.progress.count_open' : 'ui.progress.count' },
    { done, total },
  )
  return (
    <div className="ec-progress" data-state={state}>
      <div className="ec-progress-words">
        <span className="ec-progress-label">{label}</span>
        <span className="ec-progress-count tabular">{count}</span>
      </div>
      <progress aria-label={label} max={total ?? undefined} value={total === null && running ? undefined : done} />
      <div className="ec-progress-words">
        <span className="ec-progress-note" role="status">
          {!running && <FormattedMessage id={`ui.progress.${state === 'done' ? 'done' : 'failed'}`} />}
          {state === 'running' && secondsLeft != null && (
            <FormattedMessage id="ui.progress.left" values={{ minutes: Math.floor(secondsLeft / 60) }} />
          )}
        </span>
        {running && onCancel && (
          <Button size="compact-sm" variant="subtle" color="gray" disabled={state === 'cancelling'} onClick={onCancel}>
            <FormattedMessage id={state === 'cancelling' ? 'ui.progress.cancelling' : 'ui.progress.cancel'} />
          </Button>
        )}
      </div>
    </div>
  )
}
