/**
 * An e-mail as data: both its HTML and its plain text are made from this, so that they say the same. All texts are in the
 * reader's language already.
 */
export type Mail = {
  readonly subject: string
  /** What mail programs show after the subject. */
  readonly preheader: string
  readonly title: string
  readonly blocks: readonly Block[]
  /** Below everything: why this came, and from whom. */
  readonly footer: readonly string[]
  /** A link that nobody sees, by which what tries every link gives itself away. */
  readonly trap?: string | undefined
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly title: string; readonly facts: readonly Fact[] }
  | { readonly kind: 'lines'; readonly title: string; readonly lines: readonly Line[] }
  | { readonly kind: 'sums'; readonly sums: readonly Sum[] }
  | { readonly kind: 'pass'; readonly label: string; readonly code: string; readonly hint: string; readonly qr: Qr }
  | {
      readonly kind: 'link'
      readonly label: string
      readonly href: string
      readonly weight: 'main' | 'quiet'
      /** A colour of its own, `#rrggbb`, that bears white words. */
      readonly colour?: string | undefined
    }
  | { readonly kind: 'note'; readonly title: string; readonly paragraphs: readonly string[] }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'picture'; readonly picture: MailPicture; readonly href: string | null }
  | {
      readonly kind: 'article'
      readonly name: string
      readonly price: string
      readonly href: string
      readonly see: string
    }
  | { readonly kind: 'code'; readonly label: string; readonly code: string; readonly hint: string }
  | { readonly kind: 'divider' }
  | { readonly kind: 'columns'; readonly columns: readonly (readonly Block[])[] }

export type Fact = { readonly label: string; readonly lines: readonly string[] }
export type Line = {
  readonly quantity: string
  readonly name: string
  readonly details: readonly string[]
  readonly total: string | null
}
export type Sum = { readonly label: string; readonly amount: string; readonly weight: 'total' | 'plain' | 'quiet' }
/** A picture inside the message: nothing is fetched to show it. */
export type Qr = { readonly png: Buffer; readonly alt: string }
/** A picture that travels with the message; `source` says which (`cid:…`). */
export type MailPicture = {
  readonly source: string
  readonly width: number
  readonly height: number
  readonly alt: string
}
