import { useState } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ApiKey } from '@ecluse/contracts/access.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { NewKey } from './new-key.tsx'
import { RevokeKey } from './revoke-key.tsx'

/** The keys by which other programs use the API. */
export function KeysPage() {
  const t = useT()
  const [creating, setCreating] = useState(false)
  const query = useQuery(apiQuery(endpoints.listApiKeys, {}))
  const keys = query.data?.items ?? []
  const create = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      {t('act.newKey')}
    </Button>
  )
  return (
    <Page title={t('nav.keys')} summary={t('keys.summary')} acts={create}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={240} />}
      {query.data && keys.length === 0 && (
        <EmptyState title={t('keys.empty')} hint={t('keys.empty.help')}>
          {create}
        </EmptyState>
      )}
      {keys.length > 0 && (
        <ul className="bo-keys">
          {keys.map((key) => (
            <KeyItem key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
      {creating && <NewKey onClose={() => setCreating(false)} />}
    </Page>
  )
}

function KeyItem({ apiKey }: { apiKey: ApiKey }) {
  const t = useT()
  const expired = apiKey.expiresAt !== null && Date.parse(apiKey.expiresAt) < Date.now()
  const live = apiKey.revokedAt === null && !expired
  return (
    <li className="bo-card bo-key">
      <div className="bo-wrap">
        <p className="bo-line">
          <strong>{apiKey.name}</strong> <code>{apiKey.prefix}…</code>{' '}
          {!live && <StateBadge tone="neutral">{apiKey.revokedAt ? t('keys.revoked') : t('keys.expired')}</StateBadge>}
        </p>
        <p className="bo-line bo-quiet">
          {t('keys.createdBy', { name: apiKey.createdBy })} <RelativeTime at={apiKey.createdAt} />
          {' · '}
          {apiKey.lastUsedAt ? (
            <>
              {t('keys.lastUsed')} <RelativeTime at={apiKey.lastUsedAt} />
            </>
          ) : (
            t('keys.neverUsed')
          )}
          {live && apiKey.expiresAt && (
            <>
              {' · '}
              {t('keys.expires')} <RelativeTime at={apiKey.expiresAt} />
            </>
          )}
        </p>
        <p className="bo-scopes">
          {apiKey.scopes.map((scope) => (
            <code key={scope}>{scope}</code>
          ))}
        </p>
      </div>
      {live && <RevokeKey apiKey={apiKey} />}
    </li>
  )
}
