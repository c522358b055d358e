import { useState } from 'react'
import { Button, Group, NumberInput, Select, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { roles } from '@ecluse/contracts/permissions.ts'
import type { CourseAssignment, CourseDetail } from '@ecluse/contracts/training.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { useSites } from '../network/use-channels.ts'
import { ItemActs } from './item-acts.tsx'
import { replaced } from './move-item.ts'

/** For whom a course is: roles, shops or everybody, and how long they have. */
export function AssignmentForm({ course }: { course: CourseDetail }) {
  const t = useT()
  const [list, setList] = useState<CourseAssignment[]>(course.assignments)
  const save = useAct({
    act: () => call(endpoints.assignCourse, { params: { courseId: course.id }, body: { assignments: list } }),
    touches: ['/training'],
    done: () => t('training.assign.saved'),
  })
  const twice = new Set(list.map(({ role, siteId }) => `${role} ${siteId}`)).size < list.length
  return (
    <Card title={t('training.tab.people')}>
      <Stack gap="lg">
        {list.length === 0 && <p className="bo-line">{t('training.assign.none')}</p>}
        {list.map((assignment, at) => (
          <AssignmentRow
            key={at}
            assignment={assignment}
            name={t('training.assign.number', { number: at + 1 })}
            list={list}
            at={at}
            setList={setList}
          />
        ))}
        {twice && <p role="alert">{t('training.assign.same')}</p>}
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setList([...list, { role: null, siteId: null, dueDays: null }])}
          >
            {t('training.assign.add')}
          </Button>
          <Button disabled={twice} loading={save.isPending} onClick={() => save.mutate()}>
            {t('app.save')}
          </Button>
        </Group>
      </Stack>
    </Card>
  )
}

function AssignmentRow({
  assignment,
  name,
  list,
  at,
  setList,
}: {
  assignment: CourseAssignment
  name: string
  list: CourseAssignment[]
  at: number
  setList: (list: CourseAssignment[]) => void
}) {
  const t = useT()
  const sites = useSites()
  const set = (patch: Partial<CourseAssignment>) => setList(replaced(list, at, { ...assignment, ...patch }))
  return (
    <Group align="end">
      <Select
        label={t('training.assign.role')}
        allowDeselect={false}
        data={[
          { value: 'all', label: t('training.assign.role.all') },
          ...roles.map((role) => ({ value: role, label: t(`role.${role}`) })),
        ]}
        value={assignment.role ?? 'all'}
        onChange={(value) => set({ role: roles.find((role) => role === value) ?? null })}
      />
      <Select
        label={t('training.assign.site')}
        allowDeselect={false}
        data={[
          { value: 'all', label: t('training.assign.site.all') },
          ...sites.map((site) => ({ value: site.id, label: site.name })),
        ]}
        value={assignment.siteId ?? 'all'}
        onChange={(value) => set({ siteId: sites.find(({ id }) => id === value)?.id ?? null })}
      />
      <NumberInput
        label={t('training.assign.days')}
        min={1}
        max={730}
        allowDecimal={false}
        value={assignment.dueDays ?? ''}
        onChange={(value) => set({ dueDays: typeof value === 'number' ? value : null })}
      />
      <ItemActs items={list} at={at} name={name} onChange={setList} />
    </Group>
  )
}
