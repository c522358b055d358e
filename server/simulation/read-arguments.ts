/**
 * What a tool was asked, read from its arguments; `--help` prints how it is used, and so does anything that cannot be read, with what is
 * wrong and status 2.
 * @param read throws a TypeError for what it cannot read
 */
export function readArguments<T>(usage: string, args: readonly string[], read: () => T): T {
  if (args.includes('--help')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return read()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    console.error(`${error.message}\n${usage}`)
    process.exit(2)
  }
}

/** A whole number of at least one: one nobody can count to would run nothing, and call it held. @throws TypeError */
export function countOf(name: string, said: string): number {
  if (!/^[1-9]\d{0,9}$/.test(said)) throw new TypeError(`--${name} ${said}: a whole number of at least 1 is needed`)
  return Number(said)
}
