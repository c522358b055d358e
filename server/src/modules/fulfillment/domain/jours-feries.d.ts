/** The package has no types of its own. */
declare module '@socialgouv/jours-feries' {
  /** Public holidays of a year by their French names, as dates of the machine's own calendar. */
  export default function frenchHolidays(year: number, options?: { alsace?: boolean }): Record<string, Date>
}
