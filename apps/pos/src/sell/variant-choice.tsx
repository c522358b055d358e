import { Loader, Modal, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { OfferedVariant, ProductPage } from '@ecluse/contracts/offers.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { useFocusFirst } from '../common/focus-first.ts'
import { availableHere, lineOfPage, productQuery, variantsToChoose } from './articles.ts'
import type { BasketLine } from './basket-line.ts'
import { useElsewhere } from './elsewhere.tsx'

type Props = { handle: string; quantity: number; onChoose: (line: BasketLine) => void; onClose: () => void }

/** Which size, which colour: each with its price and what is on the shelf here and in other shops. */
export function VariantChoice({ handle, quantity, onChoose, onClose }: Props) {
  const t = useT()
  const { site, channelCode } = useShop()
  const product = useQuery(productQuery(handle, channelCode))
  const elsewhere = useElsewhere(handle)
  const list = useFocusFirst<HTMLUListElement>(product.isSuccess)
  const pick = (page: ProductPage, variant: OfferedVariant): void => {
    onChoose(lineOfPage(page, variant, site.id, quantity))
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={product.data?.name ?? t('app.loading')}
      closeButtonProps={{ 'aria-label': t('app.close'), size: 'lg' }}
    >
      {product.isError && <ErrorNote error={product.error} onRetry={() => void product.refetch()} />}
      {product.isPending && <Loader aria-label={t('app.loading')} />}
      {product.data && (
        <ul className="pos-variants" ref={list}>
          {variantsToChoose(product.data, site.id).map((variant, index) => (
            <li key={variant.variantId}>
              <UnstyledButton
                className="pos-variant"
                data-autofocus={index === 0 || undefined}
                onClick={() => pick(product.data, variant)}
              >
                <Thumb url={variant.imageUrl} size={52} />
                <span className="pos-grow">
                  <span className="pos-strong">{variant.label || product.data.name}</span>
                  <span className="pos-dim">{variant.sku}</span>
                </span>
                <span className="pos-variant-stock">
                  {product.data.kind === 'digital' ? (
                    <FileBadge />
                  ) : (
                    <StockHere count={availableHere(variant, site.id)} />
                  )}
                  {elsewhere !== null && product.data.kind !== 'digital' && (
                    <span className="pos-dim">{t('stock.elsewhere', { count: elsewhere(variant.variantId) })}</span>
                  )}
                </span>
                <span className="pos-strong">
                  <Money value={variant.price} />
                </span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  )
}

/** It is not on any shelf: its buyer fetches it. */
export function FileBadge() {
  return <StateBadge tone="done">{useT()('file.badge')}</StateBadge>
}

/** How many this shop has, in words and a tone. */
export function StockHere({ count }: { count: number }) {
  const t = useT()
  const tone = count <= 0 ? 'urgent' : count <= 2 ? 'waiting' : 'done'
  return <StateBadge tone={tone}>{t('stock.here', { count: Math.max(0, count) })}</StateBadge>
}
