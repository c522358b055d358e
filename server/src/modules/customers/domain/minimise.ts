/**
 * A network address without what tells one household from another, as proof that needs no more: the last number of IPv4, all
 * but the first three groups of IPv6.
 */
export function minimiseIp(ip: string): string {
  const mapped = ip.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!mapped.includes(':')) return mapped.replace(/\.\d+$/, '.0')
  const [head = ''] = mapped.split('::')
  const groups = head.split(':').filter(Boolean).slice(0, 3)
  return `${groups.join(':')}::`
}

/** An e-mail so that whoever has it recognises it, and nobody else: `l…a@exemple.fr`. */
export function maskEmail(email: string): string {
  const [name = '', domain = ''] = email.split('@')
  return `${name.slice(0, 1)}…${name.length > 2 ? name.slice(-1) : ''}@${domain}`
}
