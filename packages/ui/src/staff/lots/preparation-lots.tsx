import type { ReactNode } from 'react'
import { Button } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { FulfillmentLots, LotUnits, ShelfLot } from '@ecluse/contracts/lots.ts'
import { useLocale } from '../../ecluse-provider.tsx'
import { formatDate } from '../../format.ts'
import { apiQuery, call } from '../api.ts'
import { useAct } from '../use-act.ts'
import { useWords } from '../words.ts'
import { unitsIn } from './lot-draft.ts'
import { LotsField } from './lots-field.tsx'

type Line = FulfillmentLots['lines'][number]

/**
 * Lots and serial numbers of what is prepared: proposed in the order of their dates, scanned or typed, kept at once. Nothing is shown
 * of a preparation without followed articles.
 */
export function PreparationLots({
  fulfillmentId,
  title,
  className = '',
}: {
  fulfillmentId: string
  title: (id: string) => ReactNode
  className?: string
}) {
  const query = useQuery(apiQuery(endpoints.getFulfillmentLots, { params: { fulfillmentId } }))
  const lines = query.data?.lines ?? []
  if (lines.length === 0) return null
  const id = `lots-${fulfillmentId}`
  return (
    <section aria-labelledby={id} className={`staff-lots-part ${className}`}>
      {title(id)}
      {lines.map((line) => (
        <LineLots
          key={line.lineId}
          fulfillmentId={fulfillmentId}
          line={line}
          incoming={query.data?.incoming ?? false}
        />
      ))}
    </section>
  )
}

function LineLots({ fulfillmentId, line, incoming }: { fulfillmentId: string; line: Line; incoming: boolean }) {
  const t = useWords()
  const { locale } = useLocale()
  const save = useAct({
    act: (lots: readonly LotUnits[]) =>
      call(endpoints.pickLots, {
        params: { fulfillmentId },
        body: { lines: [{ lineId: line.lineId, lots: [...lots] }] },
      }),
    touches: ['/fulfillments', '/shelf-lots'],
  })
  const picked = line.picked.map(({ number, units }) => ({ number, units }))
  // What is being saved is shown as if it were: a scanner does not wait.
  const lots = save.isPending ? (save.variables ?? picked) : picked
  const without = line.shelf.find(({ number }) => number === null)?.units ?? 0
  const proposed = line.tracking.mode === 'lot' && lots.length === 0 ? proposalOf(line.shelf, line.quantity) : []
  return (
    <div className="staff-lots-line">
      <strong>{line.name}</strong>
      {proposed.length > 0 && (
        <div className="staff-lots-proposal">
          <span>
            {t('ui.lots.proposed')}{' '}
            {proposed
              .map(({ number, units, expiresOn }) =>
                [
                  t('ui.lots.some', { count: units, number }),
                  expiresOn && t('ui.lots.until', { day: formatDate(expiresOn, locale) }),
                ]
                  .filter(Boolean)
                  .join(', '),
              )
              .join(' · ')}
          </span>
          <Button
            variant="default"
            leftSection={<IconChecks size={18} aria-hidden />}
            loading={save.isPending}
            onClick={() => save.mutate(proposed.map(({ number, units }) => ({ number, units })))}
          >
            {t('ui.lots.asProposed')}
          </Button>
        </div>
      )}
      {without > 0 && lots.length === 0 && (
        <span>{incoming ? t('ui.lots.fromSupplier') : t('ui.lots.without', { count: without })}</span>
      )}
      <LotsField
        of={line.name}
        tracking={line.tracking}
        lots={lots}
        wanted={line.quantity}
        shelf={line.shelf}
        incoming={incoming}
        onChange={(next) => save.mutate(next)}
      />
    </div>
  )
}

/** The lots that should leave, first expired first; empty when some of the units have no number, for these go first. */
function proposalOf(shelf: readonly ShelfLot[], wanted: number): (LotUnits & { expiresOn: string | undefined })[] {
  const proposal: (LotUnits & { expiresOn: string | undefined })[] = []
  for (const { number, units, expiresOn } of shelf) {
    const taken = Math.min(units, wanted - unitsIn(proposal))
    if (taken <= 0) break
    if (number === null) return []
    proposal.push({ number, units: taken, expiresOn: expiresOn ?? undefined })
  }
  return proposal
}
