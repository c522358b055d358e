import { useMemo, useState, type ReactNode } from 'react'
import { Alert, Button, Group } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconDeviceFloppy, IconHistory } from '@tabler/icons-react'
import { productInputSchema, type Product } from '@ecluse/contracts/catalog.ts'
import { ApiError } from '@ecluse/contracts/client.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { errorsOf } from '../common/field-errors.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { inputOf, type Draft } from './draft.ts'
import { FindingPart } from './finding-part.tsx'
import { MediaPart } from './media-part.tsx'
import { fieldOfRefusal } from './refusal-fields.ts'
import { SellingPart } from './selling-part.tsx'
import { SortingPart } from './sorting-part.tsx'
import { TextsPart } from './texts-part.tsx'
import type { DraftState } from './use-draft.ts'
import { VariantsPart } from './variants-part.tsx'

/** Everything of a product that can be edited. Errors stand beside their fields once saving was tried. */
export function ProductEditor({
  state,
  readOnly,
  save,
  onSaved,
  files,
}: {
  /** What buyers are given of a product to download. */
  files?: ReactNode
  state: DraftState
  readOnly: boolean
  /** @throws ApiError */
  save: (input: (typeof productInputSchema)['_output']) => Promise<Product>
  onSaved: (product: Product) => void
}) {
  const t = useT()
  const { draft, change, dirty, resumed, discard } = state
  const { errors, problem, busy, submit } = useSaving(draft, save, onSaved)
  const trySave = () => {
    if (!readOnly && !busy) void submit()
  }
  useHotkeys([['mod+S', trySave]], [])
  const part = { draft, change, errors }
  const takeBack = () => {
    const thrown = discard()
    tellDone(t('product.draft.discarded'), { label: t('app.undo'), run: () => change(thrown) })
  }
  const count = Object.keys(errors).length
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        trySave()
      }}
    >
      <div className="bo-stack">
        {resumed && <DraftResumed onDiscard={takeBack} />}
        <FormProblem error={problem ?? (count > 0 ? new Error(t('product.errors', { count })) : null)} />
        <fieldset disabled={readOnly} className="bo-bare">
          <div className="bo-grid-2">
            <div className="bo-stack">
              <TextsPart {...part} />
              <MediaPart {...part} />
              <VariantsPart {...part} />
              {files}
            </div>
            <div className="bo-stack">
              <SellingPart {...part} />
              <SortingPart {...part} />
              <FindingPart {...part} />
            </div>
          </div>
        </fieldset>
      </div>
      {!readOnly && <SaveBar dirty={dirty} busy={busy} onDiscard={resumed ? undefined : takeBack} />}
    </form>
  )
}

/** Says that changes made on this device earlier were found again. */
function DraftResumed({ onDiscard }: { onDiscard: () => void }) {
  const t = useT()
  return (
    <Alert icon={<IconHistory aria-hidden />} title={t('product.draft.resumed')}>
      <Group gap="sm">
        {t('product.draft.resumed.help')}
        <Button size="compact-sm" variant="default" onClick={onDiscard}>
          {t('product.draft.discard')}
        </Button>
      </Group>
    </Alert>
  )
}

/** Stays in sight under a long form: whether it is saved, and how to save it. */
function SaveBar({ dirty, busy, onDiscard }: { dirty: boolean; busy: boolean; onDiscard: (() => void) | undefined }) {
  const t = useT()
  return (
    <div className="bo-savebar" data-dirty={dirty || undefined}>
      <span role="status">{dirty ? t('product.unsaved') : t('product.saved')}</span>
      {dirty && onDiscard && (
        <Button variant="subtle" color="gray" onClick={onDiscard}>
          {t('product.draft.discard')}
        </Button>
      )}
      <Button type="submit" loading={busy} disabled={!dirty} leftSection={<IconDeviceFloppy size={16} aria-hidden />}>
        {t('app.save')}
      </Button>
    </div>
  )
}

function useSaving(
  draft: Draft,
  save: (input: (typeof productInputSchema)['_output']) => Promise<Product>,
  onSaved: (product: Product) => void,
) {
  const t = useT()
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<{ error: unknown; draft: Draft } | null>(null)
  const found = useMemo(() => {
    if (!tried) return {}
    const checked = productInputSchema.safeParse(inputOf(draft))
    return checked.success ? {} : errorsOf(checked.error, t)
  }, [tried, draft, t])
  // A refusal of the server stands until the draft changes.
  const current = refusal?.draft === draft ? refusal.error : null
  const refused = current instanceof ApiError ? fieldOfRefusal(current, draft) : {}
  async function submit(): Promise<void> {
    setTried(true)
    setRefusal(null)
    const checked = productInputSchema.safeParse(inputOf(draft))
    if (!checked.success) return focusFirstError()
    setBusy(true)
    try {
      const product = await save(checked.data)
      setTried(false)
      onSaved(product)
    } catch (error) {
      setRefusal({ error, draft })
      focusFirstError()
    } finally {
      setBusy(false)
    }
  }
  const problem = Object.keys(refused).length > 0 ? null : current
  return { errors: { ...found, ...refused }, problem, busy, submit }
}

/** Two frames on, the errors are drawn; the first field that has one gets the focus. */
function focusFirstError(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const field = document.querySelector<HTMLElement>('form [aria-invalid="true"]')
      field?.focus()
      field?.scrollIntoView({ block: 'center' })
    }),
  )
}
