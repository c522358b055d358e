/** An operation of the OpenAPI document, as far as its reference tells of it. */
type DocumentedOperation = {
  operationId?: string
  summary?: string
  tags?: string[]
  'x-access'?: string
  'x-idempotent'?: boolean
}

export type ApiDocument = {
  servers: { url: string }[]
  paths: Record<string, Record<string, DocumentedOperation>>
}

const whoMayCall: Readonly<Record<string, string>> = { public: 'anyone', account: 'a signed-in person' }

/** The document as it is committed: the address of the server it was made by is nobody's business. */
export function committedDocument(served: ApiDocument): string {
  return `${JSON.stringify({ ...served, servers: [{ url: 'http://localhost:3000' }] }, null, 1)}\n`
}

/** A page that lists every operation: method, path, who may call it, what it does. */
export function referencePage(document: ApiDocument): string {
  const byTag = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? 'api'
      byTag.set(tag, [...(byTag.get(tag) ?? []), rowOf(method, path, operation)])
    }
  }
  const parts = [...byTag].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return [
    '# Reference of the API',
    '',
    'Every operation, from [openapi.json](openapi.json), which has the schemas. A name like `orders:read` is the permission',
    'that a member of staff, or the scope that an API key, must have. ↻ marks those that honour an `Idempotency-Key`.',
    'How to call them is in [the API](../api.md). Made by `ECLUSE_WRITE_API=1 npx vitest run --project db server/test/docs`;',
    'do not edit.',
    ...parts.flatMap(([tag, rows]) => ['', `## ${tag}`, '', ...head, ...rows]),
    '',
  ].join('\n')
}

const head = ['| Method | Path | Who | What it does | Operation |', '| --- | --- | --- | --- | --- |']

function rowOf(method: string, path: string, operation: DocumentedOperation): string {
  const access = operation['x-access'] ?? 'public'
  const who = whoMayCall[access] ?? `\`${access}\``
  const mark = operation['x-idempotent'] ? ' ↻' : ''
  const what = (operation.summary ?? '').replaceAll('|', '\\|')
  return `| ${method.toUpperCase()}${mark} | \`${path}\` | ${who} | ${what} | \`${operation.operationId ?? ''}\` |`
}
