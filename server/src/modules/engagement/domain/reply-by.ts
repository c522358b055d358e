const hourMs = 3_600_000

/** By when somebody is answered who wrote, or asked to be called, at a moment; null where no service level is known. */
export function replyBy(askedAt: Date, hours: number | undefined): string | null {
  return hours === undefined ? null : new Date(askedAt.getTime() + hours * hourMs).toISOString()
}
