import { shortestSocial, socialLimits } from '@ecluse/contracts/social.ts'

/** Who somebody is on a network, in its parts: `instagram:lea.roux`. What names no network is of another one. */
export function socialName(name: string): { network: string; to: string } {
  const [, network = 'other', to = name] = /^([a-z][a-z0-9]*):(.+)$/.exec(name) ?? []
  return { network, to }
}

/** Characters a message to somebody may have. */
export function mostCharacters(name: string): number {
  const limits: Readonly<Record<string, number>> = socialLimits
  return limits[socialName(name).network] ?? shortestSocial
}

/** Characters of the words of a step, whichever network they leave by: its link, which leads through us, has the rest. */
export const mostSocialCharacters = shortestSocial - 400
