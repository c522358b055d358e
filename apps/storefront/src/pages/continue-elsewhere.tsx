/** @jsxRuntime automatic @jsxImportSource preact */
import type { Cart } from '@ecluse/contracts/carts.ts'
import type { Pass } from '@ecluse/contracts/passes.ts'
import { Icon } from '../parts/icon.tsx'
import { PassCard } from '../parts/pass-card.tsx'
import { link, type Visit } from '../visit.ts'

/** “Continue elsewhere”: the pass, or the way to it, and putting aside in a shop. */
export function ContinueElsewhere(props: { visit: Visit; cart: Cart; pass: Pass | undefined; tryable: boolean }) {
  const { visit, cart, pass, tryable } = props
  const { t } = visit
  const shops = cart.deliveryOptions.filter((option) => option.method === 'pickup' && option.possible)
  const held = cart.lines.some((line) => line.heldUntil !== null)
  return (
    <section class="card continue" aria-labelledby="continue-title" id="continue">
      <h2 id="continue-title">
        <Icon name="phone" /> {t('pass.title')}
      </h2>
      {pass ? (
        <PassCard visit={visit} pass={pass} />
      ) : (
        <form method="post" action={`${link(visit, 'cartPass')}#continue`}>
          <p class="muted">{t('pass.help')}</p>
          <button class="button" type="submit">
            {t('pass.make')}
          </button>
        </form>
      )}
      {shops.length > 0 && !held && !cart.quote && (
        <form method="post" action={`${link(visit, 'cartHold')}#continue`} class="hold-form">
          <label for="hold-site">{t('pass.hold_in')}</label>
          <select id="hold-site" name="siteId">
            {shops.map((shop) => (
              <option key={shop.siteId} value={shop.siteId ?? ''}>
                {shop.siteName}
              </option>
            ))}
          </select>
          <button class="button" type="submit">
            {t('pass.hold')}
          </button>
        </form>
      )}
      {tryable && !cart.quote && (
        <p class="try-link">
          <a class="button" href={link(visit, 'tryOn')}>
            {t('try.link')}
          </a>
          <span class="muted">{t('try.link_help')}</span>
        </p>
      )}
    </section>
  )
}
