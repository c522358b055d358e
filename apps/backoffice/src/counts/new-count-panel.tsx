import { useState } from 'react'
import { Checkbox, SegmentedControl, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockArticle } from '@ecluse/contracts/stock-articles.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { ArticleField } from '../documents/article-field.tsx'
import { LineName } from '../documents/line-name.tsx'
import { useMyPlaces } from '../documents/use-places.ts'
import { touchedByCounts } from './touched.ts'

const route = getRouteApi('/stock/counts')
const scopes = ['place', 'category', 'articles'] as const
type Scope = (typeof scopes)[number]

/** Begins a count: where, of what, and whether whoever counts sees what is expected. */
export function NewCountPanel({ onClose }: { onClose: () => void }) {
  const t = useT()
  const navigate = route.useNavigate()
  const places = useMyPlaces()
  const [placeId, setPlaceId] = useState<string | null>(null)
  const [scope, setScope] = useState<Scope>('place')
  const [categoryCode, setCategoryCode] = useState<string | null>(null)
  const [articles, setArticles] = useState<readonly StockArticle[]>([])
  const [blind, setBlind] = useState(false)
  // Where one works at one place only, it is that one.
  const chosen = placeId ?? (places.length === 1 ? (places[0]?.id ?? null) : null)
  const begin = useAct({
    act: (_: void, key) =>
      call(
        endpoints.openStockCount,
        { body: { placeId: chosen ?? '', scope: scopeOf(scope, categoryCode, articles), blind, note: null } },
        { idempotencyKey: key },
      ),
    touches: touchedByCounts,
    onDone: (count) => void navigate({ to: '/stock/counts/$countId', params: { countId: count.id } }),
  })
  const ready =
    chosen !== null && (scope === 'place' || (scope === 'category' ? categoryCode !== null : articles.length > 0))
  return (
    <SidePanel itemKey="new" title={t('counts.new')} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) begin.mutate()
        }}
      >
        <Stack gap="md">
          <Select
            label={t('stock.place')}
            searchable
            required
            data={places.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen}
            onChange={setPlaceId}
          />
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('counts.scope')}
            data={scopes.map((value) => ({ value, label: t(`counts.scope.${value}`) }))}
            value={scope}
            onChange={(value) => setScope(scopes.find((known) => known === value) ?? 'place')}
          />
          {scope === 'category' && <CategorySelect value={categoryCode} onChange={setCategoryCode} />}
          {scope === 'articles' && <SomeArticles articles={articles} onChange={setArticles} />}
          <Checkbox
            label={t('counts.blind')}
            description={t('counts.blind.help')}
            checked={blind}
            onChange={(event) => setBlind(event.currentTarget.checked)}
          />
          <FormEnd onCancel={onClose} busy={begin.isPending} label={t('counts.begin')} />
        </Stack>
      </form>
    </SidePanel>
  )
}

/** The articles to be counted, scanned or found. */
function SomeArticles({
  articles,
  onChange,
}: {
  articles: readonly StockArticle[]
  onChange: (articles: readonly StockArticle[]) => void
}) {
  const t = useT()
  return (
    <>
      <ArticleField
        label={t('documents.add')}
        onArticle={(article) => onChange([...articles.filter((one) => one.variantId !== article.variantId), article])}
      />
      {articles.map((article) => (
        <LineName key={article.variantId} article={article} />
      ))}
    </>
  )
}

function scopeOf(scope: Scope, categoryCode: string | null, articles: readonly StockArticle[]) {
  if (scope === 'place') return { kind: 'place' as const }
  if (scope === 'category') return { kind: 'category' as const, categoryCode: categoryCode ?? '' }
  return { kind: 'articles' as const, variantIds: articles.map(({ variantId }) => variantId) }
}

function CategorySelect({ value, onChange }: { value: string | null; onChange: (code: string | null) => void }) {
  const t = useT()
  const { locale } = useLocale()
  const categories = useQuery(apiQuery(endpoints.listCategories, {}))
  return (
    <Select
      label={t('counts.category')}
      searchable
      data={(categories.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name[locale] || name.fr }))}
      value={value}
      onChange={onChange}
    />
  )
}
