import { Alert } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { messageOf } from '@ecluse/ui/staff/api.ts'

/** A refusal that belongs to the form as a whole, above its fields. */
export function FormProblem({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <Alert color="red" role="alert" icon={<IconAlertCircle aria-hidden />}>
      {messageOf(error)}
    </Alert>
  )
}
