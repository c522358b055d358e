import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from './api.ts'
import { rememberSession } from './session.tsx'
import { tellRefusal } from './toasts.tsx'

/** Signs out and forgets everything that was read: the next person at this screen sees none of it. */
export function useSignOut(): () => void {
  return () => {
    call(endpoints.signOut).then(
      () => rememberSession(null),
      (error: unknown) => tellRefusal(error),
    )
  }
}
