import { describe, expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expectAccessible, launchBrowser, openPage } from '../server/test/kit/browser.ts'
import { countRows, field, panel, refusals, startBackOffice, toast } from './backoffice-kit.ts'

const browser = await launchBrowser()
const office = await startBackOffice(browser)
const { administrator, apiOf, clerk, goTo, goWithin, openSignedIn } = office

describe('the door', () => {
  test('says what is wrong, lets staff in, and shows each only what they may do', async () => {
    const page = await openPage(browser, { expectedErrors: refusals })
    await page.goto(`${office.home()}/admin/orders`)
    await page.click('text=Se connecter')
    await page.getByText('Tapez votre adresse e-mail complète.').waitFor()
    await field(page, 'Adresse e-mail').fill(clerk().email)
    await field(page, 'Mot de passe').fill('not the password')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await expectAccessible(page)
    await field(page, 'Mot de passe').fill(clerk().password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Commandes', level: 1 }).waitFor()
    const menu = page.getByRole('navigation', { name: 'Menu principal' })
    await expect.poll(() => menu.getByText('Préparations').count()).toBe(1)
    expect(await menu.getByText('Utilisateurs').count()).toBe(0)
    expect(await menu.getByText('Imports et exports').count()).toBe(0)
    await page.getByRole('button', { name: /Vendeur/ }).click()
    await page.getByRole('menuitem', { name: 'Se déconnecter' }).click()
    await page.getByRole('heading', { name: 'Connexion' }).waitFor()
  })

  test('a session that ends keeps the page and what was typed', async () => {
    const page = await openSignedIn('/products/new')
    await field(page, 'Nom en français').fill('Sac des essais')
    await field(page, 'SKU').fill('SAC-ESSAI')
    await field(page, 'Prix TTC').fill('49,90')
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByRole('dialog', { name: 'Votre session a expiré' }).waitFor()
    await field(page, 'Mot de passe').fill(administrator().password)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await field(page, 'Nom en français').inputValue()).toBe('Sac des essais')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await toast(page, 'créé').waitFor()
    await page.waitForURL(/\/products\/[0-9a-f-]{36}$/)
  })
})

describe('lists', () => {
  test('the keys go through the rows, open, tick, search and explain themselves', async () => {
    const page = await openSignedIn('/orders')
    await page.locator('tbody tr[data-index="0"]').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    const second = page.locator('tbody tr[data-index="1"]')
    expect(await second.evaluate((row) => row === document.activeElement)).toBe(true)
    const number = await second.locator('a').first().innerText()
    await page.keyboard.press('x')
    await page.getByText('1 ligne cochée').waitFor()
    await page.keyboard.press('Enter')
    await panel(page).getByRole('heading', { name: number }).waitFor()
    expect(page.url()).toContain('open=')
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await panel(page).waitFor({ state: 'detached' })
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Raccourcis clavier' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    await page.keyboard.type(number)
    await page.waitForURL(/q=/)
    await expect.poll(() => page.locator('tbody tr[data-index]').count()).toBe(1)
  })

  test('filters are in the address, a view is kept, and the rows shown are exported', async () => {
    const page = await openSignedIn('/orders?fulfillment=fulfilled')
    await page.locator('tbody tr[data-index="0"]').waitFor()
    const states = await page.locator('tbody tr[data-index] .ec-state').allInnerTexts()
    expect(new Set(states.filter((state) => ['Remise', 'À préparer', 'Prête'].includes(state)))).toEqual(
      new Set(['Remise']),
    )
    await page.getByRole('button', { name: 'Enregistrer cette vue' }).click()
    await field(page, 'Nom de la vue').fill('Mes remises')
    await page.keyboard.press('Enter')
    await page.reload()
    await page.getByRole('button', { name: 'Mes remises', exact: true }).waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Exporter en CSV' }).first().click()
    const text = await (await (await download).createReadStream()).toArray()
    const lines = Buffer.concat(text).toString('utf8').split('\r\n')
    expect(lines[0]).toBe('\ufeffCommande,Client,Passée,Canal,État,Paiement,Livraison,Total')
    expect(lines[1]).toContain('Remise')
  })

  test('Ctrl K finds an order by its number and a page by its name', async () => {
    const api = await apiOf(administrator())
    const { items } = await api(endpoints.listOrders, { query: { limit: 1 } })
    const page = await openSignedIn('/')
    const palette = page.getByPlaceholder('Une page, une commande')
    await page.keyboard.press('Control+k')
    await palette.fill(items[0]!.number)
    await page
      .getByRole('option', { name: items[0]!.number })
      .or(page.getByRole('button', { name: items[0]!.number }))
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`/orders/${items[0]!.id}`))
    await page.keyboard.press('Control+k')
    await palette.fill('prepa')
    await page.getByText('Préparations').last().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/preparations/)
  })
})

describe('the day', () => {
  test('each figure opens the list it counts, and what that list keeps can be taken off', async () => {
    const { id } = (await (await apiOf(administrator()))(endpoints.listSites, {})).items.find(
      ({ offersPickup }) => offersPickup,
    )!
    const page = await openSignedIn('/')
    for (const home of ['/', `/?site=${id}`]) {
      await goTo(page, home)
      const names = await page.locator('.bo-figure-name').allInnerTexts()
      expect(names.length).toBe(8)
      const counted = home === '/' ? names.filter((name) => name !== 'Ventes TTC') : ['En retard', 'Épuisés']
      for (const name of counted) {
        await goWithin(page, home)
        const figure = page.locator('.bo-figure', { has: page.getByText(name, { exact: true }) })
        const told = Number((await figure.locator('.bo-figure-value').innerText()).replace(/\D/g, ''))
        await figure.click()
        await page.waitForURL(/\/admin\/(preparations|orders|stock)/)
        expect(await countRows(page), `${home} ${name}`).toBe(told)
      }
    }
    await goTo(page, `/stock?only=out&site=${id}`)
    await page.getByRole('button', { name: /Retirer le filtre/ }).click()
    await page.waitForURL((url) => !url.searchParams.has('site'))
    await goTo(page, '/preparations?late=true')
    await page.getByRole('button', { name: /Retirer le filtre.*En retard/ }).click()
    await page.waitForURL((url) => !url.searchParams.has('late'))
  })
})

describe('work', () => {
  test('a preparation is finished from the day’s list, and taken back', async () => {
    const page = await openSignedIn('/')
    await page.locator('.bo-work-row').first().click()
    await panel(page).getByRole('button', { name: 'Marquer préparée' }).click()
    await toast(page, 'préparée').waitFor()
    await panel(page)
      .getByRole('button', { name: /Expédier|Remettre au client/ })
      .waitFor()
    await toast(page, 'préparée').getByRole('button', { name: 'Annuler' }).click()
    await panel(page).getByRole('button', { name: 'Marquer préparée' }).waitFor()
  })

  test('a parcel leaves with its carrier, and the order tells', async () => {
    const api = await apiOf(administrator())
    const query = { state: 'to_prepare', method: 'delivery', limit: 1 } as const
    const parcel = (await api(endpoints.listFulfillments, { query })).items[0]!
    const page = await openSignedIn(`/preparations?open=${parcel.id}`)
    // Somebody else was quicker: the refusal comes with what is there now.
    await api(endpoints.markPrepared, { params: { fulfillmentId: parcel.id } })
    await panel(page).getByRole('button', { name: 'Marquer préparée' }).click()
    await toast(page, 'Cette étape n’est pas possible').waitFor()
    await panel(page).getByRole('button', { name: 'Expédier' }).click()
    await field(page, 'Transporteur').first().fill('Escale Express')
    await field(page, 'Numéro de suivi').fill('EE123')
    await page.getByRole('dialog').getByRole('button', { name: 'Expédier' }).click()
    await toast(page, 'expédiée').waitFor()
    await goTo(page, `/orders/${parcel.orderId}`)
    await page.getByText(`${parcel.siteName} · Escale Express · EE123`).waitFor()
    await page.getByRole('button', { name: 'Reprendre un article' }).waitFor()
  })

  test('cancelling asks for a reason and says how much goes back', async () => {
    const api = await apiOf(administrator())
    const query = { fulfillmentState: 'to_prepare', limit: 1 } as const
    const order = (await api(endpoints.listOrders, { query })).items[0]!
    const page = await openSignedIn(`/orders/${order.id}`)
    await page.getByRole('button', { name: 'Annuler la commande' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/seront rendus au client/).waitFor()
    await dialog.getByRole('button', { name: 'Annuler et rembourser' }).click()
    await dialog.getByText('À remplir.').waitFor()
    await field(page, 'Motif').fill('Le client a changé d’avis')
    await dialog.getByRole('button', { name: 'Annuler et rembourser' }).click()
    await toast(page, 'annulée').waitFor()
    await page.locator('.ec-page-header .ec-state', { hasText: 'Annulée' }).waitFor()
  })

  test('what is received is in stock, every term is explained, and it can be taken back', async () => {
    const api = await apiOf(administrator())
    const level = (await api(endpoints.listStock, { query: { limit: 1 } })).items[0]!
    const onHand = async () => {
      const { items } = await api(endpoints.listStock, {
        query: { variantId: level.variantId, placeId: level.placeId },
      })
      return items[0]!.onHand
    }
    const page = await openSignedIn(`/stock?open=${level.variantId}.${level.placeId}`)
    await panel(page)
      .getByRole('button', { name: /Pourquoi/ })
      .first()
      .click()
    await page.getByText(/moins \d+ gardées par sécurité/).waitFor()
    await page.keyboard.press('Escape')
    await panel(page).getByRole('button', { name: 'Saisir un mouvement de stock' }).click()
    await panel(page).getByRole('button', { name: 'Enregistrer le mouvement' }).click()
    await panel(page).locator('.mantine-InputWrapper-error').first().waitFor()
    await field(page, 'Quantité').fill('7')
    await panel(page).getByRole('button', { name: 'Enregistrer le mouvement' }).click()
    await toast(page, 'Mouvement enregistré').waitFor()
    expect(await onHand()).toBe(level.onHand + 7)
    await toast(page, 'Mouvement enregistré').getByRole('button', { name: 'Annuler' }).click()
    await toast(page, 'C’est annulé').waitFor()
    expect(await onHand()).toBe(level.onHand)
    await goTo(page, '/stock/verification')
    await page.getByRole('button', { name: 'Vérifier maintenant' }).click()
    await page.getByText(/quantités vérifiées, aucun écart/).waitFor()
  })
})

describe('catalogue', () => {
  test('an article is created with its variants, errors stand beside their fields, a draft survives', async () => {
    const page = await openSignedIn('/products/new')
    await expect.poll(() => page.getByRole('button', { name: 'Enregistrer' }).isDisabled()).toBe(true)
    await field(page, 'Nom en français').fill('Gilet de quart')
    await field(page, 'GTIN').fill('3760123450017')
    await page.getByText('Clé attendue : 0').waitFor()
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByText('À remplir.').first().waitFor()
    await expectAccessible(page)
    await field(page, 'GTIN').fill('3760123450010')
    await field(page, 'SKU').fill('QUART-S')
    await field(page, 'Prix TTC').fill('129')
    await field(page, 'Ajouter une option').fill('Taille')
    await page.keyboard.press('Enter')
    for (const size of ['S', 'M', 'L']) {
      await field(page, 'Ajouter une valeur à Taille').fill(size)
      await page.keyboard.press('Enter')
    }
    await page.getByRole('button', { name: 'Créer les 3 variantes manquantes' }).click()
    await expect.poll(() => page.locator('.bo-variants tbody tr').count()).toBe(3)
    await expect.poll(() => page.evaluate(() => localStorage.getItem('ecluse.draft.new'))).toContain('GILET-DE-QUART-L')
    await page.reload()
    await page.getByText('Brouillon repris').waitFor()
    await expect.poll(() => page.locator('.bo-variants tbody tr').count()).toBe(3)
    await page.getByRole('checkbox', { name: 'Boutique en ligne' }).check()
    await page.keyboard.press('Control+s')
    await toast(page, 'créé').waitFor()
    await page.waitForURL(/\/products\/[0-9a-f-]{36}$/)
  })

  test('two people change one article: the second is told, and chooses', async () => {
    const api = await apiOf(administrator())
    const { items } = await api(endpoints.listCatalogProducts, { query: { limit: 1 } })
    const productId = items[0]!.id
    const page = await openSignedIn(`/products/${productId}`)
    const {
      id,
      createdAt: _created,
      updatedAt: _updated,
      revision,
      variants,
      ...product
    } = await api(endpoints.getCatalogProduct, { params: { productId } })
    await api(endpoints.updateProduct, {
      params: { productId: id },
      query: { revision },
      body: { ...product, brand: 'Leur marque', variants: variants.map(({ id: _id, ...variant }) => variant) },
    })
    await field(page, 'Marque').fill('Ma marque')
    await page.keyboard.press('Control+s')
    await page.getByText('Quelqu’un d’autre a enregistré cet article entre-temps').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Garder la mienne' }).click()
    await page.keyboard.press('Control+s')
    await toast(page, 'enregistré.').last().waitFor()
    await expect
      .poll(async () => (await api(endpoints.getCatalogProduct, { params: { productId } })).brand)
      .toBe('Ma marque')
  })
})

describe('exchange and company', () => {
  test('a file is tried, then imported; what was refused is told line by line', async () => {
    const page = await openSignedIn('/imports')
    const csv = ['sku,place,quantity', 'NOT-A-SKU,,3', ',,x'].join('\n')
    await page.getByLabel('Que contient le fichier').first().click()
    await page.getByRole('option', { name: 'Stock' }).click()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'comptage.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await page.getByRole('button', { name: 'Faire un essai' }).click()
    await page.getByRole('heading', { name: 'comptage.csv' }).waitFor()
    await page.locator('.ec-page-header .ec-state', { hasText: 'Terminé' }).waitFor()
    await page.getByText('Essai à blanc : voici').waitFor()
    const refused = page.getByRole('button', { name: /^Lignes refusées \([1-9]\d*\)$/ })
    await refused.click()
    const told = Number((await refused.innerText()).replace(/\D/g, ''))
    await expect.poll(() => page.locator('tbody tr[data-index]').count()).toBe(told)
    await page
      .getByText(/NOT-A-SKU/)
      .first()
      .waitFor()
    await expectAccessible(page)
  })

  test('a key shows its secret once, works, and is revoked', async () => {
    const page = await openSignedIn('/keys')
    await page.getByRole('button', { name: 'Créer une clé d’API' }).first().click()
    await page.getByRole('textbox', { name: 'Nom' }).fill('Essais')
    await page.getByRole('checkbox', { name: /Lire le stock/ }).check()
    await page.getByRole('button', { name: 'Créer la clé' }).click()
    const secret = await page.getByRole('textbox', { name: 'Secret' }).inputValue()
    const ask = () => fetch(`${office.home()}/api/v1/stock?limit=1`, { headers: { authorization: `Bearer ${secret}` } })
    expect((await ask()).status).toBe(200)
    await page.getByRole('button', { name: 'Je l’ai copié' }).click()
    await page.getByRole('button', { name: 'Révoquer la clé Essais' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Révoquer', exact: true }).click()
    await toast(page, 'révoquée').waitFor()
    await expect.poll(async () => (await ask()).status).toBe(401)
  })

  test('someone is added, deactivated, and the deactivation taken back', async () => {
    const page = await openSignedIn('/users?open=new')
    await field(page, 'Nom').fill('Nolwenn Quéré')
    await field(page, 'Adresse e-mail').fill('nolwenn@alize.example')
    await field(page, 'Mot de passe provisoire').fill('provisoire-2026')
    await page.getByRole('button', { name: 'Ajouter', exact: true }).click()
    await page.getByText('Choisissez au moins un magasin.').waitFor()
    await panel(page).locator('.mantine-MultiSelect-inputField').click()
    await page.getByRole('option', { name: 'Alizé Nantes' }).click()
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Ajouter', exact: true }).click()
    await toast(page, 'peut se connecter').waitFor()
    await page.locator('tbody tr', { hasText: 'Nolwenn Quéré' }).click()
    await panel(page).getByRole('button', { name: 'Désactiver' }).click()
    await toast(page, 'ne peut plus se connecter').getByRole('button', { name: 'Annuler' }).click()
    await panel(page).getByRole('button', { name: 'Désactiver' }).waitFor()
  })
})
