/** @jsxRuntime automatic @jsxImportSource preact */
import type { Cart } from '@ecluse/contracts/carts.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import type { Visit } from '../visit.ts'
import type { CheckoutValues } from './checkout-form.ts'

/** The articles of a cart that one can hold: only they are delivered or picked up. */
export const goodsOf = (cart: Cart): Cart['lines'] => cart.lines.filter((line) => !line.download)

/** Whether there is nothing but files in a cart: no address, no delivery. */
export const isDownloadsOnly = (cart: Cart): boolean => cart.lines.length > 0 && goodsOf(cart).length === 0

type Props = { visit: Visit; cart: Cart; values: CheckoutValues }

/**
 * Which files are bought, and the consent the law asks for before they are given at once: never ticked beforehand, and without it the
 * right to withdraw is kept.
 */
export function DownloadChoice({ visit, cart, values }: Props) {
  const { t, locale } = visit
  const wording = cart.downloadWording
  if (!wording) return null
  const names = cart.lines.filter((line) => line.download).map(({ name }) => name)
  return (
    <fieldset class="step" id="downloads">
      <legend>{t('checkout.downloads')}</legend>
      <p>{new Intl.ListFormat(locale).format(names)}</p>
      <label class="pick consent">
        <input
          type="checkbox"
          name="downloadNow"
          value={wording.version}
          checked={values.downloadNow === wording.version}
          aria-describedby="downloads-otherwise"
        />
        <span>{wording.statement}</span>
      </label>
      <p class="hint" id="downloads-otherwise">
        {t('checkout.downloads_otherwise', { date: formatDate(wording.availableFrom, locale, 'dayLong') })}
      </p>
    </fieldset>
  )
}
