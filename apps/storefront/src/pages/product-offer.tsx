/** @jsxRuntime automatic @jsxImportSource preact */
import type { Site } from '@ecluse/contracts/channels.ts'
import type { CompanyPrice } from '@ecluse/contracts/company-orders.ts'
import type { ProductPage, ShopAvailability } from '@ecluse/contracts/offers.ts'
import { Icon } from '../parts/icon.tsx'
import { money, NetPrice, Price } from '../parts/price.tsx'
import { readyWords } from '../parts/when.ts'
import { link, type Visit } from '../visit.ts'
import { aheadWords } from '../parts/ahead.tsx'
import { OpeningNote, type Opening } from '../parts/opening.tsx'
import { orderable, valueChoices } from './product-choice.ts'

type Variant = ProductPage['variants'][number]
type Props = {
  visit: Visit
  product: ProductPage
  variant: Variant
  sites: Site[]
  returnDays: number
  /** Shops where articles can be reserved to try. */
  tryShops: ReadonlySet<string>
  /** What the company of this visit pays; undefined for whoever buys for themself. */
  own?: CompanyPrice | undefined
  /** Set while it is not sold to everybody. */
  opening: Opening | null
}

/** Most units one adds at once from this page. */
const quantityLimit = 10
/** The same for a company, whose price may change with the quantity. */
const companyLimit = 100
/** Shops named before “all shops”. */
const shownShops = 3
/** At this many units or fewer the number left is said. */
const fewUnits = 5

/** What is sold and how to have it: choice, price with its reason, where it is, and the way into the cart. */
export function ProductOffer(props: Props) {
  const { visit, product, variant, own, opening } = props
  const { t } = visit
  const closed = opening !== null && !opening.open
  const most = Math.min(own ? companyLimit : quantityLimit, orderable(variant))
  return (
    <section id="offer" class="offer" aria-label={t('product.offer')}>
      {product.brand && <p class="offer-brand">{product.brand}</p>}
      <h1 class="editorial">{product.name}</h1>
      {own ? (
        <OwnPrice visit={visit} own={own} />
      ) : (
        <>
          <Price visit={visit} price={variant.price} compareAt={variant.compareAtPrice} vat />
          <WhyThisPrice visit={visit} variant={variant} />
        </>
      )}
      {product.options.map((option) => (
        <OptionChoice key={option.code} {...props} option={option} />
      ))}
      <OpeningNote visit={visit} opening={opening} />
      {!closed && <AddToCart visit={visit} variant={variant} most={most} />}
      {product.kind === 'digital' ? (
        <Download visit={visit} variant={variant} />
      ) : (
        <>
          <Delivery visit={visit} variant={variant} />
          <Shops {...props} />
          {!opening && <TryOn {...props} />}
          <AskForCall {...{ visit, product }} />
        </>
      )}
      <p class="small-print">
        <a href={link(visit, 'withdrawal')}>
          {product.withdrawalException
            ? t(`withdrawalException.${product.withdrawalException}`)
            : t(product.kind === 'digital' ? 'product.returns_download' : 'product.returns', {
                days: props.returnDays,
              })}
        </a>
      </p>
    </section>
  )
}

/** The way into the cart, or that nothing is left. */
function AddToCart({ visit, variant, most }: { visit: Visit; variant: Variant; most: number }) {
  const { t } = visit
  return (
    <form class="buy" method="post" action={link(visit, 'cartLines')} data-island="add">
      <input type="hidden" name="variantId" value={variant.variantId} />
      <input type="hidden" name="mode" value="add" />
      {most > 0 ? (
        <>
          <label class="quantity">
            <span class="visually-hidden">{t('cart.quantity')}</span>
            <select name="quantity">
              {Array.from({ length: most }, (_, index) => (
                <option key={index} value={index + 1}>
                  {index + 1}
                </option>
              ))}
            </select>
          </label>
          <button class="button primary large" type="submit">
            {t(variant.ahead ? `product.add.${variant.ahead.kind}` : 'product.add')}
          </button>
        </>
      ) : (
        <p class="banner waiting">
          <Icon name="info" />
          <span>{t('product.sold_out')}</span>
        </p>
      )}
    </form>
  )
}

/** What a company pays: without VAT, from which list, and less from which quantity on. */
function OwnPrice({ visit, own }: { visit: Visit; own: CompanyPrice }) {
  const { t } = visit
  const breaks = own.breaks.length > 1 ? own.breaks : []
  return (
    <>
      <NetPrice visit={visit} net={own.unitNet} publicNet={own.publicNet} withVat={own.unitPrice} />
      {own.listName && <p class="muted">{t('price.of_list', { list: own.listName })}</p>}
      {breaks.length > 0 && (
        <table class="breaks">
          <caption>{t('price.breaks')}</caption>
          <tbody>
            {breaks.map(({ fromQuantity, unitNet }) => (
              <tr key={fromQuantity}>
                <th scope="row">{t('price.from_quantity', { count: fromQuantity })}</th>
                <td class="tabular">{t('quick.net', { price: money(visit, unitNet) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

/** The way to try it in a shop that has it, without paying. */
function TryOn({ visit, product, variant, tryShops }: Props) {
  if (!variant.shops.some((shop) => shop.available > 0 && tryShops.has(shop.siteId))) return null
  const wanted = { handle: product.handle, variantId: variant.variantId }
  return (
    <p class="try-link">
      <a class="button" href={link(visit, 'tryOn', {}, wanted)} rel="nofollow">
        {visit.t('try.link')}
      </a>
      <span class="muted">{visit.t('try.link_help')}</span>
    </p>
  )
}

/** A question before buying: somebody calls back about this very product. */
function AskForCall({ visit, product }: Pick<Props, 'visit' | 'product'>) {
  const about = { product: product.productId, about: product.name.slice(0, 200) }
  return (
    <p class="small-print">
      <a href={link(visit, 'callBack', {}, about)} rel="nofollow">
        {visit.t('call_back.product')}
      </a>
    </p>
  )
}

/** The rules tried for this price, in the server's own words, the one kept marked. */
function WhyThisPrice({ visit, variant }: { visit: Visit; variant: Variant }) {
  const { t } = visit
  return (
    <details class="why">
      <summary>{t('price.why')}</summary>
      <ol>
        {variant.priceReason.tried.map((step) => (
          <li key={step.rule} class={step.outcome}>
            {step.outcome === 'kept' ? <Icon name="check" size={18} /> : <span class="dot" aria-hidden="true" />}
            <span>
              <span class="visually-hidden">
                {t(step.outcome === 'kept' ? 'price.rule_kept' : 'price.rule_passed')}{' '}
              </span>
              {step.detail}
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}

function OptionChoice({ visit, product, variant, option }: Props & { option: ProductPage['options'][number] }) {
  const { t } = visit
  const choices = valueChoices(product, variant, option.code)
  const current = choices.find((choice) => choice.selected)
  return (
    <div class="option">
      <p id={`option-${option.code}`}>
        <span class="muted">{t('product.option', { name: option.name })}</span> {current?.name}
      </p>
      <ul aria-labelledby={`option-${option.code}`}>
        {choices.map((choice) => {
          const gone = !choice.variant || !choice.exact || orderable(choice.variant) === 0
          return (
            <li key={choice.code}>
              {choice.variant ? (
                <a
                  class={gone ? 'choice gone' : 'choice'}
                  href={link(visit, 'product', { handle: product.handle }, choice.variant.options)}
                  aria-current={choice.selected ? 'true' : undefined}
                  data-island="swap"
                  data-replace
                  rel="nofollow"
                >
                  {choice.name}
                  {gone && <span class="visually-hidden"> {t('product.choice_gone')}</span>}
                </a>
              ) : (
                <span class="choice gone">{choice.name}</span>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** A file: nothing travels, and it is there as soon as it is paid for and asked for. */
function Download({ visit, variant }: { visit: Visit; variant: Variant }) {
  const { t } = visit
  const has = variant.deliverable > 0
  return (
    <p class={has ? 'way' : 'way none'}>
      <Icon name="download" />
      <span>
        <strong>{t(has ? 'product.download' : 'product.not_download')}</strong>
        <br />
        <span class="muted">{t('product.download_text')}</span>
      </span>
    </p>
  )
}

function Delivery({ visit, variant }: { visit: Visit; variant: Variant }) {
  const { t } = visit
  const has = variant.deliverable > 0
  if (variant.ahead)
    return (
      <p class="way ahead">
        <Icon name="clock" />
        <span>
          <strong>{aheadWords(visit, variant.ahead)}</strong>
          <br />
          <span class="muted">{t('ahead.terms')}</span>
        </span>
      </p>
    )
  return (
    <p class={has ? 'way' : 'way none'}>
      <Icon name="truck" />
      <span>
        <strong>{t(has ? 'product.delivered' : 'product.not_delivered')}</strong>
        <br />
        <span class="muted">
          {has && variant.deliverable <= fewUnits
            ? t('product.few_left', { count: variant.deliverable })
            : t(has ? 'product.delivery_terms' : 'product.not_delivered_text')}
        </span>
      </span>
    </p>
  )
}

function byReadiness(a: ShopAvailability, b: ShopAvailability): number {
  const has = Number(b.available > 0) - Number(a.available > 0)
  return has || (a.readyAt ?? '9').localeCompare(b.readyAt ?? '9') || a.locality.localeCompare(b.locality)
}

function Shops({ visit, variant, sites }: Props) {
  const { t } = visit
  const shops = [...variant.shops].sort(byReadiness)
  const having = shops.filter((shop) => shop.available > 0)
  const row = (shop: ShopAvailability) => <ShopStock key={shop.siteId} visit={visit} shop={shop} sites={sites} />
  if (shops.length === 0) return null
  return (
    <div class="way">
      <Icon name="shop" />
      <div>
        <strong>{having.length > 0 ? t('product.pickup') : t('product.no_pickup')}</strong>
        {having.length > 0 && <ul class="shop-stock">{shops.slice(0, shownShops).map(row)}</ul>}
        {shops.length > (having.length > 0 ? shownShops : 0) && (
          <details class="all-shops">
            <summary>{t('product.all_shops', { count: shops.length })}</summary>
            <ul class="shop-stock">{shops.slice(having.length > 0 ? shownShops : 0).map(row)}</ul>
          </details>
        )}
      </div>
    </div>
  )
}

/** “En stock à Nantes, retrait dans 2 h”. */
function ShopStock({ visit, shop, sites }: { visit: Visit; shop: ShopAvailability; sites: Site[] }) {
  const { t } = visit
  const site = sites.find((one) => one.id === shop.siteId)
  const name = <>{site ? <a href={link(visit, 'shop', { code: site.code })}>{shop.siteName}</a> : shop.siteName}</>
  if (shop.available <= 0) {
    return (
      <li class="none">
        {name} <span>{t('stock.out_of_stock')}</span>
      </li>
    )
  }
  return (
    <li>
      {name}{' '}
      <span class={shop.available <= fewUnits ? 'few' : 'has'}>
        {shop.available <= fewUnits ? t('stock.few', { count: shop.available }) : t('stock.in_stock')}
      </span>
      {shop.readyAt && (
        <span class="ready"> {t('product.ready', { when: readyWords(visit, shop.readyAt, site?.timeZone) })}</span>
      )}
    </li>
  )
}
