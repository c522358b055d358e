import { useState } from 'react'
import { Button, FileInput, Group, Skeleton, Stack, TextInput } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Product } from '@ecluse/contracts/catalog.ts'
import { urlOf } from '@ecluse/contracts/client.ts'
import type { ArticleFile } from '@ecluse/contracts/downloads.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { variantLabel } from '@ecluse/contracts/variant-label.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatBytes } from '@ecluse/ui/format.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { Licences } from './licences.tsx'

/** What buyers of a product to download are given: files by article, with their versions, and how many licences are sold. */
export function FilesCard({ product, readOnly }: { product: Product; readOnly: boolean }) {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.listArticleFiles, { params: { productId: product.id } }))
  return (
    <Card title={t('files.title')}>
      <p className="bo-quiet">{t('files.help')}</p>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={120} />}
      {query.data &&
        product.variants.map((variant) => (
          <section key={variant.id} className="bo-section">
            {product.variants.length > 1 && (
              <h3>{variantLabel(product.options, variant.options, locale) || variant.sku}</h3>
            )}
            <FileList files={query.data.items.filter((file) => file.variantId === variant.id)} readOnly={readOnly} />
            {!readOnly && <AddFile variantId={variant.id} />}
            <Licences productId={product.id} variantId={variant.id} readOnly={readOnly} />
          </section>
        ))}
    </Card>
  )
}

function FileList({ files, readOnly }: { files: readonly ArticleFile[]; readOnly: boolean }) {
  const t = useT()
  const { locale } = useLocale()
  const withdraw = useAct({
    act: (file: ArticleFile) => call(endpoints.withdrawArticleFile, { params: { fileId: file.id } }),
    touches: ['/catalog/products'],
    done: (_, file) => t('files.withdrawn', { name: file.fileName }),
  })
  if (files.length === 0) return <p>{t('files.none')}</p>
  return (
    <ul className="bo-plain-list">
      {files.map((file) => (
        <li key={file.id} className="bo-return">
          <Group justify="space-between" gap="xs">
            <span>
              <strong>{file.label}</strong> · {t('files.version', { version: file.version })}{' '}
              {file.current && <StateBadge tone="done">{t('files.current')}</StateBadge>}
            </span>
            {!readOnly && (
              <Group gap="xs">
                <Button
                  component="a"
                  href={urlOf(endpoints.getArticleFile.path, { fileId: file.id }, {})}
                  download={file.fileName}
                  size="compact-sm"
                  variant="default"
                  leftSection={<IconDownload size={14} aria-hidden />}
                  aria-label={t('files.open', { name: file.fileName, version: file.version })}
                >
                  {t('files.get')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  loading={withdraw.isPending && withdraw.variables?.id === file.id}
                  aria-label={t('files.withdrawOne', { name: file.fileName, version: file.version })}
                  onClick={() => withdraw.mutate(file)}
                >
                  {t('files.withdraw')}
                </Button>
              </Group>
            )}
          </Group>
          <p className="bo-line bo-quiet">
            {file.fileName} · {formatBytes(file.bytes, locale)} · <RelativeTime at={file.createdAt} />
            {file.addedBy && ` · ${file.addedBy}`}
            {file.note && ` · ${file.note}`}
          </p>
        </li>
      ))}
    </ul>
  )
}

function AddFile({ variantId }: { variantId: string }) {
  const t = useT()
  const [file, setFile] = useState<File | null>(null)
  const [label, setLabel] = useState('')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const add = useAct({
    act: (_: void, idempotencyKey) => {
      const form = new FormData()
      form.append('label', label)
      form.append('note', note)
      if (file) form.append('file', file)
      return call(endpoints.addArticleFile, { params: { variantId } }, { form, idempotencyKey })
    },
    touches: ['/catalog/products', '/licences'],
    quiet: true,
    done: (added) => t('files.added', { name: added.fileName, version: added.version }),
    onDone: () => {
      setFile(null)
      setLabel('')
      setNote('')
      setTried(false)
    },
  })
  const send = () => {
    setTried(true)
    if (file) add.mutate()
  }
  return (
    <Stack gap="sm" mt="md">
      <FormProblem error={add.error} />
      <FileInput
        label={t('files.file')}
        placeholder={t('files.choose')}
        value={file}
        clearable
        clearButtonProps={{ 'aria-label': t('files.clear') }}
        error={tried && !file ? t('files.missing') : undefined}
        onChange={setFile}
      />
      <TextInput
        label={t('files.label')}
        description={t('files.label.help')}
        value={label}
        maxLength={120}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <TextInput
        label={t('files.note')}
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button
        w="fit-content"
        variant="default"
        loading={add.isPending}
        leftSection={<IconUpload size={16} aria-hidden />}
        onClick={send}
      >
        {t('files.add')}
      </Button>
    </Stack>
  )
}
