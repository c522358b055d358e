import type { Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { permissions } from '@ecluse/contracts/permissions.ts'
import { fileProductInput } from '../../simulation/small-shop.ts'
import { actorHeader, type TestShop } from './shop.ts'

/** Sends forms with files as staff with every right. */
export function actingStaff({ app, actAs }: TestShop) {
  const key = actAs({
    kind: 'staff',
    accountId: 'uploader',
    email: 'uploader@alize.example',
    name: 'uploader',
    role: 'administrator',
    permissions: new Set(permissions),
    siteIds: null,
  })
  return async (url: string, form: FormData) => {
    const body = new Response(form)
    const answer = await app.fastify.inject({
      method: 'POST',
      url,
      headers: { [actorHeader]: key, 'content-type': body.headers.get('content-type') ?? '' },
      payload: Buffer.from(await body.arrayBuffer()),
    })
    return answer.json<{ id?: string; code?: string; fileName?: string }>()
  }
}

/** Attaches a file to an article. @returns what was answered: the file, or why not */
export function addTestFile(
  upload: ReturnType<typeof actingStaff>,
  variantId: string,
  { label, fileName, content }: { label: string; fileName: string; content: string },
) {
  const form = new FormData()
  form.append('label', label)
  form.append('file', new File([content], fileName, { type: 'application/pdf' }))
  return upload(`/api/v1/catalog/variants/${variantId}/files`, form)
}

/** A product that is a file, sold on the web unless other channels are named. @returns its article */
export async function fileProduct(staff: Client, handle: string, channels: readonly string[] = []): Promise<string> {
  const input = fileProductInput(handle)
  const publications = channels.map((channelCode) => ({ channelCode, from: null, until: null }))
  const product = await staff(endpoints.createProduct, {
    body: channels.length > 0 ? { ...input, publications } : input,
  })
  return product.variants[0]?.id ?? ''
}
