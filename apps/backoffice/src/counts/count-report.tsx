import { useState } from 'react'
import { Alert, Button, Select } from '@mantine/core'
import { IconCheck, IconDownload, IconInfoCircle, IconReload } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import { reasonsFor, type ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import type { CountLine, StockCount } from '@ecluse/contracts/stock-counts.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { LotsField } from '@ecluse/ui/staff/lots/lots-field.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT, type Translate } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { LineName } from '../documents/line-name.tsx'
import { download, fileName, toCsv } from '../list/csv.ts'
import { Signed } from '../stock/signed.tsx'
import { differing } from './count-edits.ts'
import { touchedByCounts } from './touched.ts'

type Reasons = ReadonlyMap<string, ReasonCode>
type Named = ReadonlyMap<string, readonly LotUnits[]>

/** What a count found: differences with their value and reason, and putting the stock right by them. */
export function CountReport({ count, onRecount }: { count: StockCount; onRecount: () => void }) {
  const t = useT()
  const [reasons, setReasons] = useState<Reasons>(new Map())
  const [named, setNamed] = useState<Named>(new Map())
  const lines = differing(count.lines)
  return (
    <Card
      title={t('counts.differences')}
      acts={
        <Button
          variant="default"
          size="compact-sm"
          className="bo-no-print"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => exportCount(t, count)}
        >
          {t('list.export')}
        </Button>
      }
    >
      {lines.length === 0 && (
        <EmptyState compact title={t('counts.noDifference')} hint={t('counts.noDifference.help')} />
      )}
      {lines.length > 0 && (
        <Differences {...{ count, lines, reasons, named }} onReasons={setReasons} onNamed={setNamed} />
      )}
      <p>
        {count.differenceValue && lines.length > count.withoutCost && (
          <>
            {t('counts.value')} <Money value={count.differenceValue} />
          </>
        )}
        {count.withoutCost > 0 && (
          <span className="bo-quiet bo-block">{t('counts.withoutCost', { count: count.withoutCost })}</span>
        )}
      </p>
      {count.state === 'review' && <PostCount {...{ count, reasons, named, onRecount }} />}
    </Card>
  )
}

type PostProps = { count: StockCount; reasons: Reasons; named: Named; onRecount: () => void }

function PostCount({ count, reasons, named, onRecount }: PostProps) {
  const t = useT()
  const can = useCan()
  const waits = count.needsApproval && !can('stock:approve')
  const post = useAct({
    act: (_: void, key) =>
      call(
        endpoints.postStockCount,
        {
          params: { countId: count.id },
          body: { reasons: reasonsOf(count, reasons, named) },
        },
        { idempotencyKey: key },
      ),
    touches: touchedByCounts,
    done: () => t('counts.posted'),
  })
  return (
    <>
      {count.needsApproval && <Alert icon={<IconInfoCircle aria-hidden />}>{t('counts.needsApproval')}</Alert>}
      <div className="bo-doc-foot bo-no-print">
        <Button variant="default" leftSection={<IconReload size={18} aria-hidden />} onClick={onRecount}>
          {t('counts.recount')}
        </Button>
        <Button
          leftSection={<IconCheck size={18} aria-hidden />}
          disabled={waits}
          loading={post.isPending}
          onClick={() => post.mutate()}
        >
          {t('counts.post')}
        </Button>
      </div>
    </>
  )
}

type Said = {
  count: StockCount
  reasons: Reasons
  named: Named
  onReasons: (reasons: Reasons) => void
  onNamed: (named: Named) => void
}

/** Why a line differs, and which lots of a followed article were missing or found. */
function LineWhy({ count, line, reasons, named, onReasons, onNamed }: Said & { line: CountLine }) {
  const t = useT()
  const why = reasons.get(line.variantId) ?? line.reasonCode ?? 'count_difference'
  if (count.state !== 'review') return t(`reasonCode.${why}`)
  return (
    <>
      <Select
        size="xs"
        aria-label={t('documents.reasonOf', { name: line.productName })}
        allowDeselect={false}
        data={reasonsFor.count.map((code) => ({ value: code, label: t(`reasonCode.${code}`) }))}
        value={why}
        onChange={(code) => code && onReasons(new Map([...reasons, [line.variantId, code]]))}
      />
      {line.tracking && (
        <LotsField
          of={line.productName}
          tracking={line.tracking}
          lots={named.get(line.variantId) ?? []}
          wanted={Math.abs(line.differenceUnits ?? 0)}
          incoming={(line.differenceUnits ?? 0) > 0}
          onChange={(lots) => onNamed(new Map([...named, [line.variantId, lots]]))}
        />
      )}
    </>
  )
}

function Differences({ lines, ...said }: Said & { lines: readonly CountLine[] }) {
  const t = useT()
  return (
    <table className="bo-doc-table">
      <thead>
        <tr>
          <th scope="col">{t('orders.article')}</th>
          <th scope="col" data-end data-wide>
            {t('counts.expected')}
          </th>
          <th scope="col" data-end data-wide>
            {t('counts.counted')}
          </th>
          <th scope="col" data-end>
            {t('counts.difference')}
          </th>
          <th scope="col" data-end data-wide>
            {t('counts.valueShort')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.variantId}>
            <td>
              <LineName article={line}>
                <LineWhy {...said} line={line} />
              </LineName>
            </td>
            <td data-end data-wide>
              {line.expectedUnits}
            </td>
            <td data-end data-wide>
              {line.countedUnits}
            </td>
            <td data-end>
              <Signed value={line.differenceUnits ?? 0} />
            </td>
            <td data-end data-wide>
              {line.differenceValue && <Money value={line.differenceValue} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Why, and which lots, of the lines of which something was said. */
function reasonsOf(count: StockCount, reasons: Reasons, named: Named) {
  return count.lines
    .filter(({ variantId }) => reasons.has(variantId) || (named.get(variantId) ?? []).length > 0)
    .map(({ variantId, reasonCode }) => ({
      variantId,
      reasonCode: reasons.get(variantId) ?? reasonCode ?? ('count_difference' as const),
      lots: [...(named.get(variantId) ?? [])],
    }))
}

/** Every line, also those that agree: the sheet of the count. */
function exportCount(t: Translate, count: StockCount): void {
  const heads = [
    t('variants.sku'),
    t('orders.article'),
    t('counts.expected'),
    t('counts.counted'),
    t('counts.difference'),
    t('counts.valueShort'),
    t('documents.reason'),
  ]
  const rows = count.lines.map((line) => [
    line.sku,
    [line.productName, line.variantLabel].filter(Boolean).join(' · '),
    line.expectedUnits,
    line.countedUnits,
    line.differenceUnits,
    line.differenceValue ? (line.differenceValue.amountMinor / 100).toFixed(2) : null,
    line.reasonCode ? t(`reasonCode.${line.reasonCode}`) : null,
  ])
  download(fileName(count.number.toLowerCase()), toCsv([heads, ...rows]))
}
