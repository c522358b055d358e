import { useState } from 'react'
import { ActionIcon, Button, Group, SimpleGrid, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import type { Draft } from './draft.ts'
import type { EditorProps } from './editor-props.ts'
import { afterMove, afterRemoval } from './media-order.ts'

/** Pictures in the order they are shown, each with what it shows, in both languages. */
export function MediaPart({ draft, change, errors }: EditorProps) {
  const t = useT()
  const { media } = draft
  const remove = (index: number) => {
    const before = { media, variants: draft.variants }
    change(afterRemoval(draft, index))
    tellDone(t('media.removed'), { label: t('app.undo'), run: () => change(before) })
  }
  return (
    <Card title={t('product.media')}>
      {media.length === 0 && <EmptyState title={t('media.none')} hint={t('media.none.help')} compact />}
      {media.length > 0 && <p className="bo-line bo-quiet">{t('media.help')}</p>}
      <ol className="bo-media">
        {media.map((picture, index) => (
          <li key={`${index}-${picture.url}`} className="bo-media-item">
            <Thumb url={picture.url} size={72} />
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" className="bo-grow">
              {(['fr', 'en'] as const).map((locale) => (
                <TextInput
                  key={locale}
                  label={t(locale === 'fr' ? 'media.alt.fr' : 'media.alt.en', { position: index + 1 })}
                  lang={locale}
                  value={picture.alt[locale]}
                  error={errors[`media.${index}.alt.${locale}`]}
                  onChange={(event) => {
                    const alt = { ...picture.alt, [locale]: event.currentTarget.value }
                    change({ media: media.map((one, i) => (i === index ? { ...one, alt } : one)) })
                  }}
                />
              ))}
            </SimpleGrid>
            <MediaActs draft={draft} index={index} change={change} onRemove={() => remove(index)} />
          </li>
        ))}
      </ol>
      <AddMedia
        onAdd={(url) => change({ media: [...media, { url, alt: { fr: draft.name.fr, en: draft.name.en } }] })}
      />
    </Card>
  )
}

function MediaActs({
  draft,
  index,
  change,
  onRemove,
}: {
  draft: Draft
  index: number
  change: EditorProps['change']
  onRemove: () => void
}) {
  const t = useT()
  const position = index + 1
  return (
    <Group gap={2} wrap="nowrap">
      <ActionIcon
        aria-label={t('media.up', { position })}
        disabled={index === 0}
        onClick={() => change(afterMove(draft, index, index - 1))}
      >
        <IconArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        aria-label={t('media.down', { position })}
        disabled={index === draft.media.length - 1}
        onClick={() => change(afterMove(draft, index, index + 1))}
      >
        <IconArrowDown size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={t('media.remove', { position })} onClick={onRemove}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  )
}

function AddMedia({ onAdd }: { onAdd: (url: string) => void }) {
  const t = useT()
  const [url, setUrl] = useState('')
  const [tried, setTried] = useState(false)
  const fine = /^(https?:\/\/|\/)\S+$/.test(url.trim())
  const add = () => {
    setTried(true)
    if (!fine) return
    onAdd(url.trim())
    setUrl('')
    setTried(false)
  }
  return (
    <Group gap="sm" align="start" mt="md" wrap="nowrap">
      <TextInput
        className="bo-grow"
        label={t('media.url')}
        type="url"
        placeholder="https://"
        value={url}
        error={tried && !fine ? t('media.url.invalid') : undefined}
        onChange={(event) => setUrl(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
      />
      <Button variant="default" mt={24} leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
        {t('media.add')}
      </Button>
    </Group>
  )
}
