/** @jsxRuntime automatic @jsxImportSource preact */
import type { WithdrawalException } from '@ecluse/contracts/withdrawal-exceptions.ts'
import type { Visit } from '../visit.ts'
import { Icon } from './icon.tsx'

/** Why an article cannot be withdrawn from, with the article of the law: said before anybody pays, and after. */
export function ExceptionNote({ visit, exception }: { visit: Visit; exception: WithdrawalException | null }) {
  if (!exception) return null
  return (
    <p class="kept">
      <Icon name="info" size={18} />
      <span>{visit.t(`withdrawalException.${exception}`)}</span>
    </p>
  )
}
