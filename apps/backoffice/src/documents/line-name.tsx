import type { ReactNode } from 'react'
import type { StockArticle } from '@ecluse/contracts/stock-articles.ts'
import { Thumb } from '@ecluse/ui/thumb.tsx'

/** An article in a line of a document, with what is to be said of it under its name. */
export function LineName({ article, children }: { article: StockArticle; children?: ReactNode }) {
  return (
    <span className="bo-named">
      <Thumb url={article.imageUrl} />
      <span className="bo-wrap">
        {[article.productName, article.variantLabel].filter(Boolean).join(' · ')}
        <span className="bo-quiet bo-block">{article.sku}</span>
        {children && <span className="bo-quiet bo-block">{children}</span>}
      </span>
    </span>
  )
}
