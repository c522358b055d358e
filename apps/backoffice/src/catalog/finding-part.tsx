import { TextInput, Textarea } from '@mantine/core'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { slugOf } from './draft.ts'
import type { EditorProps } from './editor-props.ts'

/** How search engines see the product, and its address. Left empty, the name and the description serve. */
export function FindingPart({ draft, change, errors }: EditorProps) {
  const t = useT()
  return (
    <Card title={t('product.finding')}>
      <TextInput
        label={t('product.handle')}
        description={t('product.handle.help')}
        placeholder={slugOf(draft.name.fr)}
        value={draft.handle}
        error={errors['handle']}
        onChange={(event) => change({ handle: event.currentTarget.value })}
        mb="md"
      />
      {(['fr', 'en'] as const).map((locale) => (
        <div key={locale}>
          <TextInput
            label={t(locale === 'fr' ? 'product.seoTitle.fr' : 'product.seoTitle.en')}
            lang={locale}
            placeholder={draft.name[locale]}
            value={draft.seoTitle[locale]}
            onChange={(event) => change({ seoTitle: { ...draft.seoTitle, [locale]: event.currentTarget.value } })}
            mb="md"
          />
          <Textarea
            label={t(locale === 'fr' ? 'product.seoDescription.fr' : 'product.seoDescription.en')}
            lang={locale}
            autosize
            minRows={2}
            value={draft.seoDescription[locale]}
            onChange={(event) =>
              change({ seoDescription: { ...draft.seoDescription, [locale]: event.currentTarget.value } })
            }
            mb="md"
          />
        </div>
      ))}
    </Card>
  )
}
