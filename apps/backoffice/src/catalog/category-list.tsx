import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useKeyboardList } from '@ecluse/ui/keyboard-list.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { openShortcuts } from '../app/shortcuts.tsx'
import type { CategoryNode } from './category-tree.ts'

/** The tree as rows: opened with Enter, moved among their brothers with two buttons. */
export function CategoryTree({
  nodes,
  writable,
  openCode,
  onOpen,
}: {
  nodes: readonly CategoryNode[]
  writable: boolean
  openCode: string | null
  onOpen: (code: string) => void
}) {
  const t = useT()
  const list = useKeyboardList({
    count: nodes.length,
    onOpen: (index) => nodes[index] && onOpen(nodes[index].code),
    onHelp: openShortcuts,
  })
  const swap = useSwap()
  return (
    <div className="bo-list-frame">
      <ul className="bo-tree" aria-label={t('nav.categories')}>
        {nodes.map((node, index) => {
          const brothers = nodes.filter(
            ({ parentCode, depth }) => parentCode === node.parentCode && depth === node.depth,
          )
          const at = brothers.indexOf(node)
          const name = node.path.split(' › ').at(-1) ?? node.code
          const { ref, ...rowProps } = list.rowProps(index)
          return (
            <li key={node.code} data-open={openCode === node.code || undefined}>
              <div
                className="bo-tree-row"
                role="button"
                ref={ref}
                {...rowProps}
                style={{ paddingInlineStart: 16 + node.depth * 24 }}
              >
                <span className="bo-wrap">
                  {name} <span className="bo-quiet">{node.code}</span>
                </span>
              </div>
              <CategoryActs name={name} code={node.code} brothers={brothers} at={at} writable={writable} swap={swap} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** What can be done with one category: see its articles, and move it among its brothers. */
function CategoryActs({
  name,
  code,
  brothers,
  at,
  writable,
  swap,
}: {
  name: string
  code: string
  brothers: readonly CategoryNode[]
  at: number
  writable: boolean
  swap: ReturnType<typeof useSwap>
}) {
  const t = useT()
  return (
    <>
      <Link
        to="/products"
        search={{ category: code }}
        className="bo-link bo-tree-link"
        aria-label={t('categories.products.of', { name })}
      >
        {t('categories.products')}
      </Link>
      {writable && (
        <>
          <ActionIcon
            aria-label={t('categories.up', { name })}
            disabled={at === 0 || swap.isPending}
            onClick={() => swap.mutate(moved(brothers, at, at - 1))}
          >
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            aria-label={t('categories.down', { name })}
            disabled={at === brothers.length - 1 || swap.isPending}
            onClick={() => swap.mutate(moved(brothers, at, at + 1))}
          >
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
        </>
      )}
    </>
  )
}

/** The brothers in their new order; only those whose position changes are written. */
function moved(brothers: readonly CategoryNode[], from: number, to: number): CategoryNode[] {
  const order = [...brothers]
  const [node] = order.splice(from, 1)
  if (node) order.splice(to, 0, node)
  return order
}

function useSwap() {
  return useAct({
    act: async (order: readonly CategoryNode[]) => {
      for (const [position, node] of order.entries()) {
        if (node.position === position) continue
        const { code, parentCode, name } = node
        await call(endpoints.putCategory, { params: { code }, body: { parentCode, name, position } })
      }
    },
    touches: ['/categories'],
  })
}
