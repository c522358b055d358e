import { useState } from 'react'
import { Button, FileButton, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SimpleMailBlock } from '@ecluse/contracts/mail-templates.ts'
import type { Locale, LocalizedText } from '@ecluse/contracts/scalars.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'

type Props<B extends SimpleMailBlock = SimpleMailBlock> = { block: B; locale: Locale; onChange: (block: B) => void }

/** What a block says, in the language one writes. */
export function BlockFields({ block, locale, onChange }: Props) {
  const t = useT()
  const words = (label: string, text: LocalizedText, change: (text: LocalizedText) => void) => (
    <TextInput
      label={label}
      lang={locale}
      autoComplete="off"
      value={text[locale]}
      onChange={(event) => change({ ...text, [locale]: event.currentTarget.value })}
    />
  )
  switch (block.kind) {
    case 'text':
      return (
        <Textarea
          label={t('templates.text')}
          lang={locale}
          autosize
          minRows={2}
          maxLength={5_000}
          value={block.text[locale]}
          onChange={(event) => onChange({ ...block, text: { ...block.text, [locale]: event.currentTarget.value } })}
        />
      )
    case 'heading':
      return words(t('templates.text'), block.text, (text) => onChange({ ...block, text }))
    case 'preferences':
      return words(t('templates.label'), block.label, (label) => onChange({ ...block, label }))
    case 'button':
      return (
        <Stack gap="sm">
          {words(t('templates.label'), block.label, (label) => onChange({ ...block, label }))}
          <LinkInput href={block.href} onChange={(href) => onChange({ ...block, href })} />
        </Stack>
      )
    case 'voucher':
      return (
        <Stack gap="sm">
          {words(t('templates.label'), block.label, (label) => onChange({ ...block, label }))}
          <TextInput
            label={t('templates.code')}
            description={t('templates.code.help')}
            autoComplete="off"
            maxLength={100}
            value={block.code}
            onChange={(event) => onChange({ ...block, code: event.currentTarget.value })}
          />
          {words(t('templates.hint'), block.hint, (hint) => onChange({ ...block, hint }))}
        </Stack>
      )
    case 'image':
      return (
        <Stack gap="sm">
          <PictureInput kept={block.pictureId !== null} onKept={(pictureId) => onChange({ ...block, pictureId })} />
          {words(t('templates.alt'), block.alt, (alt) => onChange({ ...block, alt }))}
          <LinkInput href={block.href} onChange={(href) => onChange({ ...block, href })} />
        </Stack>
      )
    case 'product':
      return <ProductInput productId={block.productId} onChange={(productId) => onChange({ ...block, productId })} />
    case 'divider':
      return null
  }
}

function LinkInput({ href, onChange }: { href: string; onChange: (href: string) => void }) {
  const t = useT()
  return (
    <TextInput
      label={t('templates.href')}
      description={t('templates.href.help')}
      autoComplete="off"
      inputMode="url"
      maxLength={1_000}
      value={href}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function PictureInput({ kept, onKept }: { kept: boolean; onKept: (pictureId: string) => void }) {
  const t = useT()
  const add = useAct({
    act: async (file: File, idempotencyKey) => {
      const data = (await readAsDataUrl(file)).replace(/^[^,]*,/, '')
      return call(endpoints.addMailPicture, { body: { name: file.name.slice(0, 120), data } }, { idempotencyKey })
    },
    touches: [],
    done: ({ name }) => t('templates.picture.kept', { name }),
    onDone: ({ id }) => onKept(id),
  })
  return (
    <div>
      <FileButton accept="image/png,image/jpeg,image/gif" onChange={(file) => file && add.mutate(file)}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            size="xs"
            loading={add.isPending}
            leftSection={<IconPhoto size={16} aria-hidden />}
          >
            {t(kept ? 'templates.picture.other' : 'templates.picture.choose')}
          </Button>
        )}
      </FileButton>
      <p className="bo-line bo-quiet">{t('templates.picture.help')}</p>
    </div>
  )
}

function readAsDataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')))
    reader.readAsDataURL(file)
  })
}

function ProductInput({ productId, onChange }: { productId: string | null; onChange: (id: string | null) => void }) {
  const t = useT()
  const { locale } = useLocale()
  const [typed, setTyped] = useState('')
  const found = useQuery({
    ...apiQuery(endpoints.listCatalogProducts, { query: { locale, q: typed || undefined, limit: 20 } }),
    placeholderData: keepPreviousData,
  })
  const named = useQuery({
    ...apiQuery(endpoints.getCatalogProduct, { params: { productId: productId ?? '' } }),
    enabled: productId !== null,
  })
  const items = (found.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const missing = productId !== null && !items.some(({ value }) => value === productId)
  return (
    <Select
      label={t('templates.product')}
      description={t('templates.product.help')}
      data={missing ? [{ value: productId, label: named.data?.name[locale] ?? '…' }, ...items] : items}
      searchable
      clearable
      // Found by the server.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      value={productId}
      onChange={onChange}
    />
  )
}
