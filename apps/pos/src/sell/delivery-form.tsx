import { useState, type FormEvent } from 'react'
import { Alert, Button, Group, Loader, Modal, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { emailSchema } from '@ecluse/contracts/scalars.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { messageOf } from '@ecluse/ui/staff/api.ts'
import { GiftChoice } from '@ecluse/ui/staff/gift-choice.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import type { Basket, DeliveryChoice, HomeDelivery } from './basket.ts'
import { changeBasket } from './basket-store.ts'
import { offerHomeDelivery, type HomeDeliveryOffer } from './home-delivery.ts'

type Fields = Omit<HomeDelivery, 'choice' | 'gift'>
const fields = ['name', 'email', 'phone', 'street', 'postalCode', 'locality'] as const
const most = { name: 120, email: 254, phone: 30, street: 200, postalCode: 5, locality: 120 }

/** Where what is on the counter is brought, and how: by parcel, or in a window of two hours. */
export function DeliveryForm({ basket, onClose }: { basket: Basket; onClose: () => void }) {
  const t = useT()
  const { site, channelCode } = useShop()
  const known = basket.delivery
  const form = useAddressForm(basket)
  const [choice, setChoice] = useState<DeliveryChoice | null>(known?.choice ?? null)
  const [gift, setGift] = useState((known ? known.gift : basket.proposedGift) ?? null)
  const { postalCode } = form.values
  const offer = useQuery({
    queryKey: ['home-delivery', basket.key, basket.lines.map((line) => [line.variantId, line.quantity]), postalCode],
    queryFn: () => offerHomeDelivery(basket, channelCode, postalCode),
    enabled: /^\d{5}$/.test(postalCode),
    retry: false,
    gcTime: 0,
  })
  const set = (delivery: HomeDelivery | null): void => {
    changeBasket(site.id, (now) => ({ ...now, delivery }))
    onClose()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (form.validate().hasErrors || choice === null) return
    set({ ...trimmed(form.values), choice, gift })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('home.title')}
      closeButtonProps={{ 'aria-label': t('app.close'), size: 'lg' }}
    >
      <form noValidate className="pos-home" onSubmit={submit}>
        <div className="pos-home-fields">
          {fields.map((field) => (
            <TextInput
              key={field}
              size="md"
              label={t(`home.${field}`)}
              autoComplete="off"
              data-autofocus={field === 'name' || undefined}
              data-wide={field === 'street' || undefined}
              type={field === 'email' ? 'email' : field === 'phone' ? 'tel' : 'text'}
              inputMode={field === 'postalCode' ? 'numeric' : undefined}
              {...form.getInputProps(field)}
            />
          ))}
        </div>
        {offer.isFetching && <Loader aria-label={t('home.asking')} />}
        {offer.error && (
          <Alert color="red" role="alert" icon={<IconAlertCircle aria-hidden />}>
            {messageOf(offer.error)}
          </Alert>
        )}
        {offer.data && !offer.isFetching && <Choices offer={offer.data} value={choice} onChange={setChoice} />}
        <GiftChoice size="md" gift={gift} onChange={setGift} />
        <Group justify="flex-end">
          {known && (
            <Button size="md" variant="default" onClick={() => set(null)}>
              {t('home.carryOut')}
            </Button>
          )}
          <Button size="md" type="submit" disabled={choice === null}>
            {t('home.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

function useAddressForm({ delivery, customer }: Basket) {
  const t = useT()
  const initial = delivery ?? { ...empty, name: customer?.name ?? '', email: customer?.email ?? '' }
  const needed = (text: string): string | null => (text.trim() === '' ? t('home.needed') : null)
  return useForm<Fields>({
    initialValues: Object.fromEntries(fields.map((field) => [field, initial[field]])) as Fields,
    validate: {
      name: (text) => tooLong(t, text, most.name) ?? needed(text),
      email: (text) => (emailSchema.safeParse(text.trim()).success ? null : t('door.email.invalid')),
      phone: (text) => tooLong(t, text, most.phone),
      street: (text) => tooLong(t, text, most.street) ?? needed(text),
      postalCode: (text) => (/^\d{5}$/.test(text.trim()) ? null : t('home.postalCode.invalid')),
      locality: (text) => tooLong(t, text, most.locality) ?? needed(text),
    },
  })
}

const empty: Fields = { name: '', email: '', phone: '', street: '', postalCode: '', locality: '' }

function tooLong(t: ReturnType<typeof useT>, text: string, count: number): string | null {
  return text.trim().length > count ? t('home.long', { count }) : null
}

function trimmed(values: Fields): Fields {
  return Object.fromEntries(fields.map((field) => [field, values[field].trim()])) as Fields
}

type ChoicesProps = {
  offer: HomeDeliveryOffer
  value: DeliveryChoice | null
  onChange: (choice: DeliveryChoice) => void
}

function Choices({ offer: { parcel, days }, value, onChange }: ChoicesProps) {
  const t = useT()
  const { locale } = useLocale()
  if (!parcel && days.length === 0) return <p role="status">{t('home.none')}</p>
  return (
    <div className="pos-home-ways">
      {parcel && (
        <fieldset className="pos-home-day">
          <legend>{t('home.parcel')}</legend>
          <Choice
            choice={parcel}
            words={t('home.arrives', { day: formatDate(parcel.until, locale, 'weekday') })}
            {...{ value, onChange }}
          />
        </fieldset>
      )}
      {days.map(({ date, choices }) => (
        <fieldset key={date} className="pos-home-day">
          <legend>{formatDate(`${date}T12:00:00Z`, locale, 'weekday')}</legend>
          {choices.map((choice) => (
            <Choice
              key={choice.windowId}
              choice={choice}
              words={t('home.hours', {
                from: formatDate(choice.from, locale, 'time'),
                until: formatDate(choice.until, locale, 'time'),
              })}
              {...{ value, onChange }}
            />
          ))}
        </fieldset>
      ))}
    </div>
  )
}

type ChoiceProps = Omit<ChoicesProps, 'offer'> & { choice: DeliveryChoice; words: string }

function Choice({ choice, words, value, onChange }: ChoiceProps) {
  const chosen = value !== null && value.windowId === choice.windowId
  return (
    <label className="pos-home-choice">
      <input
        type="radio"
        name="home-delivery"
        className="visually-hidden"
        checked={chosen}
        onChange={() => onChange(choice)}
      />
      <span>{words}</span>
      <Money value={{ amountMinor: choice.feeMinor, currency: 'EUR' }} />
    </label>
  )
}
