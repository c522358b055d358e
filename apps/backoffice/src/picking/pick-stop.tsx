import { ActionIcon } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PickStop as Stop } from '@ecluse/contracts/picking.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'

/** One shelf of the walk: what to take there, and how many for which tray. Without a scanner, a touch counts. */
export function PickStop({ roundId, stop }: { roundId: string; stop: Stop }) {
  const t = useT()
  const name = [stop.name, stop.variantLabel].filter(Boolean).join(' · ')
  return (
    <li className="bo-pick-stop" data-done={stop.picked === stop.quantity || undefined}>
      <span className="bo-pick-place">
        {stop.location ?? t('picking.nowhere')}
        <span className="bo-quiet bo-block">{stop.placeName}</span>
      </span>
      <span className="bo-named">
        <Thumb url={stop.imageUrl} size={48} />
        <span className="bo-wrap">
          {name}
          <span className="bo-quiet bo-block">{[stop.sku, stop.gtin].filter(Boolean).join(' · ')}</span>
        </span>
      </span>
      <ul className="bo-pick-trays">
        {stop.lines.map((line) => (
          <TrayCount key={line.lineId} roundId={roundId} line={line} name={name} />
        ))}
      </ul>
    </li>
  )
}

function TrayCount({ roundId, line, name }: { roundId: string; line: Stop['lines'][number]; name: string }) {
  const t = useT()
  const { fulfillmentId, lineId, tray, picked, quantity } = line
  const set = useAct({
    act: (units: number) =>
      call(endpoints.setPicked, { params: { roundId }, body: { fulfillmentId, lineId, picked: units } }),
    touches: ['/picking-rounds'],
  })
  return (
    <li>
      <strong>{t('picking.tray', { tray })}</strong>
      <span className="bo-pick-units">
        <ActionIcon
          variant="default"
          size={44}
          aria-label={t('picking.less', { name, tray })}
          disabled={picked === 0 || set.isPending}
          onClick={() => set.mutate(picked - 1)}
        >
          <IconMinus size={18} aria-hidden />
        </ActionIcon>
        <span className="bo-pick-count" data-done={picked === quantity || undefined}>
          {t('picking.count', { picked, quantity })}
        </span>
        <ActionIcon
          variant="default"
          size={44}
          aria-label={t('picking.more', { name, tray })}
          disabled={picked >= quantity || set.isPending}
          onClick={() => set.mutate(picked + 1)}
        >
          <IconPlus size={18} aria-hidden />
        </ActionIcon>
      </span>
    </li>
  )
}
