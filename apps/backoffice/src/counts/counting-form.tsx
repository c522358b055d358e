import { useState } from 'react'
import { Button, SegmentedControl } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockArticle } from '@ecluse/contracts/stock-articles.ts'
import type { StockCount } from '@ecluse/contracts/stock-counts.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { ArticleField } from '../documents/article-field.tsx'
import { TallyLines } from '../documents/tally-lines.tsx'
import { scanned, type TallyLine } from '../documents/tally.ts'
import { bodyOf, editsAfter, seenLines, type Edits } from './count-edits.ts'
import { FinishCount } from './finish-count.tsx'
import { touchedByCounts } from './touched.ts'

/** More lines than this are not drawn at once: a place has thousands. */
const mostShown = 80

/** Counts, telephone in hand. Each line keeps the moment it was counted at; what is sold later does not disturb it. */
export function CountingForm({ count, onDone }: { count: StockCount; onDone?: () => void }) {
  const t = useT()
  const { lines, take, change, edits, current, said, save } = useCounting(count)
  const [left, setLeft] = useState(true)
  const shown = left ? lines.filter((line) => line.units === null || edits.has(line.article.variantId)) : lines
  return (
    <Card title={t('counts.count')}>
      <ArticleField label={t('documents.scan')} autoFocus onArticle={take} />
      <p className="bo-quiet" role="status">
        {said}
      </p>
      <SegmentedControl
        size="xs"
        aria-label={t('counts.shown')}
        data={[
          { value: 'left', label: t('counts.left') },
          { value: 'all', label: t('views.all') },
        ]}
        value={left ? 'left' : 'all'}
        onChange={(value) => setLeft(value === 'left')}
      />
      {shown.length === 0 && <EmptyState compact title={t('counts.nothingLeft')} hint={t('counts.nothingLeft.help')} />}
      <TallyLines
        lines={shown.slice(0, mostShown)}
        reasons={[]}
        complete={false}
        current={current}
        onChange={(after) => change(shown.slice(0, mostShown), after)}
      />
      {shown.length > mostShown && <p className="bo-quiet">{t('counts.more', { count: shown.length - mostShown })}</p>}
      <div className="bo-doc-foot">
        {onDone ? (
          <Button variant="default" disabled={edits.size > 0} onClick={onDone}>
            {t('counts.backToReview')}
          </Button>
        ) : (
          <FinishCount count={count} disabled={edits.size > 0} />
        )}
        <span className="tabular" role="status">
          {t('documents.ofUnits', {
            count: lines.filter(({ units }) => units !== null).length,
            total: lines.length,
          })}
        </span>
        <Button
          leftSection={<IconDeviceFloppy size={18} aria-hidden />}
          disabled={edits.size === 0}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {edits.size === 0 ? t('documents.save') : t('counts.save', { count: edits.size })}
        </Button>
      </div>
    </Card>
  )
}

function useCounting(count: StockCount) {
  const t = useT()
  const [edits, setEdits] = useState<Edits>(new Map())
  const [current, setCurrent] = useState<string>()
  const [said, setSaid] = useState('')
  const lines = seenLines(count, edits)
  const change = (before: readonly TallyLine[], after: readonly TallyLine[]) =>
    setEdits(editsAfter(edits, before, after, new Date()))
  const take = (article: StockArticle) => {
    const after = scanned(lines, article.variantId) ?? [
      { article, expected: null, units: 1, reasonCode: null },
      ...lines,
    ]
    const units = after.find((line) => line.article.variantId === article.variantId)?.units ?? 1
    change(lines, after)
    setCurrent(article.variantId)
    setSaid(t('documents.counted', { name: article.productName, count: units }))
  }
  const save = useAct({
    act: (_: void, key) =>
      call(
        endpoints.recordCountLines,
        { params: { countId: count.id }, body: bodyOf(count, edits) },
        { idempotencyKey: key },
      ),
    touches: touchedByCounts,
    done: () => t('counts.saved'),
    onDone: () => setEdits(new Map()),
  })
  return { lines, take, change, edits, current, said, save }
}
