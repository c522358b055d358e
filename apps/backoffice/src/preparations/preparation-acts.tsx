import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconArrowBackUp,
  IconHandGrab,
  IconHandStop,
  IconPackage,
  IconPackages,
  IconReplace,
  IconTruckDelivery,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { MissingLine } from '@ecluse/ui/staff/missing-line.tsx'
import { RefuseLine } from '@ecluse/ui/staff/refuse-line.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { HandOver } from './hand-over.tsx'
import { ShipParcel } from './ship-parcel.tsx'
import { touchedByPreparation, usePrepare, useUndoPrepare } from './use-prepare.ts'

/** The next step of a preparation: prepare, then hand over or ship; back one step while nothing has left. */
export function PreparationActs({ preparation, several = false }: { preparation: Fulfillment; several?: boolean }) {
  const t = useT()
  const can = useCan()
  const prepare = usePrepare()
  const undo = useUndoPrepare()
  const [handing, handOver] = useDisclosure(false)
  const [shipping, ship] = useDisclosure(false)
  const [refusing, refuse] = useDisclosure(false)
  if (!can('fulfillment:write')) return null
  const at = several ? ` · ${preparation.siteName}` : ''
  const { state, method } = preparation
  const refusable = (state === 'to_prepare' || state === 'ready') && !several
  return (
    <>
      {state === 'to_prepare' && (
        <Button
          leftSection={<IconPackage size={16} aria-hidden />}
          maw="100%"
          loading={prepare.isPending}
          onClick={() => prepare.mutate(preparation)}
        >
          {t('preparation.prepare') + at}
        </Button>
      )}
      {state === 'ready' && method === 'pickup' && (
        <Button leftSection={<IconHandGrab size={16} aria-hidden />} onClick={handOver.open}>
          {t('preparation.handOver') + at}
        </Button>
      )}
      {state === 'ready' && method === 'delivery' && (
        <Button leftSection={<IconTruckDelivery size={16} aria-hidden />} onClick={ship.open}>
          {t('preparation.ship') + at}
        </Button>
      )}
      {(state === 'to_prepare' || state === 'ready') && method === 'delivery' && (
        <Button
          variant="default"
          component={Link}
          to={`/preparations/${preparation.id}/packing`}
          leftSection={<IconPackages size={16} aria-hidden />}
        >
          {t('packing.open') + at}
        </Button>
      )}
      {state === 'ready' && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          loading={undo.isPending}
          onClick={() => undo.mutate(preparation)}
        >
          {t('preparation.undo')}
        </Button>
      )}
      {state === 'to_prepare' && method === 'pickup' && !several && <Missing preparation={preparation} />}
      {refusable && (
        <Button variant="default" leftSection={<IconHandStop size={16} aria-hidden />} onClick={refuse.open}>
          {t('preparation.refuse')}
        </Button>
      )}
      {refusing && <RefuseLine preparation={preparation} touches={touchedByPreparation} onClose={refuse.close} />}
      {handing && <HandOver preparation={preparation} onClose={handOver.close} />}
      {shipping && (
        <ShipParcel of={{ fulfillmentId: preparation.id, orderNumber: preparation.orderNumber }} onClose={ship.close} />
      )}
    </>
  )
}

function Missing({ preparation }: { preparation: Fulfillment }) {
  const t = useT()
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="default" leftSection={<IconReplace size={16} aria-hidden />} onClick={open}>
        {t('preparation.missing')}
      </Button>
      {opened && <MissingLine preparation={preparation} touches={touchedByPreparation} onClose={close} />}
    </>
  )
}
