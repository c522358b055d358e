/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import type { Visit } from '../visit.ts'
import { Icon } from './icon.tsx'

/** An article that is not sold to everybody yet: from when on it is, and whether this visitor may buy it already. */
export type Opening = { readonly at: string; readonly open: boolean }

/** Whether the visitor may buy what opens then; null when it is open. Only visitors of such an article are asked about. */
export async function openingOf(visit: Visit, at: string | null): Promise<Opening | null> {
  if (at === null) return null
  const { items } = await visit.call(endpoints.getMyBenefits).catch((error: unknown) => {
    // Whoever is not signed in has no benefit.
    if (error instanceof ApiError && error.problem.status < 500) return { items: [] }
    throw error
  })
  return { at, open: items.some(({ benefit }) => benefit === 'early_access') }
}

/** “Ouverture le jeudi 12 mars à 10:00”, or until when it is theirs before others. */
export function openingWords({ t, locale }: Visit, { at, open }: Opening): string {
  return t(open ? 'opening.early' : 'opening.later', { date: formatDate(at, locale, 'dateTime') })
}

/** The same beside an article; who may not buy it yet is told how they could. */
export function OpeningNote({ visit, opening }: { visit: Visit; opening: Opening | null }) {
  if (!opening) return null
  return (
    <p class={opening.open ? 'banner' : 'banner waiting'}>
      <Icon name={opening.open ? 'check' : 'clock'} />
      <span>
        <strong>{openingWords(visit, opening)}</strong>
        <br />
        <span class="muted">{visit.t(opening.open ? 'opening.early_text' : 'opening.later_text')}</span>
      </span>
    </p>
  )
}
