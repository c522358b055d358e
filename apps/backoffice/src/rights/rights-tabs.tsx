import { Tabs } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useT } from '../app/i18n.ts'

const pages = {
  requests: '/rights',
  retention: '/rights/retention',
  register: '/rights/register',
  records: '/rights/records',
} as const
const tabs = ['requests', 'retention', 'register', 'records'] as const

/** The parts of the desk: what people ask, how long they are kept, the register, and what is kept by law. */
export function RightsTabs({ here }: { here: keyof typeof pages }) {
  const t = useT()
  const navigate = useNavigate()
  const open = (value: string | null) => {
    const tab = tabs.find((one) => one === value)
    if (tab) void navigate({ to: pages[tab] })
  }
  return (
    <Tabs value={here} onChange={open} mb="md">
      <Tabs.List aria-label={t('nav.rights')}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {t(`rights.tab.${tab}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  )
}
