import { Button, Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Product } from '@ecluse/contracts/catalog.ts'
import { variantLabel } from '@ecluse/contracts/variant-label.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useT } from '../app/i18n.ts'

/** From a product to what is promised of it: at once where there is one variant, by a list where there are several. */
export function PromisesMenu({ product }: { product: Product }) {
  const t = useT()
  const { locale } = useLocale()
  const [first, ...others] = product.variants
  if (!first) return null
  if (others.length === 0)
    return (
      <Button component={Link} to={`/stock/availability/${first.id}`} variant="default">
        {t('product.promises')}
      </Button>
    )
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default">{t('product.promises')}</Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {product.variants.map((variant) => (
          <Menu.Item key={variant.id} component={Link} to={`/stock/availability/${variant.id}`}>
            {variantLabel(product.options, variant.options, locale) || variant.sku}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
