import { useState } from 'react'
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { CustomerTraits, Declaration } from '@ecluse/contracts/traits.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { useCategoryChoices } from '../loyalty/choices.ts'
import { useSites } from '../network/use-channels.ts'
import { CategoriesSelect } from '../segments/categories-select.tsx'

/** What a customer says of themself, on the telephone or in a shop: it counts instead of what is computed. */
export function DeclareDialog(props: { customerId: string; data: CustomerTraits; onClose: () => void }) {
  const t = useT()
  const { customerId, data, onClose } = props
  const categories = useCategoryChoices()
  const shops = useSites().filter(({ kind }) => kind === 'shop')
  const [said, setSaid] = useState<Declaration>({
    interests: data.said?.interests ?? [],
    sizes: data.said?.sizes ?? [],
    shopCode: data.said?.shopCode ?? null,
  })
  const known = data.traits.filter(({ kind }) => kind === 'size').map(({ key }) => key)
  const [more, setMore] = useState<string[]>([])
  const sized = [...new Set([...known, ...said.sizes.map(({ categoryCode }) => categoryCode), ...more])]
  const save = useAct({
    act: () => {
      const sizes = said.sizes.filter(({ value }) => value.trim() !== '')
      return call(endpoints.declareForCustomer, { params: { customerId }, body: { ...said, sizes } })
    },
    touches: [`/customers/${customerId}/traits`],
    done: () => t('traits.saved'),
    onDone: onClose,
  })
  const setSize = (categoryCode: string, value: string) =>
    setSaid((before) => ({
      ...before,
      sizes: [...before.sizes.filter((one) => one.categoryCode !== categoryCode), { categoryCode, value }],
    }))
  return (
    <Modal opened onClose={onClose} title={t('traits.edit')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <Stack gap="md">
        <Text>{t('traits.edit.help')}</Text>
        <CategoriesSelect chosen={said.interests} onChange={(interests) => setSaid({ ...said, interests })} />
        {sized.map((code) => (
          <TextInput
            key={code}
            label={t('traits.size.of', { category: categories.find(({ value }) => value === code)?.label ?? code })}
            maxLength={20}
            value={said.sizes.find(({ categoryCode }) => categoryCode === code)?.value ?? ''}
            onChange={(event) => setSize(code, event.currentTarget.value)}
          />
        ))}
        <Select
          label={t('traits.size.add')}
          data={categories.filter(({ value }) => !sized.includes(value))}
          searchable
          value={null}
          onChange={(code) => code && setMore([...more, code])}
        />
        <Select
          label={t('traits.shop')}
          placeholder={t('traits.shop.none')}
          data={shops.map(({ code, name }) => ({ value: code, label: name }))}
          clearable
          value={said.shopCode}
          onChange={(shopCode) => setSaid({ ...said, shopCode })}
        />
        <Group justify="flex-end">
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            {t('traits.edit.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
