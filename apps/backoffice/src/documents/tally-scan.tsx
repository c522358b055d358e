import { useState } from 'react'
import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { readGs1 } from '@ecluse/contracts/gs1.ts'
import { readLabel } from '@ecluse/ui/staff/lots/lot-draft.ts'
import { useT } from '../app/i18n.ts'
import { ArticleField } from './article-field.tsx'
import { scanned, type TallyLine, type TallyLots } from './tally.ts'

/** The field that counts: each scan is one unit more of its line, said aloud; what is not on the list is told. */
export function TallyScan({
  lines,
  lots,
  onScan,
}: {
  lines: readonly TallyLine[]
  lots?: TallyLots | undefined
  onScan: (lines: readonly TallyLine[], variantId: string) => void
}) {
  const t = useT()
  const [said, setSaid] = useState<{ text: string; wrong: boolean } | null>(null)
  return (
    <div className="bo-stack bo-no-print">
      <ArticleField
        label={t('documents.scan')}
        autoFocus
        onArticle={(article, code) => {
          const label =
            lots && lots !== 'difference' && article.tracking && code !== null && readGs1(code, new Date())
              ? readLabel(code, article.tracking.mode, new Date())
              : null
          if (lots === 'incoming' && article.tracking && !label && scanned(lines, article.variantId)) {
            setSaid({ text: t('documents.whichLot', { name: article.productName }), wrong: false })
            onScan(lines, article.variantId)
            return
          }
          const next = scanned(lines, article.variantId, label)
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
