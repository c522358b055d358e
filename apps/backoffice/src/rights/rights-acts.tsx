import { useState } from 'react'
import { Button, Group, Modal, NativeSelect, Stack, Textarea } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { RightsRequest } from '@ecluse/contracts/rights.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

const touched = ['/rights', '/customers']
const proofs = ['document', 'in_person', 'known'] as const
const byUs: readonly RightsRequest['kind'][] = ['access', 'portability', 'erasure']

type Asking = 'identify' | 'extend' | 'close' | 'start'

/** What is to be done next with a request. */
export function RightsActs({ request }: { request: RightsRequest }) {
  const t = useT()
  const [asking, setAsking] = useState<Asking | null>(null)
  const send = useAct({
    act: (_: void, idempotencyKey) =>
      call(
        endpoints.actOnRightsRequest,
        { params: { requestId: request.id }, body: { act: 'send' } },
        { idempotencyKey },
      ),
    touches: touched,
    done: () => t('rights.sent'),
  })
  const open = request.closedAt === null && request.state !== 'working'
  const canStart = open && byUs.includes(request.kind) && request.identity !== null
  return (
    <Group gap="xs">
      {open && request.identity === null && (
        <Button onClick={() => setAsking('identify')}>{t('rights.identify')}</Button>
      )}
      {canStart && (
        <Button color={request.kind === 'erasure' ? 'red' : undefined} onClick={() => setAsking('start')}>
          {t(startWords(request))}
        </Button>
      )}
      {request.archive && !request.archive.removed && request.email && (
        <Button loading={send.isPending} onClick={() => send.mutate()}>
          {t('rights.send')}
        </Button>
      )}
      {open && request.extendedReason === null && (
        <Button variant="default" onClick={() => setAsking('extend')}>
          {t('rights.extend')}
        </Button>
      )}
      {open && (
        <Button variant="default" onClick={() => setAsking('close')}>
          {t('rights.close')}
        </Button>
      )}
      {asking && <ActDialog asking={asking} request={request} onClose={() => setAsking(null)} />}
    </Group>
  )
}

/** What begins says what it is. */
const startWords = ({ kind }: RightsRequest) => (kind === 'erasure' ? 'rights.start_erasure' : 'rights.start_archive')

type DialogProps = { asking: Asking; request: RightsRequest; onClose: () => void }

/** Asks what an act needs, and tells what it does before it is done. */
function ActDialog({ asking, request, onClose }: DialogProps) {
  const t = useT()
  const templates = (['granted', 'nothing_held', 'not_identified', 'legal'] as const).map((value) => ({
    value,
    label: t(`rights.template.${value}`),
  }))
  const { form, submit, problem, busy } = useActForm({ asking, request, onClose })
  return (
    <Modal
      opened
      onClose={onClose}
      title={asking === 'start' ? t(startWords(request)) : t(`rights.ask.${asking}`)}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <FormProblem error={problem} />
          <p>
            {t(
              asking === 'start'
                ? `rights.help.start_${request.kind === 'erasure' ? 'erasure' : 'archive'}`
                : `rights.help.${asking}`,
            )}
          </p>
          {asking === 'identify' && (
            <NativeSelect
              label={t('rights.identity')}
              data={proofs.map((value) => ({ value, label: t(`rights.identity.${value}`) }))}
              {...form.getInputProps('identity')}
            />
          )}
          {asking === 'close' && (
            <>
              <NativeSelect
                label={t('rights.outcome')}
                data={(['done', 'refused'] as const).map((value) => ({ value, label: t(`rights.state.${value}`) }))}
                {...form.getInputProps('outcome')}
              />
              <NativeSelect
                label={t('rights.template')}
                data={[{ value: '', label: t('rights.template.own') }, ...templates]}
                onChange={({ currentTarget: { value } }) => {
                  const chosen = templates.find((one) => one.value === value)
                  if (chosen) form.setFieldValue('answer', t(`rights.template.${chosen.value}.text`))
                }}
              />
              <Textarea label={t('rights.answer')} autosize minRows={4} {...form.getInputProps('answer')} />
            </>
          )}
          {asking === 'extend' && (
            <Textarea label={t('rights.reason')} autosize minRows={2} {...form.getInputProps('reason')} />
          )}
          <FormEnd
            onCancel={onClose}
            busy={busy}
            label={asking === 'start' ? t(startWords(request)) : t(`rights.do.${asking}`)}
            final={asking === 'start' && request.kind === 'erasure'}
          />
        </Stack>
      </form>
    </Modal>
  )
}

function useActForm({ asking, request, onClose }: DialogProps) {
  const act = useAct({
    act: (body: Parameters<typeof endpoints.actOnRightsRequest.body.parse>[0], idempotencyKey) =>
      call(
        endpoints.actOnRightsRequest,
        { params: { requestId: request.id }, body: body as never },
        { idempotencyKey },
      ),
    touches: touched,
    quiet: true,
    onDone: onClose,
  })
  return useCheckedForm({
    initialValues: { identity: 'document', reason: '', outcome: 'done', answer: '' },
    schema: endpoints.actOnRightsRequest.body,
    toBody: ({ identity, reason, outcome, answer }) =>
      asking === 'identify'
        ? { act: asking, identity }
        : asking === 'extend'
          ? { act: asking, reason }
          : asking === 'close'
            ? { act: asking, outcome, answer }
            : { act: asking },
    send: (body) => act.mutateAsync(body),
    onDone: onClose,
  })
}
