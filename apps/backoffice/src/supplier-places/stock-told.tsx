import { useState } from 'react'
import { Alert, Button, Checkbox, FileButton, Stack, Textarea } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SupplierPlace } from '@ecluse/contracts/supplier-places.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { readToldLines } from './stock-lines.ts'

/** Takes over what a supplier says they have: typed, pasted or from their file. What could not be taken stays to be read. */
export function StockTold({ place, onClose }: { place: SupplierPlace; onClose: () => void }) {
  const t = useT()
  const [text, setText] = useState('')
  const [complete, setComplete] = useState(false)
  const { lines, unreadable } = readToldLines(text)
  const tell = useAct({
    act: () => call(endpoints.tellSupplierStock, { params: { placeId: place.placeId }, body: { lines, complete } }),
    touches: ['/supplier-places', '/stock', '/catalog/products'],
    done: ({ changed, unchanged, emptied }) => t('supplierPlaces.told', { changed: changed + emptied, unchanged }),
    onDone: ({ refused }) => {
      if (refused.length === 0) onClose()
    },
  })
  const refused = tell.data?.refused ?? []
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (lines.length > 0) tell.mutate()
      }}
    >
      <Stack gap="md">
        <p className="bo-quiet">{t('supplierPlaces.tell.help')}</p>
        <FileButton accept=".csv,.txt,text/csv,text/plain" onChange={(file) => void file?.text().then(setText)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileUpload size={16} aria-hidden />}>
              {t('supplierPlaces.file')}
            </Button>
          )}
        </FileButton>
        <Textarea
          label={t('supplierPlaces.lines')}
          placeholder={'VELO-URBAIN-M;4'}
          autosize
          minRows={6}
          maxRows={16}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={unreadable.length > 0 && t('supplierPlaces.unreadable', { lines: unreadable.slice(0, 10).join(', ') })}
        />
        <Checkbox
          label={t('supplierPlaces.complete')}
          description={t('supplierPlaces.complete.help')}
          checked={complete}
          onChange={(event) => setComplete(event.currentTarget.checked)}
        />
        {refused.length > 0 && (
          <Alert color="orange" role="alert" title={t('supplierPlaces.refused', { count: refused.length })}>
            <ul className="bo-plain-list">
              {refused.map(({ code, reason }) => (
                <li key={code}>
                  <strong>{code}</strong> · {t(`supplierPlaces.refused.${reason}`)}
                </li>
              ))}
            </ul>
          </Alert>
        )}
        <FormEnd onCancel={onClose} busy={tell.isPending} label={t('supplierPlaces.take', { count: lines.length })} />
      </Stack>
    </form>
  )
}
