/** How long a link waits to be confirmed. */
export const confirmDays = 7
