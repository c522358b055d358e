import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { outletFields, outletLimits, type OutletCandidate } from '@ecluse/contracts/outlets.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { FigureTable } from '../../common/figure-table.tsx'
import { OutletForm } from './outlet-form.tsx'
import { useOutletWords } from './outlet-words.ts'
import { newOutlet, type QuestionFields } from './study-draft.ts'

/** Outlets there are and could be, each with its figures; one opens at the side to be changed. */
export function OutletsCard({ question: { outlets, criteria }, set }: QuestionFields) {
  const t = useT()
  // The place in the list, as long as nobody adds or removes: then the panel is closed.
  const [opened, setOpened] = useState<number | 'new' | null>(null)
  const own = criteria.filter(({ code }) => !outletFields.some((field) => field === code))
  const outlet = opened === 'new' ? newOutlet : opened === null ? undefined : outlets[opened]
  const put = (next: OutletCandidate | null) => {
    set({
      outlets:
        opened === 'new'
          ? [...outlets, ...(next ? [next] : [])]
          : outlets.flatMap((one, at) => (at === opened ? (next ?? []) : one)),
    })
    setOpened(null)
  }
  return (
    <Card title={t('outlets.candidates', { count: outlets.length })}>
      <div className="bo-stack">
        <p className="bo-line bo-quiet">{t('outlets.candidates.help')}</p>
        {outlets.length > 0 && <Candidates outlets={outlets} own={own} onOpen={setOpened} />}
        <Button
          variant="default"
          w="fit-content"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={outlets.length >= outletLimits.outlets}
          onClick={() => setOpened('new')}
        >
          {t('outlets.add')}
        </Button>
      </div>
      {outlet && (
        <SidePanel
          itemKey={String(opened)}
          title={opened === 'new' ? t('outlets.add') : outlet.name}
          onClose={() => setOpened(null)}
        >
          <OutletForm
            key={String(opened)}
            outlet={outlet}
            own={own}
            others={outlets.filter((_, at) => at !== opened)}
            onClose={() => setOpened(null)}
            onDone={put}
            onRemove={opened === 'new' ? undefined : () => put(null)}
          />
        </SidePanel>
      )}
    </Card>
  )
}

function Candidates({
  outlets,
  own,
  onOpen,
}: {
  outlets: readonly OutletCandidate[]
  own: readonly { code: string; name: string }[]
  onOpen: (at: number) => void
}) {
  const t = useT()
  const w = useOutletWords()
  return (
    <FigureTable label={t('outlets.candidates', { count: outlets.length })}>
      <thead>
        <tr>
          <th scope="col">{t('outlets.outlet')}</th>
          <th scope="col">{t('outlets.postalCode')}</th>
          <th scope="col">{t('outlets.isOpen')}</th>
          <th scope="col">{t('outlets.surface')}</th>
          <th scope="col">{t('outlets.image')}</th>
          <th scope="col">{t('outlets.priceDiscipline')}</th>
          {own.map(({ code, name }) => (
            <th key={code} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">{t('outlets.cost')}</th>
        </tr>
      </thead>
      <tbody>
        {outlets.map((one, at) => (
          <tr key={one.name}>
            <th scope="row">
              <button type="button" className="bo-outlets-open" onClick={() => onOpen(at)}>
                {one.name}
              </button>
            </th>
            <td>{one.country === 'FR' ? one.postalCode : `${one.country} ${one.postalCode}`}</td>
            <td>{t(one.open ? 'outlets.yes' : 'outlets.no')}</td>
            <td>{w.figure('surface', one.surface)}</td>
            <td>{w.figure('image', one.image)}</td>
            <td>{w.share(one.priceDiscipline)}</td>
            {own.map(({ code }) => {
              const figure = one.figures[code]
              return <td key={code}>{figure === undefined ? '–' : w.figure(code, figure)}</td>
            })}
            <td>{w.money(one.cost)}</td>
          </tr>
        ))}
      </tbody>
    </FigureTable>
  )
}
