import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { useT } from '../app/i18n.ts'
import { MovementForm } from './movement-form.tsx'

/** A movement of any article, from anywhere. */
export function MovementPanel({ onClose }: { onClose: () => void }) {
  const t = useT()
  return (
    <SidePanel itemKey="new" title={t('act.recordMovement')} onClose={onClose}>
      <MovementForm level={null} onDone={onClose} />
    </SidePanel>
  )
}
