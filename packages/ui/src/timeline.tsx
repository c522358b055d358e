import { Button } from '@mantine/core'
import { IconArrowBackUp, IconPoint } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import type { ChannelMedium } from '@ecluse/contracts/channels.ts'
import { channelIcons, ChannelMark } from './channel-mark.tsx'
import { EmptyState } from './empty-state.tsx'
import { RelativeTime } from './relative-time.tsx'
import type { StateTone } from './state-badge.tsx'

export interface TimelineEntry {
  id: string
  /** ISO 8601 instant. */
  at: string
  /** What happened, in words; shown first, and read in the name of the undo button. */
  title: string
  /** What changed, quantities, amounts, a quoted message. */
  detail?: ReactNode
  /** Who did it; Écluse itself when nobody did. */
  actor?: string | null
  /** By which channel it came, and that channel's own name. */
  medium?: ChannelMedium | null
  channelName?: string
  tone?: StateTone
  /** Takes the act back, in place. Absent when it cannot be. */
  undo?: () => void | Promise<void>
}

/**
 * The one timeline, for an order, a customer, a conversation or an article: who, when, by which channel, what changed.
 * Give entries in the order to show them, newest first as a rule.
 */
export function Timeline({ entries, label }: { entries: readonly TimelineEntry[]; label?: string }) {
  const intl = useIntl()
  if (entries.length === 0) return <EmptyState title={intl.formatMessage({ id: 'ui.timeline.empty' })} compact />
  return (
    <ol className="ec-timeline" aria-label={label ?? intl.formatMessage({ id: 'ui.timeline.label' })}>
      {entries.map((entry) => (
        <TimelineItem key={entry.id} entry={entry} />
      ))}
    </ol>
  )
}

function TimelineItem({ entry }: { entry: TimelineEntry }) {
  const Mark = entry.medium ? channelIcons[entry.medium] : IconPoint
  const style = entry.medium
    ? { '--mark': `var(--channel-${entry.medium})`, '--mark-soft': `var(--channel-${entry.medium}-soft)` }
    : {}
  return (
    <li className="ec-timeline-item" data-tone={entry.tone} style={style as React.CSSProperties}>
      <span className="ec-timeline-dot" aria-hidden>
        <Mark size={16} stroke={1.75} />
      </span>
      <div className="ec-timeline-body">
        <p className="ec-timeline-title">{entry.title}</p>
        {entry.detail && <div className="ec-timeline-detail">{entry.detail}</div>}
        <p className="ec-timeline-meta">
          <span>{entry.actor ?? <FormattedMessage id="ui.timeline.system" />}</span>
          <RelativeTime at={entry.at} />
          {entry.medium && <ChannelMark medium={entry.medium} label={entry.channelName} variant="plain" />}
        </p>
      </div>
      {entry.undo && <UndoButton act={entry.title} undo={entry.undo} />}
    </li>
  )
}

function UndoButton({ act, undo }: { act: string; undo: () => void | Promise<void> }) {
  const intl = useIntl()
  const [running, setRunning] = useState(false)
  async function run(): Promise<void> {
    setRunning(true)
    try {
      await undo()
    } finally {
      setRunning(false)
    }
  }
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<IconArrowBackUp aria-hidden size={14} />}
      aria-label={intl.formatMessage({ id: 'ui.timeline.undo_about' }, { act })}
      disabled={running}
      onClick={() => void run()}
    >
      <FormattedMessage id={running ? 'ui.timeline.undoing' : 'ui.timeline.undo'} />
    </Button>
  )
}
