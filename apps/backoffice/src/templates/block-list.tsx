import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import type { MailBlock, SimpleMailBlock } from '@ecluse/contracts/mail-templates.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { useT } from '../app/i18n.ts'
import { replaced } from '../segments/draft.ts'
import { BlockFields } from './block-fields.tsx'
import { freshBlock, freshColumns, moved, simpleKinds } from './draft.ts'

type ListProps = { blocks: readonly MailBlock[]; locale: Locale; onChange: (blocks: MailBlock[]) => void }

/** The blocks of a message in their order: written, moved, taken out, added. */
export function BlockList({ blocks, locale, onChange }: ListProps) {
  return (
    <>
      <ol className="bo-blocks">
        {blocks.map((block, at) => (
          <li key={at} className="bo-template-block">
            <BlockHead
              kind={block.kind}
              at={at}
              count={blocks.length}
              onMove={(by) => onChange(moved(blocks, at, by))}
              onRemove={() => onChange(replaced(blocks, at, undefined))}
            />
            {block.kind === 'columns' ? (
              <Columns block={block} locale={locale} onChange={(next) => onChange(replaced(blocks, at, next))} />
            ) : (
              <BlockFields block={block} locale={locale} onChange={(next) => onChange(replaced(blocks, at, next))} />
            )}
          </li>
        ))}
      </ol>
      <AddBlock columns onAdd={(block) => onChange([...blocks, block])} />
    </>
  )
}

type HeadProps = {
  kind: MailBlock['kind']
  at: number
  count: number
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

function BlockHead({ kind, at, count, onMove, onRemove }: HeadProps) {
  const t = useT()
  const name = t(`templates.block.${kind}`)
  const values = { block: name, number: at + 1 }
  return (
    <div className="bo-block-head">
      <strong>{name}</strong>
      <span>
        <ActionIcon
          variant="subtle"
          aria-label={t('templates.block.up', values)}
          disabled={at === 0}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          aria-label={t('templates.block.down', values)}
          disabled={at === count - 1}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="subtle" color="coral" aria-label={t('templates.block.remove', values)} onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </span>
    </div>
  )
}

type ColumnsBlock = Extract<MailBlock, { kind: 'columns' }>

function Columns({
  block,
  locale,
  onChange,
}: {
  block: ColumnsBlock
  locale: Locale
  onChange: (block: ColumnsBlock) => void
}) {
  const t = useT()
  const setColumn = (at: number, blocks: SimpleMailBlock[]) =>
    onChange({ ...block, columns: replaced(block.columns, at, blocks) })
  return (
    <div className="bo-block-columns">
      {block.columns.map((column, at) => (
        <div key={at} role="group" aria-label={t('templates.column', { number: at + 1 })}>
          <ol className="bo-blocks">
            {column.map((inner, row) => (
              <li key={row} className="bo-template-block">
                <BlockHead
                  kind={inner.kind}
                  at={row}
                  count={column.length}
                  onMove={(by) => setColumn(at, moved(column, row, by))}
                  onRemove={() => setColumn(at, replaced(column, row, undefined))}
                />
                <BlockFields
                  block={inner}
                  locale={locale}
                  onChange={(next) => setColumn(at, replaced(column, row, next))}
                />
              </li>
            ))}
          </ol>
          <AddBlock onAdd={(added) => added.kind !== 'columns' && setColumn(at, [...column, added])} />
        </div>
      ))}
    </div>
  )
}

function AddBlock({ columns = false, onAdd }: { columns?: boolean; onAdd: (block: MailBlock) => void }) {
  const t = useT()
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconPlus size={16} aria-hidden />}>
          {t('templates.block.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {simpleKinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => onAdd(freshBlock(kind))}>
            {t(`templates.block.${kind}`)}
          </Menu.Item>
        ))}
        {columns && <Menu.Item onClick={() => onAdd(freshColumns())}>{t('templates.block.columns')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  )
}
