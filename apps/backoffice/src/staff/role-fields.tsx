import type { ReactNode } from 'react'
import { MultiSelect, Radio, Stack } from '@mantine/core'
import { roles, type Role } from '@ecluse/contracts/permissions.ts'
import { useT } from '../app/i18n.ts'
import { useSites } from '../network/use-channels.ts'

/** What someone may do, and where. An administrator works everywhere, so shops are asked of the others only. */
export function RoleFields({
  role,
  siteIds,
  siteError,
  onChange,
}: {
  role: Role
  siteIds: string[] | null
  siteError?: ReactNode
  onChange: (patch: { role?: Role; siteIds?: string[] | null }) => void
}) {
  const t = useT()
  const sites = useSites()
  return (
    <>
      <Radio.Group
        label={t('users.role')}
        value={role}
        onChange={(value) => {
          const next = roles.find((known) => known === value) ?? 'clerk'
          onChange({ role: next, siteIds: next === 'administrator' ? null : (siteIds ?? []) })
        }}
      >
        <Stack gap="sm" mt="xs">
          {roles.map((value) => (
            <Radio key={value} value={value} label={t(`role.${value}`)} description={t(`role.${value}.help`)} />
          ))}
        </Stack>
      </Radio.Group>
      {role !== 'administrator' && (
        <MultiSelect
          label={t('users.sites')}
          data={sites.map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('users.sites.clear') }}
          value={siteIds ?? []}
          error={siteError}
          onChange={(next) => onChange({ siteIds: next })}
        />
      )}
    </>
  )
}
