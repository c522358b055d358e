import { BlockList, isIP } from 'node:net'

/** Blocks that are no public address of the Internet (IANA special-purpose registries, RFC 6890 and its updates). */
const private4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const

const blocked4 = new BlockList()
for (const [net, bits] of private4) blocked4.addSubnet(net, bits, 'ipv4')

/** Of IPv6 only 2000::/3 is given out; from it are taken what tunnels to IPv4 or is kept for documents. */
const public6 = new BlockList()
public6.addSubnet('2000::', 3, 'ipv6')
const blocked6 = new BlockList()
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  blocked6.addSubnet(net, bits, 'ipv6')

/** Whether an IP address is of this machine, of its network, or of no use on the Internet. */
export function isPrivateAddress(ip: string): boolean {
  if (isIP(ip) === 4) return blocked4.check(ip, 'ipv4')
  return isIP(ip) !== 6 || !public6.check(ip, 'ipv6') || blocked6.check(ip, 'ipv6')
}

/** The IP address a URL's host spells out, or undefined when it is a name. */
function literalOf(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) === 0 ? undefined : host
}

/** Names that never leave the machine or its network (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal). */
const privateName = /(?:^|\.)(?:localhost|local|internal|home\.arpa)\.?$/i

/**
 * Why an address may not be sent to, as far as its text tells; null when it may. A name is resolved, and judged again, whenever it is
 * connected to.
 */
export function addressFault(text: string, allowPrivate: boolean): 'scheme' | 'credentials' | 'private' | null {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))) return 'scheme'
  if (url.username !== '' || url.password !== '') return 'credentials'
  const literal = literalOf(url)
  const inside = literal === undefined ? privateName.test(url.hostname) : isPrivateAddress(literal)
  if (inside && !allowPrivate) return 'private'
  if (url.protocol === 'http:' && literal !== undefined && !inside) return 'scheme'
  return null
}
