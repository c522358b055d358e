/** Columns of our own files: their names, without case or accents, and other names people use. */
export type PlainColumns<Field extends string> = {
  /** The cell of a record, trimmed; empty when missing. */
  cell(values: readonly string[], field: Field): string
  missing: Field[]
}

function normalise(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
}

/** Finds columns by name; `missing` tells those of `required` that are absent. */
export function plainColumns<Field extends string>(
  header: readonly string[],
  names: Readonly<Record<Field, readonly string[]>>,
  required: readonly Field[],
): PlainColumns<Field> {
  const index = new Map<Field, number>()
  const written = header.map(normalise)
  for (const field of Object.keys(names) as Field[]) {
    const at = written.findIndex((name) => name === field || names[field].includes(name))
    if (at >= 0) index.set(field, at)
  }
  return {
    cell: (values, field) => (values[index.get(field) ?? -1] ?? '').replaceAll('\0', '').trim(),
    missing: required.filter((field) => !index.has(field)),
  }
}
