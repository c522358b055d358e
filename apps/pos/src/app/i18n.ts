import { useTranslate } from '@ecluse/ui/staff/words.ts'
import type french from '../../messages/fr.json'

export type MessageId = keyof typeof french

/** The words of the screens: `t('orders.title')`. Unknown keys do not compile. */
export const useT = useTranslate<MessageId>
