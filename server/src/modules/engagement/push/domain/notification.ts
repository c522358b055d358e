import type { Locale } from '@ecluse/contracts/scalars.ts'

/** What a browser shows, and where it leads. */
export type Notification = {
  readonly title: string
  readonly body: string
  /** Where it leads; null: to the shop. */
  readonly link: string | null
  /** Where whoever gets it chooses what they receive; null: it is of something they asked for. */
  readonly choose: { readonly link: string; readonly label: string } | null
  /** The same for each copy of one message: a browser shows one of them. */
  readonly tag: string
  readonly locale: Locale
}

/** What fits a message of 4,096 bytes with the header, the padding's mark and the seal of its encryption (RFC 8291, 4). */
export const mostPayloadBytes = 3_993
/** Characters of the text of a notification; screens show about 120. */
export const mostPushCharacters = 500

/** A notification as it is encrypted: the text is cut, with an ellipsis, where it would not fit. */
export function payloadOf(notification: Notification): string {
  const characters = Array.from(notification.body)
  const written = (length: number): string =>
    JSON.stringify({
      ...notification,
      body: length === characters.length ? notification.body : `${characters.slice(0, length).join('').trimEnd()}…`,
    })
  let length = characters.length
  while (length > 0 && Buffer.byteLength(written(length)) > mostPayloadBytes) length = Math.floor(length * 0.9)
  return written(length)
}
