import type { ReactNode } from 'react'
import { Tabs } from '@mantine/core'

/** The parts of a page, one at a time; which one is in the page's address. */
export function PageTabs<Tab extends string>({
  label,
  tabs,
  value,
  nameOf,
  onChange,
  children,
}: {
  label: string
  tabs: readonly Tab[]
  value: Tab
  nameOf: (tab: Tab) => string
  onChange: (tab: Tab) => void
  children: (tab: Tab) => ReactNode
}) {
  return (
    <Tabs
      value={value}
      onChange={(next) => {
        const tab = tabs.find((one) => one === next)
        if (tab !== undefined) onChange(tab)
      }}
      keepMounted={false}
    >
      <Tabs.List aria-label={label}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {nameOf(tab)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab} value={tab} pt="md">
          {tab === value && children(tab)}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
