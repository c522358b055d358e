import { Button, Checkbox, Modal, NativeSelect, Stack, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import type { TextCost } from '@ecluse/contracts/texts.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { formatMicro } from '../journeys/money.ts'

const purposes = ['service', 'marketing'] as const

/** How many messages a text makes, and their price; that of the words before while the new ones are weighed. */
const useWeight = (text: string, purpose: (typeof purposes)[number], to: string) =>
  useQuery({
    ...apiQuery(endpoints.weighText, { body: { text, purpose, to } }),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  })

/** A text message to one customer: its parts and its price show while it is written. */
export function TextDialog({ customerId, phone, onClose }: { customerId: string; phone: string; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const [purpose, setPurpose] = useState<(typeof purposes)[number]>('service')
  const [several, setSeveral] = useState(false)
  const [asked] = useDebouncedValue(text.trim(), 250)
  const weighed = useWeight(asked, purpose, phone)
  const send = useAct({
    act: (_: void, idempotencyKey) => {
      const body = { text: text.trim(), purpose, onePart: !several }
      return call(endpoints.sendText, { params: { customerId }, body }, { idempotencyKey })
    },
    touches: ['/messages', '/customers'],
    done: ({ to }) => t('texts.sent', { to }),
    onDone: onClose,
  })
  const weight = asked === '' ? undefined : weighed.data
  const tooLong = (weight?.parts ?? 1) > 1 && !several
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('texts.write', { to: formatPhone(phone, locale) })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (text.trim() !== '' && !tooLong) send.mutate()
        }}
      >
        <Stack gap="md">
          <Textarea
            label={t('texts.text')}
            data-autofocus
            autosize
            minRows={3}
            maxLength={1_530}
            value={text}
            error={tried && text.trim() === '' ? t('field.required') : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Weight weight={weight} onFix={setText} />
          <NativeSelect
            label={t('templates.purpose')}
            data={purposes.map((value) => ({ value, label: t(`templates.purpose.${value}`) }))}
            value={purpose}
            onChange={(event) => setPurpose(event.currentTarget.value === 'marketing' ? 'marketing' : 'service')}
          />
          {purpose === 'marketing' && <p className="bo-line bo-quiet">{t('texts.marketing')}</p>}
          {(weight?.parts ?? 1) > 1 && (
            <Checkbox
              label={t('texts.several', { parts: weight?.parts ?? 1 })}
              checked={several}
              onChange={(event) => setSeveral(event.currentTarget.checked)}
            />
          )}
          <FormEnd onCancel={onClose} busy={send.isPending} label={t('texts.send')} />
        </Stack>
      </form>
    </Modal>
  )
}

/** In how many parts it leaves, what that costs, and what to replace so that it is fewer. */
function Weight({ weight, onFix }: { weight: TextCost | undefined; onFix: (text: string) => void }) {
  const t = useT()
  const { locale } = useLocale()
  const cost = weight?.costMicro == null ? t('texts.noPrice') : formatMicro(weight.costMicro, locale)
  return (
    <>
      <p className="bo-line" role="status" aria-live="polite">
        {weight && t('texts.weight', { parts: weight.parts, left: weight.unitsLeft, cost })}
      </p>
      {weight && weight.fixedParts < weight.parts && (
        <div>
          <p className="bo-line bo-quiet">
            {t('texts.foreign', {
              characters: weight.foreign.map(({ character }) => character).join(' '),
              parts: weight.fixedParts,
            })}
          </p>
          <Button variant="default" size="xs" onClick={() => onFix(weight.fixed)}>
            {t('texts.fix')}
          </Button>
        </div>
      )}
    </>
  )
}
