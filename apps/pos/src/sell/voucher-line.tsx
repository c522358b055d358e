import { useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { call, messageOf } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'

/** A voucher that pays a part of a sale, or all of it. */
export type SpentVoucher = { readonly code: string; readonly coversMinor: number; readonly leftMinor: number }

type Props = { total: number; spent: SpentVoucher | null; onSpend: (voucher: SpentVoucher | null) => void }

/** The code of a voucher, and what it pays of the sale once it was looked at. */
export function VoucherLine({ total, spent, onSpend }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const words = (amountMinor: number) => formatMoney({ amountMinor, currency: 'EUR' }, locale)
  const check = async (): Promise<void> => {
    setProblem(null)
    try {
      const { balance, expired, code: known } = await call(endpoints.getVoucher, { body: { code, locale } })
      const coversMinor = Math.min(balance.amountMinor, total)
      if (expired) setProblem(t('pay.voucher.expired'))
      else onSpend({ code: known, coversMinor, leftMinor: balance.amountMinor - coversMinor })
    } catch (error) {
      setProblem(messageOf(error))
    }
  }
  return (
    <>
      <div className="pos-row">
        <TextInput
          className="pos-grow"
          size="md"
          label={t('pay.voucher')}
          maxLength={40}
          autoComplete="off"
          value={code}
          error={problem}
          onChange={(event) => {
            setCode(event.currentTarget.value)
            setProblem(null)
            onSpend(null)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            // Enter looks at the voucher; it does not make the sale.
            event.preventDefault()
            void check()
          }}
        />
        <Button
          size="md"
          variant="default"
          className="pos-end"
          disabled={code.trim().length < 8}
          onClick={() => void check()}
        >
          {t('pay.voucher.check')}
        </Button>
      </div>
      {spent && (
        <p className="pos-change" role="status">
          {t('pay.voucher.covers', { amount: words(spent.coversMinor), left: words(spent.leftMinor) })}
        </p>
      )}
    </>
  )
}
