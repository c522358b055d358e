import { useState } from 'react'
import { Button, NumberInput, Stack, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ChannelCost, ChannelCostTerms } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatBasisPoints, formatDate, formatMoney } from '@ecluse/ui/format.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { dayOf } from '../common/company-day.ts'
import { Disclosure } from '../common/disclosure.tsx'
import { Facts } from '../common/facts.tsx'

const amounts = [
  'fixedPerMonthMinor',
  'perOrderMinor',
  'perLineMinor',
  'perUnitMinor',
  'perParcelMinor',
  'perContactMinor',
  'perCardPaymentMinor',
] as const
const shares = ['cardBasisPoints', 'commissionBasisPoints', 'goodsBasisPoints'] as const
const touches = ['/channels', '/channel-costs', '/insights'] as const
/** The day that stands for "always". */
const sinceEver = '2000-01-01'

/** What a channel costs, since when, and from another day on. */
export function ChannelCosts({ code }: { code: string }) {
  const t = useT()
  const { locale } = useLocale()
  const can = useCan()
  const query = useQuery(apiQuery(endpoints.listCostsOfChannel, { params: { code } }))
  const items = query.data?.items ?? []
  const today = dayOf(new Date())
  const current = items.find(({ validFrom }) => validFrom <= today) ?? items.at(-1)
  const since = (cost: ChannelCost) =>
    cost.validFrom === sinceEver
      ? t('costs.always')
      : t('costs.since', { date: formatDate(cost.validFrom, locale, 'day') })
  return (
    <Stack gap="sm">
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {items.map((cost) => (
        <Disclosure key={cost.validFrom} label={since(cost)} open={cost === current}>
          <Facts
            facts={[
              ...amounts.map((name): [string, string] => [
                t(`costs.${name}`),
                formatMoney({ amountMinor: cost[name], currency: 'EUR' }, locale),
              ]),
              ...shares.map((name): [string, string] => [t(`costs.${name}`), formatBasisPoints(cost[name], locale)]),
            ]}
          />
          {can('prices:write') && items.length > 1 && <Remove code={code} cost={cost} label={since(cost)} />}
        </Disclosure>
      ))}
      {can('prices:write') && current && (
        <Disclosure label={t('costs.change')}>
          <CostsForm key={current.validFrom} code={code} start={current} today={today} />
        </Disclosure>
      )}
    </Stack>
  )
}

function Remove({ code, cost, label }: { code: string; cost: ChannelCost; label: string }) {
  const t = useT()
  const { validFrom, ...terms } = cost
  const params = { code, validFrom }
  const remove = useAct({
    act: () => call(endpoints.deleteCostsOfChannel, { params }),
    touches,
    done: () => t('costs.removed'),
    undo: () => call(endpoints.putCostsOfChannel, { params, body: terms }),
  })
  return (
    <Button
      variant="subtle"
      color="coral"
      leftSection={<IconTrash size={16} aria-hidden />}
      loading={remove.isPending}
      aria-label={t('costs.removeOf', { when: label })}
      onClick={() => remove.mutate()}
    >
      {t('costs.remove')}
    </Button>
  )
}

function CostsForm({ code, start, today }: { code: string; start: ChannelCost; today: string }) {
  const t = useT()
  const { validFrom: _since, ...terms } = start
  const [from, setFrom] = useState(today)
  const [values, setValues] = useState<ChannelCostTerms>(terms)
  const put = (name: keyof ChannelCostTerms, value: number) => setValues((now) => ({ ...now, [name]: value }))
  const save = useAct({
    act: () => call(endpoints.putCostsOfChannel, { params: { code, validFrom: from }, body: values }),
    touches,
    done: () => t('costs.saved'),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Stack gap="sm">
        <TextInput
          type="date"
          required
          label={t('costs.validFrom')}
          description={t('costs.validFrom.help')}
          value={from}
          onChange={({ currentTarget: { value } }) => setFrom(value)}
        />
        {amounts.map((name) => (
          <MoneyInput
            key={name}
            label={t(`costs.${name}`)}
            value={values[name]}
            onChange={(minor) => put(name, minor ?? 0)}
          />
        ))}
        {shares.map((name) => (
          <NumberInput
            key={name}
            label={t(`costs.${name}`)}
            suffix={'\u202f%'}
            min={0}
            max={100}
            decimalScale={2}
            hideControls
            value={values[name] / 100}
            onChange={(value) => put(name, Math.round(Number(value) * 100))}
          />
        ))}
        <Button type="submit" loading={save.isPending}>
          {t('app.save')}
        </Button>
      </Stack>
    </form>
  )
}
