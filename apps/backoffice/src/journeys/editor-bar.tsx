import { Button, SegmentedControl } from '@mantine/core'
import { IconLayoutDistributeHorizontal } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'
import { UndoButtons } from '../common/undo-buttons.tsx'
import { AddStep } from './add-step.tsx'
import type { NodeType } from './graph-acts.ts'
import { SaveNote } from './save-note.tsx'
import type { DraftDesk } from './use-draft.ts'

export type EditorView = 'graph' | 'list'
type Props = {
  desk: DraftDesk
  editable: boolean
  view: EditorView
  onView: (view: EditorView) => void
  onAdd: (type: NodeType) => void
  onArrange: () => void
}

/** Above the graph: add, take back, arrange, drawing or list, and whether it is kept. */
export function EditorBar({ desk, editable, view, onView, onAdd, onArrange }: Props) {
  const t = useT()
  return (
    <div className="bo-journey-bar" role="toolbar" aria-label={t('journeys.bar')}>
      {editable && (
        <>
          <AddStep label={t('journeys.add')} onAdd={onAdd} />
          <UndoButtons history={desk.history} undo={desk.undo} redo={desk.redo} />
          {view === 'graph' && (
            <Button
              variant="default"
              leftSection={<IconLayoutDistributeHorizontal size={16} aria-hidden />}
              onClick={onArrange}
            >
              {t('journeys.arrange')}
            </Button>
          )}
        </>
      )}
      <SegmentedControl
        aria-label={t('journeys.view')}
        data={(['graph', 'list'] as const).map((value) => ({ value, label: t(`journeys.view.${value}`) }))}
        value={view}
        onChange={(value) => onView(value === 'list' ? 'list' : 'graph')}
      />
      {editable && <SaveNote desk={desk} />}
    </div>
  )
}
