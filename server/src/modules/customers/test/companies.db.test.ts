import type { Client } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { clientOf, createTestShop } from '../../../../test/kit/shop.ts'

const { app, ctx, visitor, asStaff, actAs, settle } = await createTestShop({ products: 1, unitsPerPlace: 5 })

const address = { name: 'Velolib', street: '4 rue des Ateliers', postalCode: '44000', locality: 'Nantes' }
const velolib = {
  name: 'Vélolib SAS',
  siren: '732 829 320',
  vatNumber: 'FR 44 732829320',
  email: 'achats@velolib.example',
}
const rights = { role: 'buyer' as const, orderLimitMinor: 100_000, monthLimitMinor: 300_000 }

/** A person with an account. */
const person = (name: string): Client =>
  clientOf(app, {
    'x-test-actor': actAs({ kind: 'account', accountId: `account-${name}`, email: `${name}@velolib.example`, name }),
  })

/** The secret of the link that somebody was last sent. */
async function invitationOf(email: string): Promise<string> {
  await settle()
  await app.wiring.jobs.find(({ name }) => name === 'engagement.send-messages')?.run(ctx, {})
  const { items } = await asStaff()(endpoints.listMessages, { query: { q: email, limit: 1 } })
  const message = await asStaff()(endpoints.getMessage, { params: { messageId: items[0]?.id ?? '' } })
  return /invitation\/([\w-]+)/.exec(message.text)?.[1] ?? ''
}

let companyId = ''
async function join(client: Client, email: string, role: 'buyer' | 'approver' | 'administrator'): Promise<void> {
  const body = { email, name: email, ...rights, role }
  await asStaff()(endpoints.inviteCompanyMember, { params: { companyId }, body })
  await client(endpoints.acceptCompanyInvitation, { params: { token: await invitationOf(email) } })
}

beforeAll(async () => {
  companyId = (await asStaff()(endpoints.createCompany, { body: velolib })).id
})

describe('identifiers', () => {
  test('are stored without spaces; the SIREN is in the VAT number', async () => {
    const company = await asStaff()(endpoints.getCompany, { params: { companyId } })
    expect(company).toMatchObject({
      siren: '732829320',
      vatNumber: 'FR44732829320',
      number: /^E-/,
      you: { as: 'staff' },
    })
    const { siren } = await asStaff()(endpoints.createCompany, { body: { name: 'Autre', vatNumber: 'FR83404833048' } })
    expect(siren).toBe('404833048')
  })

  test('that are wrong, or of two companies, are refused', async () => {
    const wrong = { ...velolib, siren: '732829321' }
    await expect(asStaff()(endpoints.createCompany, { body: wrong })).rejects.toMatchObject({
      problem: { status: 400 },
    })
    const two = { ...velolib, vatNumber: 'FR83404833048' }
    await expect(asStaff()(endpoints.createCompany, { body: two })).rejects.toMatchObject({
      problem: { code: 'customers.company_identifiers' },
    })
  })

  test('find the company, as its name does', async () => {
    for (const q of ['velolib', '732829320', 'FR44732829320']) {
      const { items } = await asStaff()(endpoints.listCompanies, { query: { q } })
      expect(items.map(({ id }) => id)).toEqual([companyId])
    }
  })
})

describe('people', () => {
  const [alice, bruno, claire] = ['alice', 'bruno', 'claire'].map(person) as [Client, Client, Client]

  test('are invited by e-mail and join with the address that was invited', async () => {
    const body = { email: 'Alice@velolib.example', name: 'Alice', ...rights, role: 'administrator' as const }
    await asStaff()(endpoints.inviteCompanyMember, { params: { companyId }, body })
    const first = await invitationOf('alice@velolib.example')
    await asStaff()(endpoints.inviteCompanyMember, { params: { companyId }, body })
    const token = await invitationOf('alice@velolib.example')
    // The link of the first message opens nothing any more.
    await expect(visitor(endpoints.getCompanyInvitation, { params: { token: first } })).rejects.toMatchObject({
      problem: { code: 'customers.invitation_not_found' },
    })
    expect(await visitor(endpoints.getCompanyInvitation, { params: { token } })).toMatchObject({
      companyName: 'Vélolib SAS',
    })
    await expect(bruno(endpoints.acceptCompanyInvitation, { params: { token } })).rejects.toMatchObject({
      problem: { code: 'customers.invitation_for_other' },
    })
    expect(await alice(endpoints.acceptCompanyInvitation, { params: { token } })).toEqual({ companyId })
    const again = alice(endpoints.acceptCompanyInvitation, { params: { token } })
    await expect(again).rejects.toMatchObject({ problem: { code: 'customers.invitation_not_found' } })
    expect(await alice(endpoints.listMyCompanies)).toEqual({
      items: [{ id: companyId, name: 'Vélolib SAS', role: 'administrator' }],
    })
  })

  test('an administrator keeps people and sites; a buyer sees what is theirs', async () => {
    const params = { companyId }
    const site = { name: 'Atelier', address, siret: '732 829 320 00074', monthLimitMinor: 500_000 }
    const withSite = await alice(endpoints.createCompanySite, { params, body: site })
    const other = await alice(endpoints.createCompanySite, { params, body: { ...site, name: 'Dépôt', siret: null } })
    const [atelier, depot] = other.sites
    expect(withSite.sites).toMatchObject([{ siret: '73282932000074' }])
    const body = { email: 'bruno@velolib.example', name: 'Bruno', ...rights, siteIds: [depot?.id ?? ''] }
    await alice(endpoints.inviteCompanyMember, { params, body })
    await bruno(endpoints.acceptCompanyInvitation, { params: { token: await invitationOf(body.email) } })
    const seen = await bruno(endpoints.getCompany, { params })
    expect(seen.sites.map(({ name }) => name)).toEqual(['Dépôt'])
    expect(seen.members.map(({ name }) => name)).toEqual(['Bruno'])
    expect(seen.you.role).toBe('buyer')
    const asked = bruno(endpoints.updateCompanySite, { params: { companyId, siteId: atelier?.id ?? '' }, body: site })
    await expect(asked).rejects.toMatchObject({ problem: { code: 'customers.company_role' } })
  })

  test('to anyone else, of another company or none, the company does not exist', async () => {
    const other = await asStaff()(endpoints.createCompany, { body: { name: 'Concurrent' } })
    const unknown = { problem: { status: 404, code: 'customers.company_not_found' } }
    await expect(claire(endpoints.getCompany, { params: { companyId } })).rejects.toMatchObject(unknown)
    await expect(bruno(endpoints.getCompany, { params: { companyId: other.id } })).rejects.toMatchObject(unknown)
    const { sites } = await asStaff()(endpoints.getCompany, { params: { companyId } })
    const moved = { params: { companyId: other.id, siteId: sites[0]?.id ?? '' }, body: { name: 'Volé', address } }
    await expect(asStaff()(endpoints.updateCompanySite, moved)).rejects.toMatchObject({
      problem: { code: 'customers.site_not_found' },
    })
    await expect(alice(endpoints.updateCompanySite, moved)).rejects.toMatchObject(unknown)
    await expect(asStaff([])(endpoints.getCompany, { params: { companyId } })).rejects.toMatchObject(unknown)
    const key = (own: string | null) =>
      clientOf(app, {
        'x-test-actor': actAs({
          kind: 'api_key',
          keyId: 'k',
          name: 'ERP',
          permissions: new Set(['company:buy']),
          companyId: own,
        }),
      })
    expect((await key(companyId)(endpoints.getCompany, { params: { companyId } })).you.as).toBe('key')
    await expect(key(other.id)(endpoints.getCompany, { params: { companyId } })).rejects.toMatchObject(unknown)
    await expect(key(null)(endpoints.getCompany, { params: { companyId } })).rejects.toMatchObject(unknown)
  })

  test('one person in two companies; who is removed is out at once', async () => {
    const other = await asStaff()(endpoints.createCompany, { body: { name: 'Zénith' } })
    const body = { email: 'bruno@velolib.example', name: 'Bruno', ...rights }
    await asStaff()(endpoints.inviteCompanyMember, { params: { companyId: other.id }, body })
    await bruno(endpoints.acceptCompanyInvitation, { params: { token: await invitationOf(body.email) } })
    expect((await bruno(endpoints.listMyCompanies)).items.map(({ name }) => name)).toEqual(['Vélolib SAS', 'Zénith'])
    const { members } = await alice(endpoints.getCompany, { params: { companyId } })
    const memberId = members.find(({ email }) => email === body.email)?.id ?? ''
    await alice(endpoints.removeCompanyMember, { params: { companyId, memberId } })
    expect((await bruno(endpoints.listMyCompanies)).items.map(({ name }) => name)).toEqual(['Zénith'])
    await expect(bruno(endpoints.getCompany, { params: { companyId } })).rejects.toMatchObject({
      problem: { status: 404 },
    })
  })

  test('of two administrators that remove each other at once, one stays', async () => {
    await join(claire, 'claire@velolib.example', 'administrator')
    const { members } = await alice(endpoints.getCompany, { params: { companyId } })
    const idOf = (email: string) => members.find((one) => one.email === email)?.id ?? ''
    const outcomes = await Promise.allSettled([
      alice(endpoints.removeCompanyMember, { params: { companyId, memberId: idOf('claire@velolib.example') } }),
      claire(endpoints.removeCompanyMember, { params: { companyId, memberId: idOf('alice@velolib.example') } }),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

test('a company’s key orders for it and does nothing else', async () => {
  const body = { name: 'ERP', scopes: ['company:buy' as const], expiresAt: null }
  const keys = asStaff()
  expect((await keys(endpoints.createApiKey, { body: { ...body, companyId } })).key.companyId).toBe(companyId)
  for (const wrong of [body, { ...body, companyId, scopes: ['company:buy' as const, 'orders:read' as const] }])
    await expect(keys(endpoints.createApiKey, { body: wrong })).rejects.toMatchObject({
      problem: { code: 'access.company_key' },
    })
})
