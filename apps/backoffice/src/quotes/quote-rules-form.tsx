import { useState } from 'react'
import { Button, Modal, NumberInput, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { QuoteRules } from '@ecluse/contracts/quotes.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'

/** What may be granted without approval, and for how long quotes are valid. */
export function QuoteRulesForm({ onClose }: { onClose: () => void }) {
  const t = useT()
  const rules = useQuery(apiQuery(endpoints.getQuoteRules, {}))
  return (
    <Modal opened onClose={onClose} title={t('quotes.rules')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      {rules.data ? <Fields start={rules.data} onClose={onClose} /> : <Skeleton height={200} />}
    </Modal>
  )
}

function Fields({ start, onClose }: { start: QuoteRules; onClose: () => void }) {
  const t = useT()
  const [rules, setRules] = useState(start)
  const save = useAct({
    act: (body: QuoteRules) => call(endpoints.putQuoteRules, { body }),
    touches: ['/quote-rules'],
    done: () => t('quotes.rules.saved'),
    onDone: onClose,
  })
  return (
    <form
      className="bo-stack"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(rules)
      }}
    >
      <p>{t('quotes.rules.help')}</p>
      <NumberInput
        label={t('quotes.rules.percent')}
        value={rules.mostDiscountBasisPoints / 100}
        min={0}
        max={100}
        decimalScale={2}
        suffix=" %"
        onChange={(value) => setRules({ ...rules, mostDiscountBasisPoints: Math.round(Number(value) * 100) })}
      />
      <MoneyInput
        label={t('quotes.rules.amount')}
        value={rules.mostDiscountMinor}
        onChange={(value) => setRules({ ...rules, mostDiscountMinor: value ?? 0 })}
      />
      <NumberInput
        label={t('quotes.rules.days')}
        value={rules.validityDays}
        min={1}
        max={365}
        allowDecimal={false}
        onChange={(value) => setRules({ ...rules, validityDays: Math.max(1, Number(value)) })}
      />
      <Button type="submit" loading={save.isPending}>
        {t('app.save')}
      </Button>
    </form>
  )
}
