/** @jsxRuntime automatic @jsxImportSource preact */
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LoyaltyMember, LoyaltyRule } from '@ecluse/contracts/loyalty.ts'
import { statementOf, type StatementLine } from '@ecluse/contracts/points-statement.ts'
import type { Referral } from '@ecluse/contracts/referral.ts'
import { ean13Path } from '@ecluse/ui/drawing/ean13.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { show } from '../document.tsx'
import { ErrorSummary, type FormErrors } from '../parts/field.tsx'
import { money } from '../parts/price.tsx'
import { addressOf } from '../paths.ts'
import { goTo, link, type Visit } from '../visit.ts'

/** The member's card, points, tier and what happened to them; or how to become one. */
export const loyaltyPage = (visit: Visit) => showLoyalty(visit, {})

/** Becomes a member, or turns points into a voucher. */
export async function loyaltyForm(visit: Visit) {
  const { form, locale } = visit
  const key = { idempotencyKey: (form.get('key') ?? '').slice(0, 100) || undefined }
  try {
    if (form.get('act') === 'refer')
      await visit.call(endpoints.claimReferral, { body: { code: (form.get('code') ?? '').slice(0, 20) } }, key)
    else if (form.get('act') === 'join') await visit.call(endpoints.joinMyLoyalty, { body: { locale } }, key)
    else {
      const { code } = await visit.call(
        endpoints.spendMyPoints,
        { body: { rewards: Number(form.get('rewards')) } },
        key,
      )
      // From the checkout, and back to it: the voucher is typed already.
      if (visit.query.get('next') === 'checkout')
        return await goTo(visit, link(visit, 'checkout', {}, { voucher: code }))
    }
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    if (error.problem.status === 401) return goTo(visit, link(visit, 'signIn', {}, { next: link(visit, 'loyalty') }))
    return showLoyalty(visit, { form: error.problem.detail }, error.problem.status)
  }
  return goTo(visit, link(visit, 'loyalty'))
}

/** Where one came from, if it was the checkout. */
const nextOf = ({ query }: Visit): { next?: string } => (query.get('next') === 'checkout' ? { next: 'checkout' } : {})

async function showLoyalty(visit: Visit, errors: FormErrors, status = 200) {
  const { t } = visit
  const { session } = await visit.call(endpoints.getSession)
  if (!session) return goTo(visit, link(visit, 'signIn', {}, { next: link(visit, 'loyalty') }))
  const { programme } = await visit.call(endpoints.getLoyaltyProgramme)
  const { member } = await visit.call(endpoints.getMyLoyalty)
  const referral = member ? await visit.call(endpoints.getMyReferral) : null
  return show(
    visit,
    {
      title: t('loyalty.title'),
      description: t('loyalty.title'),
      alternates: { fr: addressOf('loyalty', 'fr'), en: addressOf('loyalty', 'en') },
      indexed: false,
      personal: true,
      body: (
        <div class="account loyalty">
          <p>
            <a href={link(visit, 'account')}>{t('account.title')}</a>
          </p>
          <h1 class="editorial">{programme?.rule.name[visit.locale] ?? t('loyalty.title')}</h1>
          <ErrorSummary visit={visit} errors={errors} />
          {!programme && <p class="lead">{t('loyalty.none')}</p>}
          {programme && !member && <Invitation visit={visit} rule={programme.rule} />}
          {programme && member && <Membership visit={visit} member={member} />}
          {referral?.offered && <Friends visit={visit} referral={referral} />}
        </div>
      ),
    },
    status,
  )
}

/** The code a member hands on, what came of it, and by whose they came. */
function Friends({ visit, referral }: { visit: Visit; referral: Referral }) {
  const { t } = visit
  const { offered, code, friends, brought } = referral
  return (
    <section class="step">
      <h2>{t('loyalty.refer')}</h2>
      {offered && code && (
        <p>{t('loyalty.refer_text', { code, sponsor: offered.sponsorPoints, friend: offered.friendPoints })}</p>
      )}
      {friends.waiting + friends.rewarded > 0 && <p>{t('loyalty.refer_friends', friends)}</p>}
      {brought ? (
        <p class="muted">{t(`loyalty.refer_brought.${brought}`)}</p>
      ) : (
        <form method="post" action={link(visit, 'loyalty')} class="loyalty-spend">
          <input type="hidden" name="key" value={crypto.randomUUID()} />
          <label for="refer-code">{t('loyalty.refer_code')}</label>
          <input id="refer-code" name="code" maxLength={20} autocomplete="off" />
          <button class="button" type="submit" name="act" value="refer">
            {t('loyalty.refer_send')}
          </button>
        </form>
      )}
    </section>
  )
}

function Invitation({ visit, rule }: { visit: Visit; rule: LoyaltyRule }) {
  const { t } = visit
  const worth = money(visit, { amountMinor: rule.reward.valueMinor, currency: 'EUR' })
  return (
    <>
      <p class="lead">
        {t('loyalty.invitation', { points: rule.pointsPer100Euros, reward: rule.reward.points, worth })}
      </p>
      <form method="post" action={link(visit, 'loyalty')}>
        <input type="hidden" name="key" value={crypto.randomUUID()} />
        <button class="button primary large" type="submit" name="act" value="join">
          {t('loyalty.join')}
        </button>
      </form>
      <p class="muted">{t('loyalty.join_hint')}</p>
    </>
  )
}

function Membership({ visit, member }: { visit: Visit; member: LoyaltyMember }) {
  const { t, locale } = visit
  const { points, spendable, vouchers, movements } = member
  const [soonest] = points.expiring
  return (
    <>
      <div class="loyalty-head">
        <div>
          <p class="loyalty-balance tabular">{t('loyalty.points', { count: points.active })}</p>
          {points.pending !== 0 && <p>{t('loyalty.pending', { count: points.pending })}</p>}
          {soonest && (
            <p class="muted">
              {t('loyalty.ending', {
                count: soonest.points,
                date: formatDate(new Date(Date.parse(soonest.at) - 1).toISOString(), locale, 'dayLong'),
              })}
            </p>
          )}
          <TierLines visit={visit} member={member} />
        </div>
        <CardNumber visit={visit} number={member.cardNumber} />
      </div>
      {spendable.rewards > 0 ? (
        <form method="post" action={link(visit, 'loyalty', {}, nextOf(visit))} class="loyalty-spend">
          <input type="hidden" name="key" value={crypto.randomUUID()} />
          <label for="rewards">{t('loyalty.use')}</label>
          <select id="rewards" name="rewards">
            {Array.from({ length: Math.min(spendable.rewards, 20) }, (_, index) => index + 1).map((count) => (
              <option key={count} value={count}>
                {t('loyalty.reward', {
                  points: count * spendable.each.points,
                  amount: money(visit, {
                    amountMinor: count * spendable.each.value.amountMinor,
                    currency: spendable.each.value.currency,
                  }),
                })}
              </option>
            ))}
          </select>
          <button class="button primary" type="submit" name="act" value="spend">
            {t('loyalty.spend')}
          </button>
        </form>
      ) : (
        <p class="muted">
          {t('loyalty.not_yet', { points: spendable.each.points, amount: money(visit, spendable.each.value) })}
        </p>
      )}
      {vouchers.length > 0 && <Vouchers visit={visit} vouchers={vouchers} />}
      <h2>{t('loyalty.history')}</h2>
      {movements.length === 0 ? (
        <p>{t('loyalty.no_history')}</p>
      ) : (
        <ul class="my-orders">
          {statementOf(movements).map((line) => (
            <Movement key={line.movement.id} visit={visit} line={line} />
          ))}
        </ul>
      )}
    </>
  )
}

/** Vouchers that points were turned into. */
function Vouchers({ visit, vouchers }: { visit: Visit; vouchers: LoyaltyMember['vouchers'] }) {
  const { t, locale } = visit
  return (
    <>
      <h2>{t('loyalty.vouchers')}</h2>
      <ul class="my-orders">
        {vouchers.map((voucher) => (
          <li key={voucher.code}>
            <div>
              <h3 class="tabular">{voucher.code}</h3>
              <p class="muted">
                {t('loyalty.voucher_until', { date: formatDate(voucher.expiresAt, locale, 'dayLong') })}
              </p>
            </div>
            <p class="tabular">{money(visit, voucher.balance)}</p>
          </li>
        ))}
      </ul>
      <p class="muted">{t('loyalty.voucher_hint')}</p>
    </>
  )
}

/** The tier, how long it is held, and what it takes to keep it or to rise. */
function TierLines({ visit, member: { standing } }: { visit: Visit; member: LoyaltyMember }) {
  const { t, locale } = visit
  const { tier, heldUntil, toKeep, next, benefits } = standing
  const day = (date: string): string => formatDate(`${date}T12:00:00Z`, locale, 'dayLong')
  return (
    <>
      {tier && heldUntil && (
        <p>
          <strong>{t('loyalty.tier', { tier: tier.name[locale] })}</strong>{' '}
          {t('loyalty.until', { date: day(heldUntil) })}
        </p>
      )}
      {tier && toKeep && toKeep.missing.amountMinor > 0 && (
        <p>
          {t('loyalty.keep', {
            amount: money(visit, toKeep.missing),
            date: day(toKeep.by),
            tier: tier.name[locale],
          })}
        </p>
      )}
      {next && <p>{t('loyalty.rise', { amount: money(visit, next.missing), tier: next.name[locale] })}</p>}
      {benefits.length > 0 && (
        <ul class="loyalty-benefits">
          {benefits.map((benefit) => (
            <li key={benefit}>{t(`loyalty.benefit.${benefit}`)}</li>
          ))}
        </ul>
      )}
    </>
  )
}

/** The card as a till scans it. */
function CardNumber({ visit, number }: { visit: Visit; number: string }) {
  const { path, width } = ean13Path(number)
  return (
    <figure class="loyalty-card">
      <svg
        viewBox={`0 0 ${width} 1`}
        preserveAspectRatio="none"
        width="226"
        height="72"
        role="img"
        aria-label={visit.t('loyalty.card', { number })}
        shape-rendering="crispEdges"
      >
        <path d={path} fill="#000" />
      </svg>
      <figcaption class="tabular">{number}</figcaption>
    </figure>
  )
}

/** Why points moved; of a purchase, what became of them. */
function reasonOf({ t, locale }: Visit, { movement: { cause }, purchase }: StatementLine): string {
  if (!purchase || purchase.state === 'waiting') return t(`loyalty.cause.${cause}`)
  if (purchase.state === 'gone') return t('loyalty.purchase')
  return t('loyalty.purchase.active', { date: formatDate(purchase.since, locale, 'dayLong') })
}

function Movement({ visit, line }: { visit: Visit; line: StatementLine }) {
  const { t, locale } = visit
  const { active, pending, order, partner, at, note } = line.movement
  const reason = reasonOf(visit, line)
  return (
    <li>
      <div>
        <h3>
          {order ? (
            <a href={link(visit, 'order', { orderId: order.id })}>{t('order.title', { number: order.number })}</a>
          ) : (
            reason
          )}
        </h3>
        <p class="muted">
          {[order && reason, partner, formatDate(at, locale, 'dayLong'), note].filter(Boolean).join(' · ')}
        </p>
      </div>
      <p class="tabular">{t('loyalty.change', { count: active === 0 ? pending : active })}</p>
    </li>
  )
}
