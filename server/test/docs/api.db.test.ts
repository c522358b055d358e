import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { describe, expect, test } from 'vitest'
import { createTestShop } from '../kit/shop.ts'
import { committedDocument, referencePage, type ApiDocument } from './reference.ts'

const folder = new URL('../../../docs/api/', import.meta.url)

const { app } = await createTestShop({ products: 1, unitsPerPlace: 1 })
const answer = await app.fastify.inject({ url: '/api/openapi.json' })
const served = answer.json<ApiDocument>()

// Made anew by: ECLUSE_WRITE_API=1 npx vitest run --project db server/test/docs
function committed(name: string, content: string): string {
  const file = new URL(name, folder)
  if (process.env.ECLUSE_WRITE_API) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, content)
  }
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

describe('the documents of the API', () => {
  test('docs/api/openapi.json is what the server serves', () => {
    const content = committedDocument(served)
    expect(JSON.parse(committed('openapi.json', content) || '{}')).toEqual(JSON.parse(content))
  })

  test('the pages that show it are served with what they load', async () => {
    const page = await app.fastify.inject({ url: '/api/docs/' })
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    const [, script = ''] = /<script src="([^"]+)"/.exec(page.body) ?? []
    const code = await app.fastify.inject({ url: new URL(script, 'http://localhost/api/docs/').pathname })
    expect([code.statusCode, code.headers['content-type']]).toEqual([200, 'application/javascript; charset=utf-8'])
    expect((await app.fastify.inject({ url: '/api/docs' })).statusCode).toBeLessThan(400)
  })

  test('docs/api/reference.md lists every operation of the contract', () => {
    const page = referencePage(served)
    expect(committed('reference.md', page)).toBe(page)
    for (const name of Object.keys(endpoints)) expect(page).toContain(`\`${name}\` |`)
  })
})
