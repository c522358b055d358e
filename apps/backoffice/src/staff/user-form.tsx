import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { User } from '@ecluse/contracts/access.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { useSession } from '@ecluse/ui/staff/session.tsx'
import { tellDone, tellRefusal } from '@ecluse/ui/staff/toasts.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { FormEnd } from '../common/form-end.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { Section } from '../common/section.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { RoleFields } from './role-fields.tsx'

/** Someone who is no administrator works somewhere. */
const schema = endpoints.updateUser.body.refine(({ siteIds }) => siteIds == null || siteIds.length > 0, {
  path: ['siteIds'],
})

const update = (
  user: User,
  body: { name?: string; role?: User['role']; siteIds?: string[] | null; active?: boolean },
) => call(endpoints.updateUser, { params: { userId: user.id }, body })

/** The role and shops of someone, and whether they may sign in. One's own account is left to others. */
export function UserForm({ user }: { user: User }) {
  const t = useT()
  const own = useSession().accountId === user.id
  const before = { name: user.name, role: user.role, siteIds: user.siteIds }
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: before,
    schema,
    send: (body) => update(user, body),
    onDone: (saved) => {
      tellDone(t('users.saved', { name: saved.name }), {
        label: t('app.undo'),
        run: () => void update(user, before).then(() => refresh('/users'), tellRefusal),
      })
      void refresh('/users')
    },
  })
  const toggle = useAct({
    act: () => update(user, { active: !user.active }),
    touches: ['/users'],
    done: ({ active, name }) => (active ? t('users.reactivated', { name }) : t('users.deactivated', { name })),
    undo: () => update(user, { active: user.active }),
  })
  return (
    <>
      <Section title={t('users.about')}>
        <form noValidate onSubmit={submit}>
          <Stack gap="md">
            <FormProblem error={problem} />
            <TextInput label={t('customers.name')} autoComplete="off" {...form.getInputProps('name')} />
            <RoleFields
              role={form.values.role}
              siteIds={form.values.siteIds}
              siteError={form.errors['siteIds'] && t('users.sites.missing')}
              onChange={(patch) => form.setValues(patch)}
            />
            <Group justify="flex-end">
              <Button type="submit" loading={busy}>
                {t('app.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Section>
      {own ? (
        <p className="bo-line bo-quiet">{t('users.own')}</p>
      ) : (
        <Section title={t('users.access')}>
          <Stack gap="md" align="flex-start">
            <p className="bo-line">{user.active ? t('users.active.help') : t('users.inactive.help')}</p>
            <Button variant="default" loading={toggle.isPending} onClick={() => toggle.mutate()}>
              {user.active ? t('users.deactivate') : t('users.reactivate')}
            </Button>
            <NewPassword user={user} />
          </Stack>
        </Section>
      )}
    </>
  )
}

/** Another password for someone who lost theirs; it is told to them by voice, and they change it. */
function NewPassword({ user }: { user: User }) {
  const t = useT()
  const [opened, { open, close }] = useDisclosure(false)
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { password: '' },
    schema: endpoints.updateUser.body.required({ password: true }),
    send: ({ password }) => call(endpoints.updateUser, { params: { userId: user.id }, body: { password } }),
    onDone: () => {
      tellDone(t('users.password.done', { name: user.name }))
      form.reset()
      close()
    },
  })
  if (!opened) {
    return (
      <Button variant="default" onClick={open}>
        {t('users.password.reset')}
      </Button>
    )
  }
  return (
    <form noValidate onSubmit={submit} className="bo-full">
      <Stack gap="sm">
        <FormProblem error={problem} />
        <PasswordInput
          label={t('users.password')}
          description={t('users.password.help')}
          autoComplete="new-password"
          autoFocus
          visibilityToggleButtonProps={{ 'aria-label': t('door.password.show'), tabIndex: 0 }}
          {...form.getInputProps('password')}
        />
        <FormEnd onCancel={close} busy={busy} label={t('account.password.save')} />
      </Stack>
    </form>
  )
}
