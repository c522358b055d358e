import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../../app/i18n.ts'
import { Page } from '../../common/page.tsx'
import { ExperimentForm } from './experiment-form.tsx'
import '../../insights/insights.css'
import '../../today/today.css'
import './experiments.css'

const route = getRouteApi('/experiments/new')

/** An experiment nobody has written yet. */
export function NewExperimentPage() {
  const t = useT()
  const navigate = route.useNavigate()
  return (
    <Page
      title={t('experiment.new')}
      summary={t('experiment.new.help')}
      back={{ to: '/experiments', label: t('nav.experiments') }}
    >
      <ExperimentForm
        experiment={null}
        send={(body, idempotencyKey) => call(endpoints.createExperiment, { body }, { idempotencyKey })}
        onDone={({ id }) => {
          tellDone(t('experiment.saved'))
          void refresh('/strategy/experiments')
          void navigate({ to: '/experiments/$experimentId', params: { experimentId: id } })
        }}
      />
    </Page>
  )
}
