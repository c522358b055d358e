import { trainedFigure, type OutletQuestion } from '@ecluse/contracts/outlets.ts'
import { useT } from '../../app/i18n.ts'
import { useAmounts } from '../scenarios/amounts.ts'

const fields = ['surface', 'image', 'price_discipline', trainedFigure] as const

/** How figures of outlets are written: each criterion in its own unit. */
export function useOutletWords() {
  const t = useT()
  const { money, share, number } = useAmounts()
  const known = (code: string) => fields.find((field) => field === code)
  const figure = (code: string, value: number): string => {
    const field = known(code)
    return field ? t(`outlets.figure.${field}`, { value: number(value, value % 1 === 0 ? 0 : 1) }) : number(value, 2)
  }
  return {
    money,
    share,
    number,
    figure,
    unit: (code: string): string => {
      const field = known(code)
      return field ? t(`outlets.unit.${field}`) : ''
    },
    /** What an outlet lacks: “Surface: 45 m², at least 60 m²”. */
    lacks: (
      { criterion, has, least }: { criterion: string; has: number; least: number },
      criteria: OutletQuestion['criteria'],
    ): string =>
      t('outlets.lacks', {
        criterion: criteria.find(({ code }) => code === criterion)?.name ?? criterion,
        has: figure(criterion, has),
        least: figure(criterion, least),
      }),
  }
}
