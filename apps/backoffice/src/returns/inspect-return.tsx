import { useState } from 'react'
import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ReturnSlip } from '@ecluse/contracts/returns.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useMySites } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { InspectLine } from './inspect-line.tsx'
import {
  bodyLines,
  firstFindings,
  goodsRefund,
  isComplete,
  splitFinding,
  touchedByReturns,
  type Finding,
} from './findings.ts'

/** Looks at what came back, line by line; a line whose units differ is split. Money goes back when it is confirmed. */
export function InspectReturn({ slip, onClose }: { slip: ReturnSlip; onClose: () => void }) {
  const t = useT()
  const sites = useMySites().filter(({ kind }) => kind !== 'office' && kind !== 'supplier')
  const [siteId, setSiteId] = useState(
    slip.siteId ?? sites.find(({ kind }) => kind === 'warehouse')?.id ?? sites[0]?.id,
  )
  const [findings, setFindings] = useState<readonly Finding[]>(() => firstFindings(slip))
  const [tried, setTried] = useState(false)
  const decide = useAct({
    act: (_: void, idempotencyKey) =>
      call(
        endpoints.inspectReturn,
        { params: { returnId: slip.id }, body: { siteId: siteId ?? '', lines: bodyLines(findings) } },
        { idempotencyKey },
      ),
    touches: touchedByReturns,
    quiet: true,
    done: ({ number }) => t('inspect.done', { number }),
    onDone: onClose,
  })
  const complete = isComplete(findings)
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('inspect.title', { number: slip.number })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (complete) decide.mutate()
        }}
      >
        <Stack gap="md">
          <FormProblem error={decide.error} />
          {findings.map((finding, index) => (
            <InspectLine
              key={finding.key}
              {...{ orderId: slip.orderId, finding, tried }}
              onChange={(next) => setFindings(findings.map((other, at) => (at === index ? next : other)))}
              onSplit={() => setFindings(splitFinding(findings, index))}
            />
          ))}
          <Select
            label={t('inspect.where')}
            data={sites.map(({ id, name }) => ({ value: id, label: name }))}
            searchable
            allowDeselect={false}
            value={siteId ?? null}
            onChange={(next) => setSiteId(next ?? siteId)}
          />
          <Refund findings={findings} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" color="red" loading={decide.isPending}>
              {t('inspect.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** What goes back, before it does. */
function Refund({ findings }: { findings: readonly Finding[] }) {
  const t = useT()
  const { locale } = useLocale()
  const amount = formatMoney({ amountMinor: goodsRefund(findings), currency: 'EUR' }, locale)
  return (
    <Alert color="gray">
      <Text fw={600}>{t('inspect.refund', { amount })}</Text>
      <Text size="sm">{t('inspect.refund.help')}</Text>
    </Alert>
  )
}
