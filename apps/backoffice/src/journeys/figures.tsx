import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useT } from '../app/i18n.ts'

type Props = {
  label: string
  head: readonly string[]
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
  /** Columns of words rather than numbers, beside the first. */
  words?: readonly number[]
}

/** A table of figures: on a telephone each row is a list of its own, as twelve columns beside each other would be read one at a time. */
export function Figures({ label, head, rows, words = [] }: Props) {
  const t = useT()
  const isNumber = (at: number) => (at > 0 && !words.includes(at)) || undefined
  return (
    <div className="bo-scroll-x" tabIndex={0} role="region" aria-label={t('journeys.table', { name: label })}>
      <Table className="bo-journey-table">
        <Table.Thead>
          <Table.Tr>
            {head.map((name, at) => (
              <Table.Th key={name} scope="col" data-number={isNumber(at)}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, cells: [name, ...figures] }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row">{name}</Table.Th>
              {figures.map((figure, at) => (
                <Table.Td key={at} data-number={isNumber(at + 1)} data-label={head[at + 1]}>
                  {figure}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
