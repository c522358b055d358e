import { Modal, NativeSelect, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { shortestSocial, socialLimits } from '@ecluse/contracts/social.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'

const purposes = ['service', 'marketing'] as const
type Props = { customerId: string; to: string; onClose: () => void }

/** A message to one customer on the network where they wrote; as long as that network takes. */
export function SocialDialog({ customerId, to, onClose }: Props) {
  const t = useT()
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const [purpose, setPurpose] = useState<(typeof purposes)[number]>('service')
  const limits: Readonly<Record<string, number>> = socialLimits
  const most = limits[to.split(':')[0] ?? ''] ?? shortestSocial
  const send = useAct({
    act: (_: void, idempotencyKey) =>
      call(endpoints.sendSocial, { params: { customerId }, body: { text: text.trim(), purpose } }, { idempotencyKey }),
    touches: ['/messages', '/customers'],
    done: () => t('social.sent', { to }),
    onDone: onClose,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('social.write', { to })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (text.trim() !== '') send.mutate()
        }}
      >
        <Stack gap="md">
          <Textarea
            label={t('texts.text')}
            description={t('social.most', { most })}
            data-autofocus
            autosize
            minRows={3}
            maxLength={most}
            value={text}
            error={tried && text.trim() === '' ? t('field.required') : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('templates.purpose')}
            data={purposes.map((value) => ({ value, label: t(`templates.purpose.${value}`) }))}
            value={purpose}
            onChange={(event) => setPurpose(event.currentTarget.value === 'marketing' ? 'marketing' : 'service')}
          />
          {purpose === 'marketing' && <p className="bo-line bo-quiet">{t('social.marketing')}</p>}
          <FormEnd onCancel={onClose} busy={send.isPending} label={t('texts.send')} />
        </Stack>
      </form>
    </Modal>
  )
}
