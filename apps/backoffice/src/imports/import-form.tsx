import { useState } from 'react'
import { Button, FileInput, Select, Stack, Switch } from '@mantine/core'
import { IconFileTypeCsv, IconUpload } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { importKinds, type ImportKind } from '@ecluse/contracts/interchange.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { defaultSettings, ImportSettingFields, settingFields } from './import-settings.tsx'

/** Chooses a file and what it holds. A dry run is proposed first: it says what would happen and writes nothing. */
export function ImportForm() {
  const t = useT()
  const navigate = useNavigate()
  const [kind, setKind] = useState<ImportKind>('shopify-products')
  const [file, setFile] = useState<File | null>(null)
  const [dryRun, setDryRun] = useState(true)
  const [settings, setSettings] = useState(defaultSettings)
  const [tried, setTried] = useState(false)
  const start = useAct({
    act: (_: void, idempotencyKey) => {
      const form = new FormData()
      form.append('kind', kind)
      form.append('dryRun', String(dryRun))
      for (const [name, value] of settingFields(kind, settings)) form.append(name, value)
      if (file) form.append('file', file)
      return call(endpoints.startImport, {}, { form, idempotencyKey })
    },
    touches: ['/imports'],
    quiet: true,
    onDone: ({ id }) => void navigate({ to: '/imports/$importId', params: { importId: id } }),
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (file) start.mutate()
      }}
    >
      <Stack gap="md">
        <FormProblem error={start.error} />
        <Select
          label={t('imports.kind')}
          data={importKinds.map((value) => ({ value, label: t(`importKind.${value}`) }))}
          value={kind}
          onChange={(value) => setKind(importKinds.find((known) => known === value) ?? 'shopify-products')}
        />
        <FileChoice file={file} missing={tried && !file} onChange={setFile} />
        <ImportSettingFields
          kind={kind}
          settings={settings}
          onChange={(patch) => setSettings({ ...settings, ...patch })}
        />
        <Switch
          label={t('imports.dryRun')}
          description={t('imports.dryRun.help')}
          checked={dryRun}
          onChange={(event) => setDryRun(event.currentTarget.checked)}
        />
        <Button
          type="submit"
          w="fit-content"
          loading={start.isPending}
          leftSection={<IconUpload size={16} aria-hidden />}
        >
          {dryRun ? t('imports.try') : t('imports.run')}
        </Button>
      </Stack>
    </form>
  )
}

function FileChoice({
  file,
  missing,
  onChange,
}: {
  file: File | null
  missing: boolean
  onChange: (file: File | null) => void
}) {
  const t = useT()
  return (
    <FileInput
      label={t('imports.file')}
      placeholder={t('imports.file.choose')}
      accept=".csv,text/csv"
      leftSection={<IconFileTypeCsv size={16} aria-hidden />}
      clearable
      clearButtonProps={{ 'aria-label': t('imports.file.clear') }}
      value={file}
      error={missing ? t('imports.file.missing') : undefined}
      onChange={onChange}
    />
  )
}
