import sanitize from 'sanitize-html'

/** Grows when the rules below change, so that what was written under older ones is written anew. */
export const htmlRules = 1

const options: sanitize.IOptions = {
  allowedTags: [
    'p',
    'br',
    'hr',
    'h2',
    'h3',
    'h4',
    'h5',
    'ul',
    'ol',
    'li',
    'dl',
    'dt',
    'dd',
    'blockquote',
    'pre',
    'code',
    'strong',
    'b',
    'em',
    'i',
    'u',
    's',
    'sub',
    'sup',
    'small',
    'a',
    'table',
    'caption',
    'thead',
    'tbody',
    'tfoot',
    'tr',
    'th',
    'td',
  ],
  allowedAttributes: { a: ['href', 'rel', 'target'], th: ['scope', 'colspan', 'rowspan'], td: ['colspan', 'rowspan'] },
  allowedSchemes: ['https', 'http', 'mailto', 'tel'],
  allowProtocolRelative: false,
  transformTags: {
    h1: 'h2',
    a: (tagName, { href = '' }): sanitize.Tag => {
      const outside: sanitize.Attributes = { href, rel: 'noopener noreferrer nofollow', target: '_blank' }
      return { tagName, attribs: /^https?:/i.test(href) ? outside : { href } }
    },
  },
}

/** Keeps of a description what can do no harm: text, lists, tables and links; no scripts, styles, frames or pictures. */
export function sanitiseHtml(html: string): string {
  return /[<&>]/.test(html) ? sanitize(html, options).trim() : html.trim()
}

/** The words of sanitised HTML, for search and short descriptions. */
export function textOfHtml(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_match, name: string) => entities[name] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }
