import { Button, type MantineSize } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useWords } from './words.ts'

type Props = { fulfillmentId: string; parcelId?: string; size?: MantineSize }

/** Opens the packing slip of a preparation, or of one of its parcels, as a file. */
export function SlipFile({ fulfillmentId, parcelId, size = 'xs' }: Props) {
  const t = useWords()
  return (
    <Button
      component="a"
      size={size}
      variant="default"
      href={urlOf(endpoints.getPackingSlip.path, { fulfillmentId }, parcelId === undefined ? {} : { parcelId })}
      target="_blank"
      rel="noreferrer"
      leftSection={<IconFileTypePdf size={16} aria-hidden />}
    >
      {t('ui.slip.file')}
    </Button>
  )
}
