import { MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { flattened } from '../catalog/category-tree.ts'

/** Nothing chosen is nothing asked. */
export function someOf(values: string[]): string[] | undefined {
  return values.length > 0 ? values : undefined
}

type Choice = { chosen: readonly string[]; onChange: (chosen: string[]) => void }

/** Categories of the catalogue, those under them meant too. */
export function CategoriesSelect({ chosen, onChange }: Choice) {
  const t = useT()
  const { locale } = useLocale()
  const categories = useQuery(apiQuery(endpoints.listCategories, {}))
  return (
    <MultiSelect
      label={t('segments.categories')}
      description={t('segments.categories.help')}
      data={flattened(categories.data?.items ?? [], locale).map(({ code, path }) => ({ value: code, label: path }))}
      searchable
      clearable
      value={[...chosen]}
      onChange={onChange}
    />
  )
}
