import { useState } from 'react'
import { Button, Group, NumberInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { Proposal, ReplenishmentFigures } from '@ecluse/contracts/replenishment.ts'
import { formatNumber } from '@ecluse/ui/format.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT, type Translate } from '../app/i18n.ts'
import { Section } from '../common/section.tsx'
import { LimitsForm } from './limits-form.tsx'
import { ProjectionPlot } from './projection-plot.tsx'
import type { Accept } from './use-accept.ts'

/** One proposal: why so many, what the stock would be, how many to take. */
export function ProposalPanel({
  proposal,
  accept,
  onClose,
}: {
  proposal: Proposal
  accept: Accept
  onClose: () => void
}) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const [units, setUnits] = useState(proposal.units)
  const reasons = reasonsOf(t, proposal, (value, digits) => formatNumber(value, locale, digits))
  return (
    <SidePanel
      itemKey={`${proposal.variantId}.${proposal.placeId}`}
      title={[proposal.productName, proposal.variantLabel].filter(Boolean).join(' · ')}
      onClose={onClose}
      footer={
        can('stock:write') && (
          <Group gap="sm">
            <NumberInput
              aria-label={t('orders.quantity')}
              value={units}
              min={1}
              allowDecimal={false}
              w={110}
              onChange={(value) => setUnits(Math.max(1, Number(value) || 1))}
            />
            <Button
              leftSection={<IconCheck size={18} aria-hidden />}
              loading={accept.isPending}
              onClick={() => accept.mutate([{ ...proposal, units }])}
            >
              {t(proposal.source === 'transfer' ? 'replenishment.toTransfer' : 'replenishment.toOrder')}
            </Button>
          </Group>
        )
      }
    >
      <Section title={t('replenishment.plot')}>
        <ProjectionPlot proposal={proposal} units={units} />
      </Section>
      <Section title={t('replenishment.why', { count: proposal.units })}>
        <ol className="bo-reasons">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ol>
      </Section>
      {can('stock:write') && (
        <Section title={t('replenishment.limits')}>
          <LimitsForm proposal={proposal} />
        </Section>
      )}
    </SidePanel>
  )
}

/** Each figure with its reason, in the order in which it was worked out. */
function reasonsOf(
  t: Translate,
  { figures, units, fromPlaceName }: Proposal,
  write: (value: number, digits?: number) => string,
): string[] {
  const level = write(figures.serviceLevel * 100, 1)
  return [
    t('replenishment.why.position', {
      onHand: figures.onHand,
      inbound: figures.inbound,
      promised: figures.promised,
      position: figures.position,
    }),
    t('replenishment.why.demand', { perDay: write(figures.demandPerDay, 2), days: figures.daysLookedAt }),
    t('replenishment.why.expected', {
      days: write(figures.leadDays + figures.reviewDays, 1),
      units: write(figures.expectedUnits, 1),
    }),
    t('replenishment.why.safety', { level, units: write(figures.safetyUnits, 1) }),
    t('replenishment.why.point', { point: figures.reorderPoint, position: figures.position }),
    t('replenishment.why.upTo', { days: write(figures.coverDays, 1), upTo: figures.orderUpTo }),
    ...(figures.packUnits > 1 ? [t('replenishment.why.pack', { pack: figures.packUnits })] : []),
    ...limitOf(t, figures, fromPlaceName, units),
  ]
}

function limitOf(t: Translate, figures: ReplenishmentFigures, from: string | null, units: number): string[] {
  if (figures.limitedBy === 'min') return [t('replenishment.why.min', { units: figures.minUnits ?? 0 })]
  if (figures.limitedBy === 'max') return [t('replenishment.why.max', { units: figures.maxUnits ?? 0 })]
  if (figures.limitedBy === 'source')
    return [t('replenishment.why.source', { wanted: figures.wantedUnits, place: from ?? '', units })]
  return []
}
