import { useCallback, useRef, useState } from 'react'
import { Button, Group, Text } from '@mantine/core'
import { IconPlus, IconWand } from '@tabler/icons-react'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { newVariant, type DraftVariant } from './draft.ts'
import type { EditorProps } from './editor-props.ts'
import { OptionsPart } from './options-part.tsx'
import { VariantRow } from './variant-row.tsx'
import { labelOf, missingVariants, withMissingVariants } from './variants-of-options.ts'

const pageSize = 40

/** Options, then a grid of what is really sold: one line per variant, every cell editable. */
export function VariantsPart(props: EditorProps) {
  const { draft, change, errors } = props
  const t = useT()
  const missing = missingVariants(draft).length
  return (
    <Card title={t('product.variants')}>
      <OptionsPart {...props} />
      {missing > 0 && (
        <Button
          mt="md"
          leftSection={<IconWand size={16} aria-hidden />}
          onClick={() => change({ variants: withMissingVariants(draft) })}
        >
          {t('variants.createMissing', { count: missing })}
        </Button>
      )}
      {errors['variants'] && (
        <Text c="red" size="sm" mt="sm" role="alert">
          {errors['variants']}
        </Text>
      )}
      <VariantsGrid {...props} />
      {draft.options.length === 0 && draft.variants.length === 0 && (
        <Button
          mt="sm"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => change({ variants: [newVariant()] })}
        >
          {t('variants.add')}
        </Button>
      )}
    </Card>
  )
}

function VariantsGrid({ draft, change, errors }: EditorProps) {
  const t = useT()
  const { locale } = useLocale()
  const [shown, setShown] = useState(pageSize)
  const latest = useRef({ draft, change })
  latest.current = { draft, change }
  // The same functions for every render, so that typing in one row renders that row only.
  const onChange = useCallback((key: string, patch: Partial<DraftVariant>) => {
    const { variants } = latest.current.draft
    latest.current.change({
      variants: variants.map((variant) => (variant.key === key ? { ...variant, ...patch } : variant)),
    })
  }, [])
  const onRemove = useCallback(
    (key: string) => {
      const before = latest.current.draft.variants
      latest.current.change({ variants: before.filter((variant) => variant.key !== key) })
      const undo = { label: t('app.undo'), run: () => latest.current.change({ variants: before }) }
      tellDone(t('variants.removed'), undo)
    },
    [t],
  )
  const rest = draft.variants.length - shown
  return (
    <>
      <div className="bo-scroll-x" tabIndex={0} role="group" aria-label={t('product.variants')}>
        <table className="bo-variants">
          <thead>
            <tr>
              {draft.options.length > 0 && <th scope="col">{t('variants.variant')}</th>}
              <th scope="col">{t('variants.sku')}</th>
              <th scope="col">{t('variants.gtin')}</th>
              <th scope="col">{t('variants.price')}</th>
              <th scope="col">{t('variants.compareAt')}</th>
              <th scope="col">{t('variants.weight')}</th>
              {draft.media.length > 1 && <th scope="col">{t('variants.picture')}</th>}
              <th scope="col">
                <span className="visually-hidden">{t('variants.remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {draft.variants.slice(0, shown).map((variant, index) => (
              <VariantRow
                key={variant.key}
                variant={variant}
                label={draft.options.length > 0 ? labelOf(draft.options, variant.options, locale) : null}
                pictures={draft.media.length}
                only={draft.variants.length === 1}
                errorText={rowErrors(errors, index)}
                onChange={onChange}
                onRemove={onRemove}
              />
            ))}
          </tbody>
        </table>
      </div>
      {rest > 0 && (
        <Group mt="sm">
          <Button size="compact-sm" variant="default" onClick={() => setShown(shown + pageSize * 5)}>
            {t('variants.more', { count: rest })}
          </Button>
        </Group>
      )}
    </>
  )
}

/** The errors of one row as one text, so that a memoised row sees whether they changed. */
function rowErrors(errors: EditorProps['errors'], index: number): string {
  const prefix = `variants.${index}.`
  const own = Object.entries(errors).filter(([path]) => path.startsWith(prefix))
  return JSON.stringify(own.map(([path, words]) => [path.slice(prefix.length), words]))
}
