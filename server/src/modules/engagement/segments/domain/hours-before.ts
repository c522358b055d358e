/** So many hours before an instant: windows are counted in hours, so that a change of the clocks moves nobody. */
export function hoursBefore(instant: Date, hours: number): Date {
  return new Date(instant.getTime() - hours * 3_600_000)
}
