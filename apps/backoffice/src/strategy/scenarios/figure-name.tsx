import { Tooltip } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useT } from '../../app/i18n.ts'
import '../../insights/insights.css'

export type VerdictFigure = 'gain' | 'interval' | 'loss' | 'worst' | 'irr' | 'payback' | 'paybackChance' | 'funding'

/** The name of a figure of a verdict, with its formula for the pointer, the keyboard and readers. */
export function FigureName({ id }: { id: VerdictFigure }) {
  const t = useT()
  const [name, formula] = [t(`scenario.${id}`), t(`scenario.${id}.formula`)]
  return (
    <span className="bo-kpi-name">
      {name}
      <Tooltip label={formula} multiline w={280} events={{ hover: true, focus: true, touch: true }}>
        <button type="button" className="bo-kpi-formula" aria-label={t('insights.formulaOf', { name, formula })}>
          <IconHelpCircle size={14} stroke={1.75} aria-hidden />
        </button>
      </Tooltip>
    </span>
  )
}
