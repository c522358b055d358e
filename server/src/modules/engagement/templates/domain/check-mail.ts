import type { Purpose } from '@ecluse/contracts/consents.ts'
import {
  letterCodeVariable,
  ownVariables,
  type MailBlock,
  type MailContent,
  type MailFault,
  type SimpleMailBlock,
} from '@ecluse/contracts/mail-templates.ts'
import { locales, type LocalizedText } from '@ecluse/contracts/scalars.ts'
import { contrastOf, leastContrast } from './contrast.ts'
import { hasStrayBraces, variablesIn } from './variables.ts'

/** What a template names that lies elsewhere, and is there. */
type Known = { readonly pictureIds: ReadonlySet<string>; readonly productIds: ReadonlySet<string> }
type Tell = (fault: Omit<MailFault, 'locale'> & { locale?: MailFault['locale'] }) => void

/** Telephones show so much of a subject. */
const longSubject = 60
/** The words of a button in a colour of one's own. */
const onAccent = '#ffffff'

/**
 * What is wrong with a template, in the order of its parts. Nothing that stops may be published: a reader would see braces, a
 * hole or a link that leads nowhere, or could not unsubscribe (Code des postes et des communications électroniques, L34-5).
 */
export function checkMail(
  { purpose, medium }: { readonly purpose: Purpose; readonly medium: 'email' | 'letter' },
  content: MailContent,
  known: Known,
): MailFault[] {
  const faults: MailFault[] = []
  const tell: Tell = ({ locale = null, ...fault }) => void faults.push({ ...fault, locale })
  const declared = new Set(content.variables.map(({ name }) => name))
  // Each letter has a code of its own.
  if (medium === 'letter') declared.add(letterCodeVariable)
  const check = { tell, declared, known }
  words(check, 'subject', content.subject)
  for (const locale of locales) {
    const { length } = content.subject[locale]
    if (length > longSubject)
      tell({ code: 'subject_long', weight: 'advice', at: 'subject', locale, value: String(length) })
  }
  words(check, 'title', content.title)
  words(check, 'preheader', content.preheader, true)
  if (content.accent !== null && contrastOf(content.accent, onAccent) < leastContrast)
    tell({ code: 'contrast', weight: 'stop', at: 'accent', value: contrastOf(content.accent, onAccent).toFixed(1) })
  if (content.blocks.length === 0) tell({ code: 'no_blocks', weight: 'stop', at: 'blocks', value: '' })
  for (const { block, at } of flattened(content.blocks)) checkBlock(check, block, at)
  const leads = flattened(content.blocks).some(({ block }) => block.kind === 'preferences')
  // Every letter that sells says how to receive no more, beside its code.
  if (purpose !== 'service' && medium === 'email' && !leads)
    tell({ code: 'no_preferences', weight: 'stop', at: 'blocks', value: '' })
  if (purpose === 'service' && leads)
    tell({ code: 'preferences_in_service', weight: 'advice', at: 'blocks', value: '' })
  return faults
}

/** The blocks that hold something, each with where it stands: `2`, or `2.1.0` within columns. */
export function flattened(blocks: readonly MailBlock[]): { block: SimpleMailBlock; at: string }[] {
  return blocks.flatMap((block, at) =>
    block.kind === 'columns'
      ? block.columns.flatMap((column, no) => column.map((inner, row) => ({ block: inner, at: `${at}.${no}.${row}` })))
      : [{ block, at: String(at) }],
  )
}

type Check = { readonly tell: Tell; readonly declared: ReadonlySet<string>; readonly known: Known }

function checkBlock(check: Check, block: SimpleMailBlock, at: string): void {
  const { tell, known } = check
  switch (block.kind) {
    case 'text':
    case 'heading':
      return words(check, at, block.text)
    case 'preferences':
      return words(check, at, block.label)
    case 'button':
      words(check, at, block.label)
      return link(check, at, block.href)
    case 'voucher':
      words(check, at, block.label)
      words(check, at, block.hint, true)
      if (block.code.trim() === '') tell({ code: 'empty', weight: 'stop', at, value: 'code' })
      return variables(check, at, block.code, null)
    case 'image':
      if (block.pictureId === null || !known.pictureIds.has(block.pictureId))
        tell({ code: 'picture_missing', weight: 'stop', at, value: '' })
      for (const locale of locales)
        if (block.alt[locale].trim() === '') tell({ code: 'alt_missing', weight: 'stop', at, locale, value: '' })
      if (block.href !== '') link(check, at, block.href)
      return
    case 'product':
      if (block.productId === null || !known.productIds.has(block.productId))
        tell({ code: 'product_missing', weight: 'stop', at, value: '' })
      return
    case 'divider':
  }
}

/** A text in both languages; where it may be left out, it is left out in both or in none. */
function words(check: Check, at: string, text: LocalizedText, optional = false): void {
  const none = text.fr.trim() === '' && text.en.trim() === ''
  for (const locale of locales) {
    if (text[locale].trim() === '' && !(optional && none))
      check.tell({ code: 'empty', weight: 'stop', at, locale, value: '' })
    variables(check, at, text[locale], locale)
  }
}

function variables({ tell, declared }: Check, at: string, text: string, locale: MailFault['locale']): void {
  if (hasStrayBraces(text)) tell({ code: 'variable_malformed', weight: 'stop', at, locale, value: '' })
  for (const { name, fallback } of variablesIn(text)) {
    const own = (ownVariables as readonly string[]).includes(name)
    if (!own && !declared.has(name)) tell({ code: 'variable_unknown', weight: 'stop', at, locale, value: name })
    // The shop always has a name; a customer may be known by an address alone.
    else if (name !== 'shop' && name !== letterCodeVariable && !fallback)
      tell({ code: 'variable_no_fallback', weight: own ? 'stop' : 'advice', at, locale, value: name })
  }
}

function link(check: Check, at: string, href: string): void {
  variables(check, at, href, null)
  if (href === '') return check.tell({ code: 'link_missing', weight: 'stop', at, value: '' })
  if (!isSafeLink(href)) check.tell({ code: 'link_unsafe', weight: 'stop', at, value: href.slice(0, 100) })
}

/** Addresses that may stand behind words: of the shop, encrypted ones elsewhere, mailboxes, telephones, or a variable. */
function isSafeLink(href: string): boolean {
  if (/^\/(?![/\\])/.test(href) || href.startsWith('{{')) return true
  return URL.canParse(href) && ['https:', 'mailto:', 'tel:'].includes(new URL(href).protocol)
}
