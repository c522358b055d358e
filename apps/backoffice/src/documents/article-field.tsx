import { useRef, useState, type KeyboardEvent } from 'react'
import { Autocomplete, Loader } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconBarcode } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockArticle } from '@ecluse/contracts/stock-articles.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call, messageOf } from '@ecluse/ui/staff/api.ts'
import { CameraButton } from '@ecluse/ui/staff/scan/camera-button.tsx'
import { CameraScan } from '@ecluse/ui/staff/scan/camera-scan.tsx'

const nameOf = (article: StockArticle): string =>
  [article.productName, article.variantLabel, article.sku].filter(Boolean).join(' · ')

/**
 * The field of a document that takes an article: a scanner types its code and Enter, a person types words and picks. It is
 * empty again after each, so that scanning goes on.
 */
export function ArticleField({
  label,
  autoFocus = false,
  onArticle,
}: {
  label: string
  autoFocus?: boolean
  /** With the code that was scanned or typed, when it was not picked from the list. */
  onArticle: (article: StockArticle, code: string | null) => void
}) {
  const { field, text, setText, problem, busy, items, take, scan } = useArticleField(onArticle)
  const [filming, setFilming] = useState(false)
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Where the arrow keys have marked an article, Enter takes it; otherwise what was typed or scanned is a code.
    if (event.key !== 'Enter' || event.currentTarget.getAttribute('aria-activedescendant')) return
    event.preventDefault()
    const code = event.currentTarget.value.trim()
    if (code !== '') void scan(code)
  }
  return (
    <>
      <Autocomplete
        ref={field}
        label={label}
        size="md"
        data={items.map(nameOf)}
        filter={({ options }) => options}
        value={text}
        error={problem}
        autoFocus={autoFocus}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="done"
        leftSection={busy ? <Loader size={16} /> : <IconBarcode size={20} stroke={1.5} aria-hidden />}
        onChange={setText}
        onOptionSubmit={(value) => {
          const article = items.find((one) => nameOf(one) === value)
          if (article) take(article, null)
          // Mantine writes the choice into the field after this.
          queueMicrotask(() => setText(''))
          setTimeout(() => setText(''))
        }}
        rightSectionWidth={52}
        rightSection={<CameraButton onOpen={() => setFilming(true)} />}
        onKeyDown={onKeyDown}
      />
      {filming && (
        <CameraScan
          stays
          said={problem ?? undefined}
          onCode={(code) => void scan(code)}
          onClose={() => setFilming(false)}
        />
      )}
    </>
  )
}

/** What is typed, what it finds, and what a code that was scanned gives. */
function useArticleField(onArticle: (article: StockArticle, code: string | null) => void) {
  const { locale } = useLocale()
  const field = useRef<HTMLInputElement>(null)
  const [text, write] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [q] = useDebouncedValue(text.trim(), 150)
  const found = useQuery({
    ...apiQuery(endpoints.searchStockArticles, { query: { q: q || ' ', locale } }),
    enabled: q.length >= 2,
    placeholderData: (before) => before,
  })
  const items = q.length >= 2 ? (found.data?.items ?? []) : []
  const take = (article: StockArticle, code: string | null) => {
    setProblem(null)
    onArticle(article, code)
  }
  const scan = async (code: string) => {
    setBusy(true)
    write('')
    try {
      take(await call(endpoints.findStockArticle, { query: { code, locale } }), code)
    } catch (error) {
      setProblem(messageOf(error))
    } finally {
      setBusy(false)
      field.current?.focus()
    }
  }
  const setText = (value: string) => {
    write(value)
    setProblem(null)
  }
  return { field, text, setText, problem, busy, items, take, scan }
}
