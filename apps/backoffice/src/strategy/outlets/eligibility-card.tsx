import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { OutletComparison, OutletQuestion } from '@ecluse/contracts/outlets.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { WithFormula } from '../../insights/formula.tsx'
import { download, fileName, toCsv } from '../../list/csv.ts'
import { useOutletWords } from './outlet-words.ts'

/** Who keeps the criteria, all judged by the same, and what each is told they lack. */
export function EligibilityCard({
  judged,
  criteria,
}: {
  judged: OutletComparison['judged']
  criteria: OutletQuestion['criteria']
}) {
  const t = useT()
  const w = useOutletWords()
  const admitted = judged.filter((one) => one.admitted).length
  const verdict = (is: boolean) => t(is ? 'outlets.admitted' : 'outlets.refused')
  const reasons = (one: OutletComparison['judged'][number]) => one.missing.map((missing) => w.lacks(missing, criteria))
  const save = () =>
    download(
      fileName(t('outlets.eligibility.file')),
      toCsv([
        [t('outlets.outlet'), t('outlets.verdict'), t('outlets.score'), t('outlets.reasons')],
        ...judged.map((one) => [one.outlet, verdict(one.admitted), w.share(one.score), reasons(one).join(' / ')]),
      ]),
    )
  return (
    <Card
      title={t('outlets.eligibility')}
      acts={
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={save}
        >
          {t('list.export')}
        </Button>
      }
    >
      <p className="bo-line">
        {t('outlets.eligibility.answer', { admitted, count: judged.length })} {t('outlets.eligibility.law')}
      </p>
      <FigureTable label={t('outlets.eligibility')}>
        <thead>
          <tr>
            <th scope="col">{t('outlets.outlet')}</th>
            <th scope="col">{t('outlets.verdict')}</th>
            <th scope="col">
              <WithFormula name={t('outlets.score')} formula={t('outlets.score.formula')} />
            </th>
            <th scope="col" className="bo-outlets-reasons">
              {t('outlets.reasons')}
            </th>
          </tr>
        </thead>
        <tbody>
          {judged.map((one) => (
            <tr key={one.outlet}>
              <th scope="row">{one.outlet}</th>
              <td>
                <StateBadge tone={one.admitted ? 'done' : 'waiting'}>{verdict(one.admitted)}</StateBadge>
              </td>
              <td>{w.share(one.score)}</td>
              <td className="bo-outlets-reasons">{one.missing.length === 0 ? '–' : <Reasons of={reasons(one)} />}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </Card>
  )
}

function Reasons({ of }: { of: readonly string[] }) {
  return (
    <ul>
      {of.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  )
}
