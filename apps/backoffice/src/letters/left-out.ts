import { contactReasons } from '@ecluse/contracts/consents.ts'
import { useT } from '../app/i18n.ts'

const own = ['no_address', 'had_it', 'household', 'too_heavy'] as const

/** Says how many letters are not written, and why: "3 : a refusé · 1 : sans adresse". */
export function useLeftOut(): (leftOut: Record<string, number>) => string {
  const t = useT()
  const word = (reason: string): string => {
    const gate = contactReasons.find((one) => one === reason)
    if (gate) return t(`consents.reason.${gate}`)
    return t(`letters.why.${own.find((one) => one === reason) ?? 'unreadable'}`)
  }
  return (leftOut) =>
    Object.entries(leftOut)
      .map(([reason, count]) => t('letters.leftOut', { count, why: word(reason) }))
      .join(' · ')
}
