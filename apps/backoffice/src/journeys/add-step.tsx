import { Button, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'
import { nodeTypes, type NodeType } from './graph-acts.ts'
import { nodeIcons } from './node-icons.ts'

type Props = {
  label: string
  name?: string
  types?: readonly NodeType[]
  compact?: boolean
  onAdd: (type: NodeType) => void
}

/** What is put in the way of somebody: everything that has a way in. */
export const stepsOnTheWay: readonly NodeType[] = nodeTypes.filter((type) => type !== 'entry' && type !== 'goal')

/** A menu of the kinds of steps one can add here. */
export function AddStep({ label, name, types = nodeTypes, compact = false, onAdd }: Props) {
  const t = useT()
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant={compact ? 'subtle' : 'default'}
          size={compact ? 'compact-md' : 'sm'}
          mih={compact ? 32 : undefined}
          aria-label={name}
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {types.map((type) => {
          const Icon = nodeIcons[type]
          return (
            <Menu.Item
              key={type}
              leftSection={<Icon size={18} stroke={1.75} aria-hidden />}
              onClick={() => onAdd(type)}
            >
              {t(`journeys.type.${type}`)}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
