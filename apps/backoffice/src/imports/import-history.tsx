import { Link } from '@tanstack/react-router'
import type { Import } from '@ecluse/contracts/interchange.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

const tones: Record<Import['state'], StateTone> = {
  waiting: 'waiting',
  running: 'primary',
  done: 'done',
  failed: 'urgent',
  cancelled: 'neutral',
}

export function ImportBadge({ state }: { state: Import['state'] }) {
  const t = useT()
  return <StateBadge tone={tones[state]}>{t(`importState.${state}`)}</StateBadge>
}

/** Earlier imports, newest first, each with what it did. */
export function ImportHistory({ imports }: { imports: readonly Import[] }) {
  const t = useT()
  return (
    <ul className="bo-plain-list">
      {imports.map((one) => (
        <li key={one.id} className="bo-row-between">
          <span className="bo-wrap">
            <Link to="/imports/$importId" params={{ importId: one.id }} className="bo-link">
              {one.fileName}
            </Link>
            <span className="bo-quiet bo-block">
              {t(`importKind.${one.kind}`)}
              {one.dryRun && ` · ${t('imports.dryRun.short')}`} · <RelativeTime at={one.createdAt} />
              {one.createdBy && ` · ${one.createdBy}`}
            </span>
            <span className="bo-quiet bo-block">
              {t('imports.counts', {
                created: one.created,
                updated: one.updated,
                unchanged: one.unchanged,
                refused: one.refused,
              })}
            </span>
          </span>
          <ImportBadge state={one.state} />
        </li>
      ))}
    </ul>
  )
}
