import type { ExchangeSums } from '@ecluse/contracts/exchanges.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { Quantity } from '../common/quantity.tsx'
import type { GivenArticle } from './exchange-finder.tsx'
import { GivenLots } from './given-lots.tsx'

type Props = {
  given: readonly GivenArticle[]
  sums: ExchangeSums | undefined
  onChange: (given: readonly GivenArticle[]) => void
}

/** What is given for what comes back, at its price; none of it takes it away. */
export function GivenLines({ given, sums, onChange }: Props) {
  const t = useT()
  return (
    <ul className="pos-plain">
      {given.map((article) => {
        const priced = sums?.lines.find(({ variantId }) => variantId === article.variantId)
        return (
          <li key={article.variantId} className="pos-return-line">
            <div className="pos-article">
              <Thumb url={article.imageUrl} size={64} />
              <span className="pos-grow">
                <span className="pos-strong">{article.name}</span>
                {article.label && <span className="pos-dim">{article.label}</span>}
                {priced && (
                  <span className="pos-dim">
                    <Money value={priced.unitPrice} />
                    {priced.priceKept && ` · ${t('exchange.priceKept')}`}
                  </span>
                )}
              </span>
              <Quantity
                value={article.quantity}
                min={0}
                max={99}
                of={article.name}
                onChange={(quantity) =>
                  onChange(
                    given
                      .map((one) => (one.variantId === article.variantId ? { ...one, quantity } : one))
                      .filter((one) => one.quantity > 0),
                  )
                }
              />
            </div>
            <GivenLots
              article={article}
              onChange={(lots) =>
                onChange(given.map((one) => (one.variantId === article.variantId ? { ...one, lots } : one)))
              }
            />
          </li>
        )
      })}
    </ul>
  )
}
