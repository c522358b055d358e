import { useState } from 'react'
import { Button, Checkbox } from '@mantine/core'
import { IconArrowBackUp, IconHandStop, IconReplace } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { GiftNote } from '@ecluse/ui/staff/gift-note.tsx'
import { PreparationLots } from '@ecluse/ui/staff/lots/preparation-lots.tsx'
import { AskedSubstitute } from '@ecluse/ui/staff/asked-substitute.tsx'
import { MissingLine } from '@ecluse/ui/staff/missing-line.tsx'
import { RefuseLine } from '@ecluse/ui/staff/refuse-line.tsx'
import { SlipFile } from '@ecluse/ui/staff/slip-file.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { HandOver } from './hand-over.tsx'
import { PickupBadge } from './pickup-badge.tsx'
import { RefuseSubstitute } from './refuse-substitute.tsx'
import { touchedByPickup } from './pickup-queries.ts'

type Props = { pickup: Fulfillment; typed: string; onClose: () => void }

/** One pick-up, finished beside the list: articles ticked from the shelf, prepared, then handed over to whoever has the code. */
export function PickupPanel({ pickup, typed, onClose }: Props) {
  const t = useT()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const isOpen = pickup.state === 'to_prepare'
  const all = pickup.lines.every(({ lineId }) => ticked.has(lineId))
  const params = { fulfillmentId: pickup.id }
  const prepare = useAct({
    act: () => call(endpoints.markPrepared, { params }),
    touches: touchedByPickup,
    done: () => t('pickups.prepared', { number: pickup.orderNumber }),
    undo: () => call(endpoints.undoPrepared, { params }),
  })
  return (
    <SidePanel
      title={pickup.customerName ?? pickup.orderNumber}
      badge={<PickupBadge pickup={pickup} />}
      itemKey={pickup.id}
      onClose={onClose}
      footer={
        isOpen && (
          <Button size="lg" fullWidth loading={prepare.isPending} disabled={!all} onClick={() => prepare.mutate()}>
            {all ? t('pickups.prepare') : t('pickups.left', { count: pickup.lines.length - ticked.size })}
          </Button>
        )
      }
    >
      <p className="pos-dim">
        {t('pickups.order', { number: pickup.orderNumber })}
        {pickup.dueAt && pickup.state !== 'handed_over' && (
          <>
            {' · '}
            {t('pickups.due')} <RelativeTime at={pickup.dueAt} />
          </>
        )}
      </p>
      {pickup.gift && <Present pickup={pickup} />}
      {pickup.state === 'ready' && <HandOver pickup={pickup} typed={typed} />}
      <AskedSubstitute preparation={pickup} touches={touchedByPickup} />
      <h3>{t('pickups.articles')}</h3>
      <ul className="pos-picking">
        {pickup.lines.map((line) => (
          <li key={line.lineId}>
            <Article
              line={line}
              ticked={isOpen ? ticked.has(line.lineId) : null}
              onTick={(on) => setTicked((now) => withLine(now, line.lineId, on))}
            />
            {line.substituteFor !== null && (isOpen || pickup.state === 'ready') && (
              <RefuseSubstitute pickup={pickup} line={line} />
            )}
          </li>
        ))}
      </ul>
      <PreparationLots fulfillmentId={pickup.id} title={(id) => <h3 id={id}>{t('pickups.lots')}</h3>} />
      {isOpen && pickup.lines.length > 1 && !all && (
        <Button variant="subtle" onClick={() => setTicked(new Set(pickup.lines.map(({ lineId }) => lineId)))}>
          {t('pickups.tickAll')}
        </Button>
      )}
      {pickup.state === 'ready' && <Unprepare pickup={pickup} />}
      {isOpen && pickup.lines.some((line) => line.substituteFor === null) && <Missing pickup={pickup} />}
      {(isOpen || pickup.state === 'ready') && <Refuse pickup={pickup} />}
      {pickup.state === 'handed_over' && (
        <Link to="/receipts/$orderId" params={{ orderId: pickup.orderId }} className="pos-link">
          {t('pickups.receipt')}
        </Link>
      )}
    </SidePanel>
  )
}

/** No price goes with a present: its slip has the words of who gives it, and the code to exchange it with. */
function Present({ pickup }: { pickup: Fulfillment }) {
  return (
    <div className="pos-present">
      <GiftNote />
      <SlipFile size="md" fulfillmentId={pickup.id} />
    </div>
  )
}

function Unprepare({ pickup }: { pickup: Fulfillment }) {
  const t = useT()
  const undo = useAct({
    act: () => call(endpoints.undoPrepared, { params: { fulfillmentId: pickup.id } }),
    touches: touchedByPickup,
    done: () => t('pickups.unprepared', { number: pickup.orderNumber }),
  })
  return (
    <Button
      variant="subtle"
      leftSection={<IconArrowBackUp size={18} aria-hidden />}
      loading={undo.isPending}
      onClick={() => undo.mutate()}
    >
      {t('pickups.unprepare')}
    </Button>
  )
}

function Missing({ pickup }: { pickup: Fulfillment }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="subtle" leftSection={<IconReplace size={18} aria-hidden />} onClick={() => setOpen(true)}>
        {t('pickups.missing')}
      </Button>
      {open && <MissingLine preparation={pickup} touches={touchedByPickup} onClose={() => setOpen(false)} />}
    </>
  )
}

function Refuse({ pickup }: { pickup: Fulfillment }) {
  const t = useT()
  const [refusing, setRefusing] = useState(false)
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconHandStop size={18} aria-hidden />}
        onClick={() => setRefusing(true)}
      >
        {t('pickups.refuse')}
      </Button>
      {refusing && <RefuseLine preparation={pickup} touches={touchedByPickup} onClose={() => setRefusing(false)} />}
    </>
  )
}

function withLine(lines: ReadonlySet<string>, lineId: string, on: boolean): ReadonlySet<string> {
  const next = new Set(lines)
  if (on) next.add(lineId)
  else next.delete(lineId)
  return next
}

type ArticleProps = { line: Fulfillment['lines'][number]; ticked: boolean | null; onTick: (on: boolean) => void }

function Article({ line, ticked, onTick }: ArticleProps) {
  const t = useT()
  const words = (
    <span className="pos-article">
      <Thumb url={line.imageUrl} size={64} />
      <span className="pos-grow">
        <span className="pos-strong">{line.name}</span>
        {line.variantLabel && <span className="pos-dim">{line.variantLabel}</span>}
        {line.substituteFor && <span className="pos-dim">{t('pickups.insteadOf', { name: line.substituteFor })}</span>}
        {line.location && <span className="pos-strong">{line.location}</span>}
        <span className="pos-dim">
          {line.sku}
          {line.gtin && ` · ${line.gtin}`}
        </span>
      </span>
      <span className="pos-times" aria-label={t('pickups.units', { count: line.quantity })}>
        ×{line.quantity}
      </span>
    </span>
  )
  if (ticked === null) return words
  return (
    <Checkbox
      size="lg"
      className="pos-tick"
      checked={ticked}
      label={words}
      onChange={(event) => onTick(event.currentTarget.checked)}
    />
  )
}
