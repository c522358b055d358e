const places: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A text that a page shows as it is. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => places[one] ?? one)
