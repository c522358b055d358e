/**
 * Whether a picture lies on our own server. Imported articles may name pictures in the shop they came from: those are not
 * asked for, so that nobody elsewhere learns who looks at what.
 */
export function isOwnPicture(url: string | null | undefined): url is string {
  return typeof url === 'string' && /^\/(?!\/)/.test(url)
}
