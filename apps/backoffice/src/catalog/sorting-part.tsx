import { ActionIcon, Button, Group, MultiSelect, TagsInput, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { categoryPaths } from './category-tree.ts'
import type { EditorProps } from './editor-props.ts'

/** Where the product is found: categories, brand, tags, and what is known of it. */
export function SortingPart({ draft, change, errors }: EditorProps) {
  const t = useT()
  const { locale } = useLocale()
  const categories = useQuery(apiQuery(endpoints.listCategories, {}))
  return (
    <Card title={t('product.sorting')}>
      <MultiSelect
        label={t('nav.categories')}
        data={categoryPaths(categories.data?.items ?? [], locale)}
        value={draft.categoryCodes}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('product.categories.clear') }}
        error={errors['categoryCodes']}
        onChange={(categoryCodes) => change({ categoryCodes })}
        mb="md"
      />
      <TextInput
        label={t('product.brand')}
        value={draft.brand}
        error={errors['brand']}
        onChange={(event) => change({ brand: event.currentTarget.value })}
        mb="md"
      />
      <TagsInput
        label={t('product.tags')}
        description={t('product.tags.help')}
        value={draft.tags}
        onChange={(tags) => change({ tags })}
        mb="md"
      />
      <Attributes draft={draft} change={change} />
    </Card>
  )
}

/** What is known of the product, as pairs of a name and a value. */
function Attributes({ draft, change }: Pick<EditorProps, 'draft' | 'change'>) {
  const t = useT()
  const { attributes } = draft
  const setAttribute = (index: number, patch: Partial<(typeof attributes)[number]>) =>
    change({ attributes: attributes.map((one, i) => (i === index ? { ...one, ...patch } : one)) })
  return (
    <>
      <span className="bo-quiet" id="attributes">
        {t('product.attributes')}
      </span>
      <ul className="bo-plain-list" aria-labelledby="attributes">
        {attributes.map((attribute, index) => (
          <li key={index}>
            <Group gap="xs" wrap="nowrap">
              <TextInput
                size="xs"
                className="bo-grow"
                aria-label={t('product.attribute.name', { position: index + 1 })}
                placeholder={t('product.attribute.name.example')}
                value={attribute.name}
                onChange={(event) => setAttribute(index, { name: event.currentTarget.value })}
              />
              <TextInput
                size="xs"
                className="bo-grow"
                aria-label={t('product.attribute.value', { name: attribute.name || String(index + 1) })}
                placeholder={t('product.attribute.value.example')}
                value={attribute.value}
                onChange={(event) => setAttribute(index, { value: event.currentTarget.value })}
              />
              <ActionIcon
                aria-label={t('product.attribute.remove', { name: attribute.name || String(index + 1) })}
                onClick={() => change({ attributes: attributes.filter((_, i) => i !== index) })}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </Group>
          </li>
        ))}
      </ul>
      <Button
        mt="xs"
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => change({ attributes: [...attributes, { name: '', value: '' }] })}
      >
        {t('product.attribute.add')}
      </Button>
    </>
  )
}
