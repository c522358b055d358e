import { useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LoyaltyMember } from '@ecluse/contracts/loyalty.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { call, messageOf } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import type { Basket } from './basket.ts'
import { changeBasket, readBasket } from './basket-store.ts'
import { chosenAgain } from './home-delivery.ts'
import { JoinLoyalty } from './join-loyalty.tsx'
import type { SpentVoucher } from './voucher-line.tsx'

/** A sale takes one voucher: the first few are enough to choose from. */
const mostVouchers = 3

type Props = { basket: Basket; total: number; onSpend: (voucher: SpentVoucher) => void }

/** The loyalty card of who buys: the sale will be theirs. Shows their tier and points, and turns points into money here. */
export function LoyaltyLine({ basket, total, onSpend }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const { site, channelCode } = useShop()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [joining, setJoining] = useState(false)
  const card = basket.card ?? null
  const keep = (member: LoyaltyMember | null): void => {
    changeBasket(site.id, (now) => ({ ...now, card: member }))
    setJoining(false)
    setTyped('')
    if (basket.delivery?.choice) void carryAgain()
  }
  // What carriage costs depends on whose card it is.
  const carryAgain = async (): Promise<void> => {
    try {
      const choice = await chosenAgain(readBasket(site.id), channelCode)
      changeBasket(site.id, (now) => (now.delivery ? { ...now, delivery: { ...now.delivery, choice } } : now))
    } catch (error) {
      setProblem(messageOf(error))
    }
  }
  const find = async (): Promise<void> => {
    setProblem(null)
    try {
      keep(await call(endpoints.findLoyaltyCard, { body: { cardNumber: typed, channelCode, locale } }))
    } catch (error) {
      setProblem(messageOf(error))
    }
  }
  if (joining) return <JoinLoyalty onJoined={keep} onCancel={() => setJoining(false)} />
  if (card) return <ShownCard card={card} total={total} onSpend={onSpend} onMember={keep} />
  return (
    <div className="pos-row pos-loyalty">
      <TextInput
        className="pos-grow"
        size="md"
        label={t('loyalty.card')}
        maxLength={40}
        autoComplete="off"
        value={typed}
        error={problem}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setProblem(null)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          // A scanner ends with Enter: it looks at the card, it does not make the sale.
          event.preventDefault()
          void find()
        }}
      />
      <Button
        size="md"
        variant="default"
        className="pos-end"
        disabled={typed.trim().length < 4}
        onClick={() => void find()}
      >
        {t('loyalty.find')}
      </Button>
      <Button size="md" variant="subtle" className="pos-end" onClick={() => setJoining(true)}>
        {t('loyalty.join')}
      </Button>
    </div>
  )
}

/** Whose card it is, and what may pay of it. */
function ShownCard(props: {
  card: LoyaltyMember
  total: number
  onSpend: (voucher: SpentVoucher) => void
  onMember: (member: LoyaltyMember | null) => void
}) {
  const t = useT()
  const { locale } = useLocale()
  const { card, total, onSpend } = props
  return (
    <div className="pos-row pos-loyalty">
      <p className="pos-grow" role="status">
        <strong>{card.name || card.cardNumber}</strong>
        {card.standing.tier && ` · ${card.standing.tier.name[locale]}`}
        {` · ${t('loyalty.points', { count: card.points.active })}`}
      </p>
      <SpendPoints member={card} total={total} onSpend={onSpend} onMember={props.onMember} />
      {card.vouchers.slice(0, mostVouchers).map(({ code, balance }) => (
        <Button
          key={code}
          size="md"
          variant="default"
          onClick={() => {
            const coversMinor = Math.min(balance.amountMinor, total)
            onSpend({ code, coversMinor, leftMinor: balance.amountMinor - coversMinor })
          }}
        >
          {t('loyalty.voucher', { amount: formatMoney(balance, locale) })}
        </Button>
      ))}
      <Button size="md" variant="subtle" onClick={() => props.onMember(null)}>
        {t('loyalty.remove')}
      </Button>
    </div>
  )
}

/** As many rewards as the sale can take: their voucher pays at once. */
function SpendPoints(props: {
  member: LoyaltyMember
  total: number
  onSpend: (voucher: SpentVoucher) => void
  onMember: (member: LoyaltyMember) => void
}) {
  const t = useT()
  const { locale } = useLocale()
  const { member, total } = props
  const { rewards, each } = member.spendable
  const wanted = Math.min(rewards, Math.ceil(total / each.value.amountMinor), 1_000)
  const spend = useAct({
    act: async (body: { cardNumber: string; rewards: number }, key) => {
      const voucher = await call(endpoints.spendLoyaltyCard, { body }, { idempotencyKey: key })
      const after = await call(endpoints.findLoyaltyCard, { body: { cardNumber: body.cardNumber, locale } })
      return { voucher, after }
    },
    touches: ['/loyalty'],
    onDone: ({ voucher, after }) => {
      const { amountMinor } = voucher.balance
      const coversMinor = Math.min(amountMinor, total)
      props.onMember(after)
      props.onSpend({ code: voucher.code, coversMinor, leftMinor: amountMinor - coversMinor })
    },
  })
  if (wanted < 1) return null
  const amount = formatMoney({ ...each.value, amountMinor: wanted * each.value.amountMinor }, locale)
  return (
    <Button
      size="md"
      variant="default"
      loading={spend.isPending}
      onClick={() => spend.mutate({ cardNumber: member.cardNumber, rewards: wanted })}
    >
      {t('loyalty.spend', { points: wanted * each.points, amount })}
    </Button>
  )
}
