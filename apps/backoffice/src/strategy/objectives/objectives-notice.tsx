import { Alert } from '@mantine/core'
import { IconTarget } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../../app/i18n.ts'
import { useObjectiveWords } from './objective-words.ts'

/** Among the work of the day, which objectives became less likely than they may be. */
export function ObjectivesNotice() {
  const t = useT()
  const can = useCan()
  const words = useObjectiveWords()
  const query = useQuery({ ...apiQuery(endpoints.listObjectives, { query: {} }), enabled: can('strategy:read') })
  const slipping = (query.data?.items ?? []).filter(({ alert }) => alert)
  if (slipping.length === 0) return null
  return (
    <Alert color="red" icon={<IconTarget aria-hidden />} title={t('objectives.slipping', { count: slipping.length })}>
      <ul className="bo-plain-list">
        {slipping.map((objective) => (
          <li key={objective.id}>
            <Link to="/objectives/$objectiveId" params={{ objectiveId: objective.id }} className="bo-link">
              {objective.name}
            </Link>{' '}
            {words.state(objective)}
          </li>
        ))}
      </ul>
    </Alert>
  )
}
