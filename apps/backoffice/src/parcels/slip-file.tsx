import { Button } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useT } from '../app/i18n.ts'

/** Opens the packing slip of a preparation, or of one of its parcels, as a file. */
export function SlipFile({ fulfillmentId, parcelId }: { fulfillmentId: string; parcelId?: string }) {
  const t = useT()
  return (
    <Button
      component="a"
      size="xs"
      variant="default"
      href={urlOf(endpoints.getPackingSlip.path, { fulfillmentId }, parcelId === undefined ? {} : { parcelId })}
      target="_blank"
      rel="noreferrer"
      leftSection={<IconFileTypePdf size={16} aria-hidden />}
    >
      {t('parcels.slipFile')}
    </Button>
  )
}
