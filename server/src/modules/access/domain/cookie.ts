/** First part of the names of our cookies. */
export const cookiePrefix = 'ecluse'

/** The name of the session cookie. On HTTPS it carries the prefix that makes browsers insist on `Secure` (RFC 6265bis). */
export function sessionCookieName(publicUrl: string): string {
  return `${isSecure(publicUrl) ? '__Secure-' : ''}${cookiePrefix}.session_token`
}

/** Whether cookies may travel on HTTPS only. */
export function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:')
}
