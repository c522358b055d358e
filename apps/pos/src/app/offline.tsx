import { useEffect, useState, useSyncExternalStore } from 'react'
import { Button } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call, queryClient } from '@ecluse/ui/staff/api.ts'
import { useT } from './i18n.ts'

const checkEveryMs = 5_000

/** Says that the till cannot reach the server, as long as it cannot, and tries again by itself. */
export function Offline() {
  const t = useT()
  const failing = useFailingQueries()
  const online = useSyncExternalStore(onNetwork, () => navigator.onLine)
  const [checking, setChecking] = useState(false)
  const isOffline = !online || failing
  const check = async (): Promise<void> => {
    setChecking(true)
    try {
      await call(endpoints.getSession)
      await queryClient.invalidateQueries()
    } catch {
      // Still away: the banner stays.
    } finally {
      setChecking(false)
    }
  }
  useEffect(() => {
    if (!isOffline) return
    const timer = setInterval(() => void check(), checkEveryMs)
    return () => clearInterval(timer)
  }, [isOffline])
  if (!isOffline) return null
  return (
    <div className="pos-offline" role="alert">
      <IconCloudOff size={20} aria-hidden />
      <span>{t('offline.message')}</span>
      <Button size="compact-md" variant="white" color="dark" loading={checking} onClick={() => void check()}>
        {t('app.retry')}
      </Button>
    </div>
  )
}

function onNetwork(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** Whether the last answer that any screen waits for was no answer at all. */
function useFailingQueries(): boolean {
  return useSyncExternalStore(
    (listener) => queryClient.getQueryCache().subscribe(listener),
    () =>
      queryClient
        .getQueryCache()
        .getAll()
        .some(({ state }) => isUnreachable(state.error)),
  )
}

function isUnreachable(error: unknown): boolean {
  return error instanceof Error && 'problem' in error && (error.problem as { status: number }).status === 0
}
