import { useState } from 'react'
import { Button } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { call, messageOf } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'
import { CameraScan } from '@ecluse/ui/staff/scan/camera-scan.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { SearchField } from '../common/search-field.tsx'
import { VariantChoice } from '../sell/variant-choice.tsx'
import type { ReturnedLine } from './return-line.tsx'

/** An article that is given for what comes back. */
export type GivenArticle = {
  readonly variantId: string
  readonly name: string
  readonly label: string
  readonly imageUrl: string | null
  readonly quantity: number
  /** Of a followed article: which units are given. */
  readonly lots?: readonly LotUnits[]
}

type Props = {
  order: Order
  lines: Readonly<Record<string, ReturnedLine>>
  onFound: (article: GivenArticle) => void
}

/** Finds what is given: another size of what comes back, or any article by its code. */
export function ExchangeFinder({ order, lines, onFound }: Props) {
  const t = useT()
  const { channelCode } = useShop()
  const [text, setText] = useState('')
  const [scanning, setScanning] = useState(false)
  const [choosing, setChoosing] = useState<{ handle: string; quantity: number } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const find = async (code: string) => {
    setProblem(null)
    const query = { channel: channelCode, locale: currentLocale() }
    return call(endpoints.findOfferByGtin, { params: { code: code.trim() }, query }).catch((error: unknown) => {
      setProblem(messageOf(error))
      return null
    })
  }
  const add = async (code: string): Promise<void> => {
    if (code.trim() === '') return
    const found = await find(code)
    if (!found) return
    const { product, variant } = found
    const { variantId, label } = variant
    onFound({ variantId, name: product.name, label, imageUrl: variant.imageUrl ?? product.imageUrl, quantity: 1 })
    setText('')
  }
  const other = async (sku: string, quantity: number): Promise<void> => {
    const found = await find(sku)
    if (found) setChoosing({ handle: found.product.handle, quantity })
  }
  const back = order.lines.filter(({ id }) => (lines[id]?.quantity ?? 0) > 0)
  return (
    <>
      {back.map((line) => (
        <Button
          key={line.id}
          size="md"
          variant="default"
          onClick={() => void other(line.sku, lines[line.id]?.quantity ?? 1)}
        >
          {t('exchange.otherSize', { name: line.name })}
        </Button>
      ))}
      <SearchField
        label={t('exchange.find')}
        value={text}
        onChange={setText}
        onEnter={(code) => void add(code)}
        onCamera={() => setScanning(true)}
      />
      {problem && <p role="alert">{problem}</p>}
      {scanning && <CameraScan onCode={(code) => void add(code)} onClose={() => setScanning(false)} />}
      {choosing && (
        <VariantChoice
          handle={choosing.handle}
          quantity={choosing.quantity}
          onChoose={({ variantId, name, label, imageUrl, quantity }) =>
            onFound({ variantId, name, label, imageUrl, quantity })
          }
          onClose={() => setChoosing(null)}
        />
      )}
    </>
  )
}
