import { useT } from '../app/i18n.ts'

/** Those there are words for. */
const knownSources = [
  'order',
  'import',
  'company',
  'reservation',
  'appointment',
  'quote',
  'form',
  'card',
  'sign-in',
  'demo',
  'account',
  'call_request',
  'loyalty',
  'till',
] as const

/** What something was learned in, in words; a system's own name for it is shown as it is. */
export function useSource(): (source: string) => string {
  const t = useT()
  return (source) => {
    const known = knownSources.find((name) => name === source)
    return known ? t(`customers.source.${known}`) : source
  }
}
