import { Page } from '../common/page.tsx'
import { useT } from '../app/i18n.tsx'

export function FormatsPage() {
  const t = useT()
  return <Page title={t('imports.formats')}>…</Page>
}
