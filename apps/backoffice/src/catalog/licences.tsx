import { useState } from 'react'
import { Button, Group, NumberInput, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'

type Props = { productId: string; variantId: string; readOnly: boolean }

/** How many licences of an article are still sold: without a limit, or so many. */
export function Licences({ productId, variantId, readOnly }: Props) {
  const { data } = useQuery(apiQuery(endpoints.listLicences, { query: { productId } }))
  const known = data?.items.find((one) => one.variantId === variantId)
  if (!known) return null
  return (
    <Limit
      key={known.limit}
      variantId={variantId}
      limit={known.limit}
      available={known.available}
      readOnly={readOnly}
    />
  )
}

type LimitProps = { variantId: string; limit: number | null; available: number | null; readOnly: boolean }

function Limit({ variantId, limit, available, readOnly }: LimitProps) {
  const t = useT()
  const [limited, setLimited] = useState(limit !== null)
  const [units, setUnits] = useState(limit ?? 100)
  const save = useAct({
    act: (to: number | null) => call(endpoints.setLicences, { params: { variantId }, body: { limit: to } }),
    touches: ['/licences', '/stock', '/catalog/products'],
    done: ({ limit: now }) => (now === null ? t('licences.unlimited.done') : t('licences.done', { count: now })),
  })
  const wanted = limited ? units : null
  return (
    <Group mt="md" align="end" gap="md">
      <Switch
        label={t('licences.limited')}
        description={available === null ? t('licences.unlimited') : t('licences.left', { count: available })}
        checked={limited}
        disabled={readOnly}
        onChange={(event) => setLimited(event.currentTarget.checked)}
      />
      {limited && (
        <NumberInput
          label={t('licences.count')}
          value={units}
          min={0}
          max={1_000_000}
          allowDecimal={false}
          disabled={readOnly}
          w="9rem"
          onChange={(value) => setUnits(Number(value) || 0)}
        />
      )}
      {!readOnly && wanted !== limit && (
        <Button variant="default" loading={save.isPending} onClick={() => save.mutate(wanted)}>
          {t('app.save')}
        </Button>
      )}
    </Group>
  )
}
