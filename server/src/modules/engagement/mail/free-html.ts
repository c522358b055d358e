import type { VNode } from 'preact'
import { c, el, sans, serif, table } from './elements.ts'
import type { Block } from './mail.ts'

/** Blocks of the messages people write themselves, as HTML. */

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>

/** The width of a message without its margins, in pixels. */
const innerWidth = 526

export function headingHtml({ text }: Of<'heading'>): VNode {
  const style = `margin:28px 0 10px;font:400 21px/1.3 ${serif};color:${c.ink}`
  return el('h2', { class: 'fg-ink', style }, text)
}

/** Never wider than its column, whatever it measures. */
export function pictureHtml({ picture, href }: Of<'picture'>): VNode {
  const { source, alt, width, height } = picture
  const shown = Math.min(width, innerWidth)
  const style = 'display:block;max-width:100%;height:auto;border-radius:8px;border:0'
  const image = el('img', {
    src: source,
    alt,
    width: shown,
    height: Math.round((height * shown) / width),
    style,
  })
  return el('div', { style: 'margin:0 0 16px' }, href === null ? image : el('a', { href }, image))
}

export function articleHtml({ name, price, href, see }: Of<'article'>): VNode {
  const title = `margin:0 0 4px;font:600 17px/1.4 ${sans};color:${c.ink}`
  const amount = `margin:0 0 8px;font:400 16px/1.5 ${sans};color:${c.ink}`
  const link = `font:600 15px/1.5 ${sans};color:${c['primary-text']};text-decoration:underline`
  const frame = `border:1px solid ${c.line};border-radius:10px`
  return el(
    'div',
    { style: 'margin:16px 0' },
    table({ class: 'bd-line', style: frame }, [
      el(
        'td',
        { style: 'padding:16px 20px' },
        el('p', { class: 'fg-ink', style: title }, name),
        el('p', { class: 'fg-ink', style: amount }, price),
        el('a', { class: 'fg-primary-text', href, style: link }, see),
      ),
    ]),
  )
}

export function codeHtml({ label, code, hint }: Of<'code'>): VNode {
  const muted = `margin:0 0 4px;font:400 14px/1.5 ${sans};color:${c.muted}`
  const codeStyle = `margin:0 0 4px;font:600 26px/1.3 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.08em;color:${c.ink}`
  return el(
    'div',
    { style: 'margin:24px 0' },
    table({ class: 'bg-primary-soft', style: `background-color:${c['primary-soft']};border-radius:10px` }, [
      el(
        'td',
        { align: 'center', style: 'padding:20px' },
        el('p', { class: 'fg-muted', style: muted }, label),
        el('p', { class: 'fg-ink', style: codeStyle }, code),
        ...(hint === '' ? [] : [el('p', { class: 'fg-muted', style: muted }, hint)]),
      ),
    ]),
  )
}

export function dividerHtml(): VNode {
  const style = `border:0;border-top:1px solid ${c.line};margin:24px 0`
  return el('hr', { class: 'bd-line', style })
}

/** Side by side where there is room, one below the other on a telephone. */
export function columnsHtml({ columns }: Of<'columns'>, blockHtml: (block: Block) => VNode): VNode {
  const share = `${Math.floor(100 / columns.length)}%`
  const cells = columns.map((blocks, no) =>
    el(
      'td',
      {
        class: 'column',
        width: share,
        style: `vertical-align:top;padding:0 ${no === columns.length - 1 ? 0 : 8}px 0 ${no === 0 ? 0 : 8}px`,
      },
      ...blocks.map(blockHtml),
    ),
  )
  return table({ style: 'margin:0 0 8px;table-layout:fixed' }, cells)
}
