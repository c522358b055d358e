import { SimpleGrid, TextInput } from '@mantine/core'
import type { LocalizedText } from '@ecluse/contracts/scalars.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import type { EditorProps } from './editor-props.ts'
import { RichText } from './rich-text.tsx'

/** Name and description, French beside English. */
export function TextsPart({ draft, change, errors }: EditorProps) {
  const t = useT()
  const name = (patch: Partial<LocalizedText>) => change({ name: { ...draft.name, ...patch } })
  const description = (patch: Partial<LocalizedText>) => change({ description: { ...draft.description, ...patch } })
  return (
    <Card title={t('product.texts')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <TextInput
          label={t('product.name.fr')}
          lang="fr"
          required
          withAsterisk={false}
          value={draft.name.fr}
          error={errors['name'] ?? errors['name.fr']}
          onChange={(event) => name({ fr: event.currentTarget.value })}
        />
        <TextInput
          label={t('product.name.en')}
          lang="en"
          value={draft.name.en}
          error={errors['name.en']}
          onChange={(event) => name({ en: event.currentTarget.value })}
        />
        <RichText
          label={t('product.description.fr')}
          lang="fr"
          html={draft.description.fr}
          onChange={(fr) => description({ fr })}
        />
        <RichText
          label={t('product.description.en')}
          lang="en"
          html={draft.description.en}
          onChange={(en) => description({ en })}
        />
      </SimpleGrid>
    </Card>
  )
}
