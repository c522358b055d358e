import { Tooltip } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'

/** A name of a figure, with its formula for the pointer, the keyboard and readers. */
export function WithFormula({ name, formula }: { name: string; formula: string }) {
  const t = useT()
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
