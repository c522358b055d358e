import { useState } from 'react'
import { Button, Group, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LoyaltyMember } from '@ecluse/contracts/loyalty.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { call, messageOf } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'

/** Gives a card at the counter: a name, and an e-mail or a telephone to be found by. */
export function JoinLoyalty(props: { onJoined: (member: LoyaltyMember) => void; onCancel: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const { channelCode } = useShop()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [phone, setPhone] = useState('')
  const body = { name: name.trim(), email: email.trim() || null, phone: phone.trim() || null, channelCode, locale }
  const join = useAct({
    act: (_: void, key) => call(endpoints.joinLoyaltyAtTill, { body }, { idempotencyKey: key }),
    touches: ['/loyalty'],
    quiet: true,
    done: () => t('loyalty.joined'),
    onDone: (member) => props.onJoined(member),
  })
  const ready = name.trim() !== '' && (email.trim() !== '' || phone.trim() !== '')
  return (
    <form
      noValidate
      aria-label={t('loyalty.join')}
      className="pos-pay"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) join.mutate()
      }}
    >
      <TextInput
        size="md"
        label={t('customer.name')}
        required
        maxLength={120}
        autoComplete="off"
        data-autofocus
        value={name}
        error={join.isError ? messageOf(join.error) : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        size="md"
        type="email"
        label={t('customer.email')}
        description={t('loyalty.reach')}
        maxLength={254}
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <TextInput
        size="md"
        type="tel"
        label={t('loyalty.phone')}
        maxLength={30}
        autoComplete="off"
        value={phone}
        onChange={(event) => setPhone(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button size="md" variant="default" onClick={props.onCancel}>
          {t('app.cancel')}
        </Button>
        <Button size="md" type="submit" disabled={!ready} loading={join.isPending}>
          {t('loyalty.join')}
        </Button>
      </Group>
    </form>
  )
}
