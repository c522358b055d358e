import { useState, type FormEvent } from 'react'
import { Button, Checkbox, Group, NumberInput, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { TreatmentEffects } from '@ecluse/contracts/entitlements.ts'
import { loyaltyBenefits } from '@ecluse/contracts/loyalty.ts'
import { treatments } from '@ecluse/contracts/treatments.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'

/** What the way customers are dealt with changes: how soon they are answered, and what they are entitled to. */
export function TreatmentEffectsCard() {
  const { data } = useQuery(apiQuery(endpoints.getTreatmentEffects, {}))
  return data ? <EffectsForm key={JSON.stringify(data)} effects={data} /> : null
}

function EffectsForm({ effects }: { effects: TreatmentEffects }) {
  const t = useT()
  const can = useCan()
  const [draft, setDraft] = useState(effects)
  const readOnly = !can('segments:write')
  const save = useAct({
    act: () => call(endpoints.putTreatmentEffects, { body: draft }),
    touches: ['/treatments', '/customers', '/calls'],
    done: () => t('entitlements.effects.saved'),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Card title={t('entitlements.effects')}>
      <form onSubmit={submit}>
        <p className="bo-line bo-quiet">{t('entitlements.effects.help')}</p>
        <div className="bo-policy-fields">
          {treatments.map((treatment) => (
            <Stack key={treatment} gap="sm" role="group" aria-label={t(`treatments.${treatment}`)}>
              <strong>{t(`treatments.${treatment}`)}</strong>
              <NumberInput
                label={t('entitlements.effects.hours')}
                min={1}
                max={240}
                suffix=" h"
                allowDecimal={false}
                readOnly={readOnly}
                value={draft[treatment].replyHours}
                onChange={(value) =>
                  setDraft({
                    ...draft,
                    [treatment]: { ...draft[treatment], replyHours: Math.min(240, Math.max(1, Number(value))) },
                  })
                }
              />
              {loyaltyBenefits.map((benefit) => (
                <Checkbox
                  key={benefit}
                  label={t(`loyalty.benefit.${benefit}`)}
                  disabled={readOnly}
                  checked={draft[treatment].benefits.includes(benefit)}
                  onChange={({ currentTarget: { checked } }) =>
                    setDraft({
                      ...draft,
                      [treatment]: {
                        ...draft[treatment],
                        benefits: loyaltyBenefits.filter((one) =>
                          one === benefit ? checked : draft[treatment].benefits.includes(one),
                        ),
                      },
                    })
                  }
                />
              ))}
            </Stack>
          ))}
        </div>
        {!readOnly && (
          <Group justify="flex-end" mt="md">
            <Button type="submit" loading={save.isPending}>
              {t('app.save')}
            </Button>
          </Group>
        )}
      </form>
    </Card>
  )
}
