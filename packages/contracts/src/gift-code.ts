const ending = '-G'

/** What the code of a gift receipt says: the order, and that who shows it did not pay. */
export const giftCodeOf = (orderNumber: string): string => `${orderNumber}${ending}`

/** The number of the order a gift receipt is of; null when the text is none. */
export function orderOfGift(text: string): string | null {
  const typed = text.trim().toUpperCase()
  return /^[0-9A-Z]{4}(?:-?[0-9A-Z]{4}){2}-G$/.test(typed) ? typed.slice(0, -ending.length) : null
}
