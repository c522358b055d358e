import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { categorySchema, type Category } from '@ecluse/contracts/catalog.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone, tellRefusal } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { categoryPaths, withDescendants } from './category-tree.ts'
import { slugOf } from './draft.ts'

/** One category: its names and where it is in the tree. Its code is made from its first French name, for good. */
export function CategoryForm({
  category,
  categories,
  readOnly,
  onDone,
}: {
  category: Category | null
  categories: readonly Category[]
  readOnly: boolean
  onDone: () => void
}) {
  const t = useT()
  const { locale } = useLocale()
  const inside = category ? withDescendants(categories, category.code) : new Set<string>()
  const parents = categoryPaths(categories, locale).filter(({ value }) => !inside.has(value))
  const { form, submit, problem, busy } = useCategoryForm(category, categories, onDone)
  return (
    <form noValidate onSubmit={submit}>
      <fieldset className="bo-bare" disabled={readOnly}>
        <Stack gap="md">
          <FormProblem error={problem} />
          <TextInput
            label={t('categories.name.fr')}
            lang="fr"
            {...form.getInputProps('fr')}
            error={form.errors['fr'] ?? form.errors['code']}
          />
          <TextInput label={t('categories.name.en')} lang="en" {...form.getInputProps('en')} />
          <Select
            label={t('categories.parent')}
            placeholder={t('categories.parent.none')}
            data={parents}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('categories.parent.none') }}
            value={form.values.parentCode}
            onChange={(parentCode) => form.setFieldValue('parentCode', parentCode)}
            error={form.errors['parentCode']}
          />
          {!readOnly && (
            <Group justify="flex-end">
              <Button type="submit" loading={busy}>
                {t('app.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  )
}

function useCategoryForm(category: Category | null, categories: readonly Category[], onDone: () => void) {
  const t = useT()
  const write = ({ code, ...body }: Category) => call(endpoints.putCategory, { params: { code }, body })
  return useCheckedForm({
    initialValues: {
      fr: category?.name.fr ?? '',
      en: category?.name.en ?? '',
      parentCode: category?.parentCode ?? null,
    },
    schema: categorySchema,
    toBody: (values) => ({
      code: category?.code ?? slugOf(values.fr).slice(0, 40).replace(/-$/, ''),
      parentCode: values.parentCode,
      name: { fr: values.fr.trim(), en: values.en.trim() },
      position: category?.position ?? categories.filter((one) => one.parentCode === values.parentCode).length,
    }),
    send: write,
    onDone: () => {
      const undo = category && {
        label: t('app.undo'),
        run: () => void write(category).then(() => refresh('/categories'), tellRefusal),
      }
      tellDone(t('categories.saved'), undo ?? undefined)
      void refresh('/categories')
      onDone()
    },
  })
}
