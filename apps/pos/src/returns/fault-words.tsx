import { useT } from '../app/i18n.ts'
import type { KeptFault } from './kept.ts'

/** Why a return cannot be taken yet, beside the button that would take it. */
export function FaultWords({ fault }: { fault: KeptFault | null }) {
  const t = useT()
  return fault && <p className="pos-short">{t(`returns.fault.${fault}`)}</p>
}
