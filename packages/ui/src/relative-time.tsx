import { Tooltip } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useLocale } from './ecluse-provider.tsx'
import { formatDate, formatRelative } from './format.ts'

const minute = 60_000

/**
 * How long ago, or in how long; the exact date and time on hover or touch, and in print. Keeps itself true.
 *
 * @param at an ISO 8601 instant.
 */
export function RelativeTime({ at }: { at: string }) {
  const { locale } = useLocale()
  const now = useNow()
  const exact = formatDate(at, locale, 'full')
  return (
    <Tooltip label={exact} events={{ hover: true, focus: false, touch: true }}>
      <time className="ec-time" dateTime={at} data-exact={exact}>
        {formatRelative(at, now, locale)}
      </time>
    </Tooltip>
  )
}

/** The time, renewed every minute by one timer for the whole screen. */
function useNow(): number {
  return useSyncExternalStore(subscribe, readNow, readNow)
}

const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function readNow(): number {
  return now
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, minute)
  if (Date.now() - now > minute) tick()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}
