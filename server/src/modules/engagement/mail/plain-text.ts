import type { Block, Mail } from './mail.ts'

/** The plain-text side of a message: everything the HTML says, in the same order. */
export function renderText(mail: Mail): string {
  const parts = [mail.title, ...mail.blocks.map(textOf), `-- \n${mail.footer.join('\n')}`]
  return `${parts.join('\n\n')}\n`
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text
    case 'facts':
      return [heading(block.title), ...block.facts.map(({ label, lines }) => `${label}\n${indent(lines)}`)].join('\n')
    case 'lines':
      return [heading(block.title), ...block.lines.map(lineText)].join('\n')
    case 'sums': {
      const width = Math.max(...block.sums.map(({ label }) => label.length))
      return block.sums.map(({ label, amount }) => `${label.padEnd(width)}  ${amount}`).join('\n')
    }
    case 'pass':
      return `${heading(block.label)}\n  ${block.code}\n${block.hint}`
    case 'link':
      return `${block.label}\n${block.href}`
    case 'note':
      return [heading(block.title), ...block.paragraphs].join('\n')
    case 'heading':
      return heading(block.text)
    case 'picture':
      return block.href === null ? `[${block.picture.alt}]` : `[${block.picture.alt}]\n${block.href}`
    case 'article':
      return `${block.name}\n  ${block.price}\n${block.see}\n${block.href}`
    case 'code':
      return [heading(block.label), `  ${block.code}`, ...(block.hint === '' ? [] : [block.hint])].join('\n')
    case 'divider':
      return '* * *'
    case 'columns':
      return block.columns.flatMap((column) => column.map(textOf)).join('\n\n')
  }
}

function lineText({ quantity, name, details, total }: Extract<Block, { kind: 'lines' }>['lines'][number]): string {
  return `${quantity} × ${name}\n${indent([details.join(' · '), ...(total ? [total] : [])])}`
}

function heading(title: string): string {
  return title.toLocaleUpperCase()
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n')
}
