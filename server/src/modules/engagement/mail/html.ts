import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { ComponentChildren, VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { mailColours, type MailColour } from './colours.ts'
import { c, el, sans, serif, table } from './elements.ts'
import { articleHtml, codeHtml, columnsHtml, dividerHtml, headingHtml, pictureHtml } from './free-html.ts'
import type { Block, Mail } from './mail.ts'

/** Colours of the dark theme, for programs that know it; the others invert or keep the light ones, and both stay readable. */
const darkRules = (Object.keys(mailColours.dark) as MailColour[])
  .map((name) => {
    const colour = mailColours.dark[name]
    return `.bg-${name}{background-color:${colour}!important}.fg-${name}{color:${colour}!important}.bd-${name}{border-color:${colour}!important}`
  })
  .join('')

/** Whose theme a message follows: the reader's, or one that is looked at. */
export type MailTheme = 'reader' | 'light' | 'dark'

const darkStyles: Readonly<Record<MailTheme, string>> = {
  reader: `@media (prefers-color-scheme:dark){${darkRules}}`,
  light: '',
  dark: darkRules,
}

const styleSheet = (theme: MailTheme) =>
  `:root{color-scheme:${theme === 'reader' ? 'light dark' : theme};supported-color-schemes:light dark}` +
  darkStyles[theme] +
  `@media (max-width:480px){.pad{padding-left:20px!important;padding-right:20px!important}` +
  `.stack{display:block!important;width:auto!important;padding:20px!important}.under{padding-top:0!important}` +
  `.column{display:block!important;width:auto!important;padding:0!important}}`

/** The HTML side of a message: tables, styles on the elements, nothing fetched from anywhere. */
export function renderHtml(mail: Mail, locale: Locale, shop: string, theme: MailTheme = 'reader'): string {
  const head = el(
    'head',
    {},
    el('meta', { charset: 'utf-8' }),
    el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    el('meta', { name: 'color-scheme', content: 'light dark' }),
    el('meta', { name: 'supported-color-schemes', content: 'light dark' }),
    el('meta', { name: 'format-detection', content: 'telephone=no, date=no, address=no' }),
    el('title', {}, mail.subject),
    el('style', { dangerouslySetInnerHTML: { __html: styleSheet(theme) } }),
  )
  const body = el(
    'body',
    { class: 'bg-paper', style: `margin:0;padding:0;background-color:${c.paper};-webkit-text-size-adjust:100%` },
    el('div', { style: 'display:none;max-height:0;overflow:hidden;mso-hide:all' }, mail.preheader),
    mail.trap && trapHtml(mail.trap),
    table({ class: 'bg-paper', style: `background-color:${c.paper}` }, [
      el('td', { align: 'center', style: 'padding:24px 12px' }, card(mail, shop)),
    ]),
  )
  return `<!doctype html>${renderToString(el('html', { lang: locale, dir: 'ltr' }, head, body))}`
}

/** Seen by nobody, spoken by nothing, reached by no key: only what tries every link of a message follows it. */
const trapHtml = (href: string): VNode =>
  el('a', {
    href,
    'aria-hidden': 'true',
    tabindex: -1,
    style: 'display:none;max-height:0;overflow:hidden;mso-hide:all',
  })

function card({ title, blocks, footer }: Mail, shop: string): VNode {
  const brand = `padding:0 4px 16px;font:600 20px/1.2 ${serif};letter-spacing:.01em;color:${c['primary-text']}`
  const frame = `max-width:600px;background-color:${c.surface};border:1px solid ${c.line};border-radius:10px`
  const heading = `margin:0 0 16px;font:400 26px/1.25 ${serif};color:${c.ink}`
  const small = `margin:0 0 6px;font:400 13px/1.5 ${sans};color:${c.muted}`
  return el(
    'div',
    { style: 'max-width:600px;margin:0 auto;text-align:left' },
    el('div', { class: 'fg-primary-text', style: brand }, shop),
    table({ class: 'bg-surface bd-line', style: frame }, [
      el(
        'td',
        { class: 'pad', style: 'padding:32px 36px 28px' },
        el('h1', { class: 'fg-ink', style: heading }, title),
        ...blocks.map(blockHtml),
      ),
    ]),
    el(
      'div',
      { style: 'padding:18px 4px' },
      footer.map((line) => el('p', { class: 'fg-muted', style: small }, line)),
    ),
  )
}

function blockHtml(block: Block): VNode {
  switch (block.kind) {
    case 'text':
      return paragraph(block.text)
    case 'facts':
      return section(block.title, ...block.facts.map(factHtml))
    case 'lines':
      return section(block.title, table({}, ...block.lines.map(lineHtml)))
    case 'sums':
      return el('div', { style: 'margin:0 0 24px' }, table({}, ...block.sums.map(sumHtml)))
    case 'pass':
      return passHtml(block)
    case 'link':
      return linkHtml(block)
    case 'note':
      return noteHtml(block)
    case 'heading':
      return headingHtml(block)
    case 'picture':
      return pictureHtml(block)
    case 'article':
      return articleHtml(block)
    case 'code':
      return codeHtml(block)
    case 'divider':
      return dividerHtml()
    case 'columns':
      return columnsHtml(block, blockHtml)
  }
}

function paragraph(text: string): VNode {
  const style = `margin:0 0 16px;font:400 16px/1.55 ${sans};color:${c.ink};white-space:pre-line`
  return el('p', { class: 'fg-ink', style }, text)
}

function section(title: string, ...children: ComponentChildren[]): VNode {
  const style = `margin:0 0 10px;padding:0 0 8px;border-bottom:1px solid ${c.line};font:600 14px/1.4 ${sans};color:${c.muted}`
  return el('div', { style: 'margin:28px 0 16px' }, el('h2', { class: 'fg-muted bd-line', style }, title), ...children)
}

function factHtml({ label, lines }: Extract<Block, { kind: 'facts' }>['facts'][number]): VNode {
  const rows = lines.flatMap((line, index) => (index === 0 ? [line] : [el('br', {}), line]))
  return el(
    'p',
    { class: 'fg-ink', style: `margin:0 0 12px;font:400 16px/1.5 ${sans};color:${c.ink}` },
    el('span', { class: 'fg-muted', style: `font-size:14px;color:${c.muted}` }, label),
    el('br', {}),
    ...rows,
  )
}

function lineHtml({ quantity, name, details, total }: Extract<Block, { kind: 'lines' }>['lines'][number]): VNode[] {
  const cell = `padding:10px 0;vertical-align:top;border-bottom:1px solid ${c.line};font:400 16px/1.45 ${sans};color:${c.ink}`
  return [
    el('td', { class: 'fg-ink bd-line', width: 44, style: `${cell};white-space:nowrap` }, `${quantity} ×`),
    el(
      'td',
      { class: 'fg-ink bd-line', style: cell },
      el('strong', { style: 'font-weight:600' }, name),
      el('br', {}),
      el('span', { class: 'fg-muted', style: `font-size:14px;color:${c.muted}` }, details.join(' · ')),
    ),
    el(
      'td',
      { class: 'fg-ink bd-line', align: 'right', style: `${cell};padding-left:12px;white-space:nowrap` },
      total ?? '',
    ),
  ]
}

const sumStyles = {
  total: `padding:8px 0;font:600 18px/1.4 ${sans};color:${c.ink}`,
  plain: `padding:3px 0;font:400 16px/1.5 ${sans};color:${c.ink}`,
  quiet: `padding:2px 0;font:400 14px/1.5 ${sans};color:${c.muted}`,
} as const

function sumHtml({ label, amount, weight }: Extract<Block, { kind: 'sums' }>['sums'][number]): VNode[] {
  const className = weight === 'quiet' ? 'fg-muted' : 'fg-ink'
  const style = sumStyles[weight]
  return [
    el('td', { class: className, style }, label),
    el('td', { class: className, align: 'right', style: `${style};padding-left:12px;white-space:nowrap` }, amount),
  ]
}

function passHtml({ label, code, hint, qr }: Extract<Block, { kind: 'pass' }>): VNode {
  const source = `data:image/png;base64,${qr.png.toString('base64')}`
  const muted = `margin:0 0 4px;font:400 14px/1.5 ${sans};color:${c.muted}`
  const codeStyle = `margin:0 0 8px;font:600 28px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.12em;color:${c.ink}`
  // White behind the code in every theme: scanners need it.
  const picture =
    'display:block;width:132px;height:132px;background-color:#ffffff;border-radius:8px;image-rendering:pixelated'
  return el(
    'div',
    { style: 'margin:24px 0' },
    table({ class: 'bg-primary-soft', style: `background-color:${c['primary-soft']};border-radius:10px` }, [
      el(
        'td',
        { class: 'stack', style: 'padding:20px;vertical-align:middle' },
        el('p', { class: 'fg-muted', style: muted }, label),
        el('p', { class: 'fg-ink', style: codeStyle }, code),
        el('p', { class: 'fg-muted', style: muted }, hint),
      ),
      el(
        'td',
        { class: 'stack under', width: 132, style: 'padding:20px 20px 20px 0;vertical-align:middle' },
        el('img', { src: source, width: 132, height: 132, alt: qr.alt, style: picture }),
      ),
    ]),
  )
}

function linkHtml({ label, href, weight, colour }: Extract<Block, { kind: 'link' }>): VNode {
  if (weight === 'quiet') {
    const quiet = `font:400 14px/1.55 ${sans};color:${c['primary-text']};text-decoration:underline`
    return el('p', { style: 'margin:0 0 8px' }, el('a', { class: 'fg-primary-text', href, style: quiet }, label))
  }
  const style =
    `display:inline-block;padding:13px 24px;border-radius:8px;background-color:${colour ?? c.primary};` +
    `font:600 16px/1.2 ${sans};color:${colour ? '#ffffff' : c['on-primary']};text-decoration:none`
  // A colour of its own bears its words in every theme.
  return el(
    'p',
    { style: 'margin:24px 0' },
    el('a', { class: colour ? '' : 'bg-primary fg-on-primary', href, style }, label),
  )
}

function noteHtml({ title, paragraphs }: Extract<Block, { kind: 'note' }>): VNode {
  const text = `margin:0 0 8px;font:400 14px/1.55 ${sans};color:${c.muted};white-space:pre-line`
  return el(
    'div',
    { style: 'margin:24px 0 0' },
    el('h2', { class: 'fg-ink', style: `margin:0 0 6px;font:600 14px/1.4 ${sans};color:${c.ink}` }, title),
    ...paragraphs.map((line) => el('p', { class: 'fg-muted', style: text }, line)),
  )
}
