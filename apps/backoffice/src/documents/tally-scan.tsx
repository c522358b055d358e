import { useState } from 'react'
import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'
import { ArticleField } from './article-field.tsx'
import { scanned, type TallyLine } from './tally.ts'

/** The field that counts: each scan is one unit more of its line, said aloud; what is not on the list is told. */
export function TallyScan({
  lines,
  onScan,
}: {
  lines: readonly TallyLine[]
  onScan: (lines: readonly TallyLine[], variantId: string) => void
}) {
  const t = useT()
  const [said, setSaid] = useState<{ text: string; wrong: boolean } | null>(null)
  return (
    <div className="bo-stack bo-no-print">
      <ArticleField
        label={t('documents.scan')}
        autoFocus
        onArticle={(article) => {
          const next = scanned(lines, article.variantId)
          if (!next) {
            setSaid({ text: t('documents.notOnList', { name: article.productName, sku: article.sku }), wrong: true })
            return
          }
          const line = next.find((one) => one.article.variantId === article.variantId)
          const count = line?.units ?? 0
          setSaid({
            text:
              line?.expected === null
                ? t('documents.counted', { name: article.productName, count })
                : t('documents.countedOf', { name: article.productName, count, total: line?.expected ?? 0 }),
            wrong: false,
          })
          onScan(next, article.variantId)
        }}
      />
      <div role="status">
        {said &&
          (said.wrong ? (
            <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
              {said.text}
            </Alert>
          ) : (
            <span className="bo-quiet">{said.text}</span>
          ))}
      </div>
    </div>
  )
}
