import { useCallback, useEffect, useEffectEvent, useReducer, useRef, useState } from 'react'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { journeyGraphSchema, type JourneyGraph } from '@ecluse/contracts/journey-graph.ts'
import { journeySettingsSchema, type Journey, type JourneySettings } from '@ecluse/contracts/journeys.ts'
import { apiQuery, call, queryClient, refresh } from '@ecluse/ui/staff/api.ts'
import { changed, historyOf, redone, undone, type History } from '../common/history.ts'

/** What of a journey is written here. */
export type JourneyDraft = { name: string; description: string; graph: JourneyGraph; settings: JourneySettings }

/** `unfinished`: a field is to be filled in before it can be kept. `conflict`: somebody else changed it meanwhile. */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'unfinished' | 'conflict' | 'failed'

export type DraftDesk = {
  draft: JourneyDraft
  history: History<JourneyDraft>
  state: SaveState
  problem: unknown
  set: (patch: Partial<JourneyDraft>, tag?: string | null) => void
  undo: () => void
  redo: () => void
  /** Keeps what is here at once; resolves to the revision, or null when it could not be kept. */
  saveNow: () => Promise<number | null>
  /** After a conflict: what somebody else wrote, or what is here in its place. */
  takeTheirs: () => Promise<void>
  keepMine: () => Promise<void>
}

const restMs = 800

type Act = { type: 'set'; patch: Partial<JourneyDraft>; tag: string | null } | { type: 'undo' | 'redo' } | Start
type Start = { type: 'start'; draft: JourneyDraft }

function next(history: History<JourneyDraft>, act: Act): History<JourneyDraft> {
  switch (act.type) {
    case 'set':
      return changed(history, { ...history.now, ...act.patch }, act.tag)
    case 'undo':
      return undone(history)
    case 'redo':
      return redone(history)
    case 'start':
      return historyOf(act.draft)
  }
}

function draftOf({ name, description, graph, settings }: Journey): JourneyDraft {
  return { name, description, graph, settings }
}

/** Whether it can be kept as it stands; a field may be empty while one writes. */
function isWhole({ name, graph, settings }: JourneyDraft): boolean {
  return (
    name.trim() !== '' &&
    journeyGraphSchema.safeParse(graph).success &&
    journeySettingsSchema.safeParse(settings).success
  )
}

type Save = { state: SaveState; problem: unknown }

/** Keeping a draft on the server: one call at a time, of what is there when it begins. */
function useSaving(journey: Journey, now: JourneyDraft) {
  const [save, setSave] = useState<Save>({ state: 'saved', problem: null })
  // What the server has; refs, because a call that comes back must see what was typed during it.
  const kept = useRef({ draft: now, revision: journey.revision })
  const latest = useRef(now)
  const running = useRef<Promise<number | null> | null>(null)
  useEffect(() => {
    latest.current = now
  }, [now])

  const remember = useCallback((answer: Journey, draft: JourneyDraft) => {
    kept.current = { draft, revision: answer.revision }
    const { queryKey } = apiQuery(endpoints.getJourney, { params: { journeyId: answer.id } })
    queryClient.setQueryData(queryKey, answer)
    setSave({ state: latest.current === draft ? 'saved' : 'unsaved', problem: null })
  }, [])

  const send = useCallback(async (): Promise<number | null> => {
    await running.current
    const draft = latest.current
    if (draft === kept.current.draft) return kept.current.revision
    if (!isWhole(draft)) {
      setSave({ state: 'unfinished', problem: null })
      return null
    }
    setSave({ state: 'saving', problem: null })
    try {
      const body = { ...draft, name: draft.name.trim(), revision: kept.current.revision }
      const answer = await call(endpoints.updateJourney, { params: { journeyId: journey.id }, body })
      remember(answer, draft)
      return answer.revision
    } catch (problem) {
      const conflict = problem instanceof ApiError && problem.problem.status === 409
      setSave({ state: conflict ? 'conflict' : 'failed', problem })
      return null
    }
  }, [journey.id, remember])

  const saveNow = useCallback((): Promise<number | null> => {
    running.current = send()
    return running.current
  }, [send])
  const isKept = useCallback((draft: JourneyDraft) => draft === kept.current.draft, [])
  const isNewer = useCallback((theirs: Journey) => theirs.revision > kept.current.revision, [])
  /** From here on, what is written here comes after what they wrote. */
  const follow = useCallback((theirs: Journey) => {
    kept.current = { ...kept.current, revision: theirs.revision }
  }, [])
  const take = useCallback(
    (theirs: Journey, draft: JourneyDraft) => {
      latest.current = draft
      remember(theirs, draft)
    },
    [remember],
  )
  return { ...save, setSave, saveNow, isKept, isNewer, follow, take }
}

/**
 * A journey's draft: changed, taken back, and kept by itself when typing rests. One call at a time; a draft that somebody else
 * changed meanwhile is not overwritten before one has said so.
 */
export function useDraft(journey: Journey): DraftDesk {
  const [history, act] = useReducer(next, journey, (start) => historyOf(draftOf(start)))
  const saving = useSaving(journey, history.now)
  const { state, problem, saveNow } = saving
  const read = () => call(endpoints.getJourney, { params: { journeyId: journey.id } })
  const take = (theirs: Journey) => {
    const draft = draftOf(theirs)
    act({ type: 'start', draft })
    saving.take(theirs, draft)
  }
  // What somebody else kept while nothing was written here.
  const followOthers = useEffectEvent(() => {
    if (saving.isNewer(journey) && saving.isKept(history.now)) take(journey)
  })
  useEffect(() => followOthers(), [journey.revision])
  useAutosave(history.now, saving)

  return {
    draft: history.now,
    history,
    state,
    problem,
    set: (patch, tag = null) => act({ type: 'set', patch, tag }),
    undo: () => act({ type: 'undo' }),
    redo: () => act({ type: 'redo' }),
    saveNow,
    takeTheirs: async () => {
      take(await read())
      await refresh('/journeys')
    },
    keepMine: async () => {
      saving.follow(await read())
      await saveNow()
    },
  }
}

/** Saves when typing rests, and warns whoever closes the window before. */
function useAutosave(draft: JourneyDraft, saving: ReturnType<typeof useSaving>): void {
  const { state, setSave, saveNow, isKept } = saving
  const save = useEffectEvent(() => {
    if (state !== 'conflict') void saveNow()
  })
  const note = useEffectEvent((): boolean => {
    const same = isKept(draft)
    if (state !== 'conflict') setSave({ state: same ? 'saved' : 'unsaved', problem: null })
    return !same
  })
  useEffect(() => {
    if (!note()) return
    const timer = setTimeout(() => save(), restMs)
    return () => clearTimeout(timer)
  }, [draft])
  // Who goes to another page leaves nothing unsaved behind.
  useEffect(() => () => void saveNow(), [saveNow])
  const unsaved = state !== 'saved'
  useEffect(() => {
    if (!unsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [unsaved])
}
