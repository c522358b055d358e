/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import type { Category } from '@ecluse/contracts/catalog.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { CustomerTrait, Declaration } from '@ecluse/contracts/traits.ts'
import { show } from '../document.tsx'
import { ErrorSummary, Field, type FormErrors } from '../parts/field.tsx'
import { Done } from '../parts/done.tsx'
import { addressOf } from '../paths.ts'
import { goTo, link, type Visit } from '../visit.ts'

/** Longest size that is kept. */
const sizeLength = 20

export const tastesPage = (visit: Visit) => showTastes(visit, {})

/** Saves what somebody says of themself; what is left empty is left to what they buy. */
export async function tastesForm(visit: Visit) {
  const { form } = visit
  const said: Declaration = {
    interests: form.getAll('interests').slice(0, 20),
    sizes: sizesIn(form),
    shopCode: form.get('shop') || null,
  }
  try {
    await visit.call(endpoints.declareForMe, { body: said })
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    if (error.problem.status === 401) return goTo(visit, link(visit, 'signIn', {}, { next: link(visit, 'tastes') }))
    return showTastes(visit, { form: error.problem.detail }, error.problem.status)
  }
  return goTo(visit, link(visit, 'tastes', {}, { done: '1' }))
}

/** A size by category, as fields `size-<code>`, and one of a category that is chosen. */
function sizesIn(form: URLSearchParams): Declaration['sizes'] {
  const sizes = new Map<string, string>()
  const add = (code: string, value: string | null) => {
    const size = (value ?? '').trim().slice(0, sizeLength)
    if (code !== '' && size !== '') sizes.set(code, size)
  }
  for (const [name, value] of form) if (name.startsWith('size-')) add(name.slice('size-'.length), value)
  add(form.get('other-category') ?? '', form.get('other-size'))
  return [...sizes].slice(0, 40).map(([categoryCode, value]) => ({ categoryCode, value }))
}

async function showTastes(visit: Visit, errors: FormErrors, status = 200) {
  const { t } = visit
  const { session } = await visit.call(endpoints.getSession)
  if (!session) return goTo(visit, link(visit, 'signIn', {}, { next: link(visit, 'tastes') }))
  const { said, traits } = await visit.call(endpoints.getMyTraits)
  const categories = await visit.shared.categories(visit.call)
  const sites = await visit.shared.sites(visit.call)
  const done = visit.query.get('done') !== null
  return show(
    visit,
    {
      title: t('tastes.title'),
      description: t('tastes.title'),
      alternates: { fr: addressOf('tastes', 'fr'), en: addressOf('tastes', 'en') },
      indexed: false,
      personal: true,
      body: (
        <div class="checkout">
          <p>
            <a href={link(visit, 'account')}>{t('account.title')}</a>
          </p>
          <h1 class="editorial">{t('tastes.title')}</h1>
          <p class="lead">{t('tastes.lead')}</p>
          {done && <Done>{t('tastes.saved')}</Done>}
          <ErrorSummary visit={visit} errors={errors} />
          <TastesForm {...{ visit, said, traits, categories, sites }} />
        </div>
      ),
    },
    status,
  )
}

type FormProps = {
  visit: Visit
  said: Declaration | null
  traits: readonly CustomerTrait[]
  categories: readonly Category[]
  sites: readonly Site[]
}

function TastesForm({ visit, said, traits, categories, sites }: FormProps) {
  const { t } = visit
  const shops = sites.filter(({ kind }) => kind === 'shop')
  const computedShop = traits.find(({ kind, declared }) => kind === 'shop' && !declared)
  const leaves = categories.filter(({ code }) => !categories.some(({ parentCode }) => parentCode === code))
  return (
    <form method="post" action={link(visit, 'tastes')} class="checkout-form">
      <fieldset class="step">
        <legend>{t('tastes.interests')}</legend>
        <div class="choices">
          {leaves.map((category) => (
            <label key={category.code} class="check">
              <input
                type="checkbox"
                name="interests"
                value={category.code}
                checked={said?.interests.includes(category.code) ?? false}
              />
              <span>{nameOf(visit, category)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <Sizes {...{ visit, said, traits, leaves }} />
      <fieldset class="step">
        <legend>{t('tastes.shop')}</legend>
        <div class="field">
          <label for="field-shop">{t('tastes.shop.label')}</label>
          <select id="field-shop" name="shop">
            <option value="" selected={!said?.shopCode}>
              {t('tastes.shop.none')}
            </option>
            {shops.map(({ code, name }) => (
              <option key={code} value={code} selected={said?.shopCode === code}>
                {name}
              </option>
            ))}
          </select>
        </div>
        {computedShop && (
          <p class="hint">
            {t('tastes.shop.computed', { shop: shops.find(({ code }) => code === computedShop.key)?.name ?? '' })}
          </p>
        )}
      </fieldset>
      <button class="button primary large" type="submit">
        {t('preferences.save')}
      </button>
    </form>
  )
}

/** One field for each category a size is known of, with the size that was bought as its hint, and one more for any other. */
function Sizes({ visit, said, traits, leaves }: Omit<FormProps, 'categories' | 'sites'> & { leaves: Category[] }) {
  const { t } = visit
  const bought = traits.filter(({ kind, declared }) => kind === 'size' && !declared)
  const codes = [
    ...new Set([...(said?.sizes.map(({ categoryCode }) => categoryCode) ?? []), ...bought.map(({ key }) => key)]),
  ]
  const known = leaves.filter(({ code }) => codes.includes(code))
  return (
    <fieldset class="step">
      <legend>{t('tastes.sizes')}</legend>
      {known.map((category) => {
        const sizes = bought.filter(({ key }) => key === category.code).map(({ value }) => value)
        return (
          <Field
            key={category.code}
            visit={visit}
            name={`size-${category.code}`}
            label={nameOf(visit, category)}
            {...(sizes.length > 0 ? { hint: t('tastes.sizes.bought', { sizes: sizes.join(', ') }) } : {})}
            value={said?.sizes.find(({ categoryCode }) => categoryCode === category.code)?.value ?? ''}
            autocomplete="off"
            maxLength={sizeLength}
            errors={{}}
          />
        )
      })}
      <div class="field">
        <label for="field-other-category">{t('tastes.sizes.other')}</label>
        <select id="field-other-category" name="other-category">
          <option value="">{t('tastes.sizes.choose')}</option>
          {leaves
            .filter(({ code }) => !codes.includes(code))
            .map((category) => (
              <option key={category.code} value={category.code}>
                {nameOf(visit, category)}
              </option>
            ))}
        </select>
      </div>
      <Field
        visit={visit}
        name="other-size"
        label={t('tastes.sizes.size')}
        autocomplete="off"
        maxLength={sizeLength}
        errors={{}}
      />
    </fieldset>
  )
}

const nameOf = (visit: Visit, category: Category): string => category.name[visit.locale] || category.name.fr
