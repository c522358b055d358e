import type { ReactNode } from 'react'
import { ActionIcon, NumberInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import type { StockArticle } from '@ecluse/contracts/stock-articles.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useT } from '../app/i18n.ts'
import { ArticleField } from './article-field.tsx'
import { LineName } from './line-name.tsx'

/** A line of a document being written: an article and how many. */
export type DraftLine = { readonly article: StockArticle; readonly units: number }

/** The lines of a document being written: articles are scanned or found, the same one twice is one more. */
export function DraftLines<Line extends DraftLine>({
  lines,
  lineOf,
  columns,
  onChange,
}: {
  lines: readonly Line[]
  /** A new line with one unit. */
  lineOf: (article: StockArticle) => Line
  /** More fields of a line, after its quantity. */
  columns?: (line: Line, patch: (changes: Partial<Line>) => void) => ReactNode
  onChange: (lines: readonly Line[]) => void
}) {
  const t = useT()
  const patch = (variantId: string, changes: Partial<Line>) =>
    onChange(lines.map((line) => (line.article.variantId === variantId ? { ...line, ...changes } : line)))
  const add = (article: StockArticle) => {
    const known = lines.find((line) => line.article.variantId === article.variantId)
    if (known) patch(article.variantId, { units: known.units + 1 } as Partial<Line>)
    else onChange([...lines, lineOf(article)])
  }
  return (
    <div className="bo-stack">
      <ArticleField label={t('documents.add')} onArticle={add} />
      {lines.length === 0 && <EmptyState compact title={t('documents.noLines')} hint={t('documents.add.help')} />}
      <ul className="bo-draft-lines">
        {lines.map((line) => (
          <li key={line.article.variantId}>
            <LineName article={line.article} />
            <span className="bo-draft-fields">
              <NumberInput
                label={t('orders.quantity')}
                value={line.units}
                min={1}
                max={1_000_000}
                allowDecimal={false}
                onChange={(value) =>
                  patch(line.article.variantId, { units: Math.max(1, Number(value) || 1) } as Partial<Line>)
                }
              />
              {columns?.(line, (changes) => patch(line.article.variantId, changes))}
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t('quotes.remove', { name: line.article.productName })}
                onClick={() => onChange(lines.filter((other) => other !== line))}
              >
                <IconTrash size={18} stroke={1.5} aria-hidden />
              </ActionIcon>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
