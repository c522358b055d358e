import type { Purpose } from '@ecluse/contracts/consents.ts'
import type { MailBlock, MailContent, SimpleMailBlock } from '@ecluse/contracts/mail-templates.ts'
import type { Locale, Money } from '@ecluse/contracts/scalars.ts'
import { text } from '../../../kernel/messages.ts'
import type { Sender } from '../domain/sender.ts'
import { fillVariables } from '../templates/domain/variables.ts'
import { formatMoney } from './format.ts'
import type { Block, Mail, MailPicture } from './mail.ts'

/** An article as a message shows it. */
export type ShownArticle = {
  readonly name: string
  readonly price: Money
  /** Whether some of its variants cost more. */
  readonly from: boolean
  readonly href: string
}

/** Links that lead through us, so that it is known that they were followed. */
export type FollowedMail = {
  readonly link: (href: string) => string
  /** A link that nobody sees: who follows it is a machine. */
  readonly trap: string
}

/** What a message of one's own is made with, beside its template. */
export type OwnMailData = {
  readonly purpose: Purpose
  readonly sender: Sender
  readonly values: Readonly<Record<string, string>>
  /** An article the shop sells now; null when it does not: the message then leaves it out. */
  readonly article: (productId: string) => ShownArticle | null
  readonly picture: (pictureId: string) => Omit<MailPicture, 'alt'> | null
  /** Where one changes what one receives. */
  readonly preferences: string
  /** The shop's own address, without a slash at the end. */
  readonly origin: string
  /** Absent: links lead where they lead. */
  readonly followed?: FollowedMail | undefined
}

/** A message from a template that people wrote, in one language: variables filled in, everything still plain text. */
export function composeOwnMail(locale: Locale, content: MailContent, data: OwnMailData): Mail {
  const say = (words: { fr: string; en: string }) => fillVariables(words[locale], data.values)
  const make = { locale, data, say, colour: content.accent ?? undefined }
  return {
    subject: say(content.subject).replace(/\s+/g, ' ').trim(),
    preheader: say(content.preheader),
    title: say(content.title),
    trap: data.followed?.trap,
    blocks: content.blocks.flatMap((block) => blocksOf(make, block)),
    footer: [
      text(locale, `mail.own.why.${data.purpose}`, { shop: data.sender.name }),
      text(locale, 'mail.contact', { shop: data.sender.name, address: data.sender.address }),
    ],
  }
}

type Make = {
  readonly locale: Locale
  readonly data: OwnMailData
  readonly say: (words: { fr: string; en: string }) => string
  readonly colour: string | undefined
}

function blocksOf(make: Make, block: MailBlock): Block[] {
  if (block.kind !== 'columns') return simpleBlocks(make, block)
  const columns = block.columns.map((column) => column.flatMap((inner) => simpleBlocks(make, inner)))
  return [{ kind: 'columns', columns }]
}

function simpleBlocks(make: Make, block: SimpleMailBlock): Block[] {
  const { locale, data, say, colour } = make
  switch (block.kind) {
    case 'text':
      return say(block.text)
        .split(/\n{2,}/)
        .map((paragraph) => ({ kind: 'text', text: paragraph.trim() }))
    case 'heading':
      return [{ kind: 'heading', text: say(block.text) }]
    case 'divider':
      return [{ kind: 'divider' }]
    case 'button':
      return [{ kind: 'link', label: say(block.label), href: linkOf(data, block.href), weight: 'main', colour }]
    case 'preferences':
      return [{ kind: 'link', label: say(block.label), href: data.preferences, weight: 'quiet' }]
    case 'voucher': {
      const code = fillVariables(block.code, data.values)
      return [{ kind: 'code', label: say(block.label), code, hint: say(block.hint) }]
    }
    case 'image': {
      const picture = block.pictureId === null ? null : data.picture(block.pictureId)
      const href = block.href === '' ? null : linkOf(data, block.href)
      return picture === null ? [] : [{ kind: 'picture', picture: { ...picture, alt: say(block.alt) }, href }]
    }
    case 'product': {
      const article = block.productId === null ? null : data.article(block.productId)
      if (article === null) return []
      const amount = formatMoney(article.price, locale)
      const price = article.from ? text(locale, 'mail.own.from', { amount }) : amount
      return [
        {
          kind: 'article',
          name: article.name,
          price,
          href: through(data, article.href),
          see: text(locale, 'mail.own.see'),
        },
      ]
    }
  }
}

/** An address as it goes out: of the shop, or elsewhere by a scheme that is safe; anything else leads to the shop. */
function linkOf(data: OwnMailData, href: string): string {
  const filled = fillVariables(href, data.values).trim()
  if (/^\/(?![/\\])/.test(filled)) return through(data, `${data.origin}${filled}`)
  const safe = URL.canParse(filled) && ['https:', 'http:', 'mailto:', 'tel:'].includes(new URL(filled).protocol)
  return through(data, safe ? filled : `${data.origin}/`)
}

const through = ({ followed }: OwnMailData, href: string): string => followed?.link(href) ?? href
