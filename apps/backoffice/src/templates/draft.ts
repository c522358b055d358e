import type { MailBlock, MailContent, MailTemplateDetail, SimpleMailBlock } from '@ecluse/contracts/mail-templates.ts'

/** A template while it is being written. */
export type TemplateDraft = Pick<MailTemplateDetail, 'name' | 'purpose' | 'medium' | 'topic'> & { content: MailContent }

/** In the order they are offered. */
export const simpleKinds = [
  'text',
  'heading',
  'image',
  'button',
  'product',
  'voucher',
  'divider',
  'preferences',
] as const satisfies readonly SimpleMailBlock['kind'][]

const none = () => ({ fr: '', en: '' })

/** A block as it is when it is added. */
export function freshBlock(kind: SimpleMailBlock['kind']): SimpleMailBlock {
  switch (kind) {
    case 'text':
    case 'heading':
      return { kind, text: none() }
    case 'image':
      return { kind, pictureId: null, alt: none(), href: '' }
    case 'button':
      return { kind, label: none(), href: '/' }
    case 'product':
      return { kind, productId: null }
    case 'voucher':
      return { kind, label: none(), code: '', hint: none() }
    case 'divider':
      return { kind }
    case 'preferences':
      return {
        kind,
        label: { fr: 'Choisir ce que je reçois, ou me désinscrire', en: 'Choose what I receive, or unsubscribe' },
      }
  }
}

export function freshColumns(): MailBlock {
  return { kind: 'columns', columns: [[freshBlock('text')], [freshBlock('text')]] }
}

/** A first message that only has to be filled in. */
export function newTemplate(): TemplateDraft {
  return {
    name: '',
    purpose: 'marketing',
    medium: 'email',
    topic: 'news',
    content: {
      subject: none(),
      preheader: none(),
      title: none(),
      accent: null,
      variables: [],
      blocks: [
        { kind: 'text', text: { fr: 'Bonjour {{first_name|et bienvenue}},', en: 'Hello {{first_name|and welcome}},' } },
        freshBlock('button'),
        freshBlock('preferences'),
      ],
    },
  }
}

/** A list with one of its members moved by one place. */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): T[] {
  const next = [...list]
  const [one] = next.splice(from, 1)
  if (one !== undefined) next.splice(from + by, 0, one)
  return next
}
