import { command } from '../kernel/command.ts'
import { terminalLocale } from '../kernel/config.ts'
import { systemContext } from '../kernel/context.ts'
import { text } from '../kernel/messages.ts'
import { readSetting, writeSetting } from '../kernel/settings.ts'
import { listChannels, listSites } from '../modules/channels/public.ts'
import { changeMinds } from './change-minds.ts'
import { countFigures } from './count-figures.ts'
import { countShelves } from './count-shelves.ts'
import { deliverInWindows } from './deliver-in-windows.ts'
import type { DemoAccount } from './demo-accounts.ts'
import { createSetClock, type DemoHost } from './demo-host.ts'
import { historyDays, type DemoStage, type DemoState } from './demo-stage.ts'
import { liveThrough } from './history.ts'
import { openCompany } from './open-company.ts'
import { giveAdvisers } from './give-advisers.ts'
import { followLots } from './follow-lots.ts'
import { hirePeople } from './hire-people.ts'
import { activatePoints, openLoyalty } from './open-loyalty.ts'
import { openDrive } from './open-drive.ts'
import { orderInParts } from './order-in-parts.ts'
import { orderFromSuppliers } from './order-from-suppliers.ts'
import { reserveToTry } from './reserve-to-try.ts'
import { sendTransfers } from './send-transfers.ts'
import { serveCompanies } from './serve-companies.ts'
import { keepSegments } from './keep-segments.ts'
import { rememberPurchases } from './remember-purchases.ts'
import { rememberSales } from './remember-sales.ts'
import { sellAhead } from './sell-ahead.ts'
import { sellFiles } from './sell-files.ts'
import { stockShelves } from './stock-shelves.ts'
import { studyOutlets } from './study-outlets.ts'
import { takeAppointments } from './take-appointments.ts'
import { rememberForgotten } from './remember-forgotten.ts'
import { writeTemplates } from './write-templates.ts'
import { askRights } from './ask-rights.ts'
import { teachTeam } from './teach-team.ts'
import { tryShelves } from './try-shelves.ts'
import { writeQuotes } from './write-quotes.ts'
import { writeCatalogue } from './write-catalogue.ts'

/** A step that can be done again after it was cut short, and what it adds to the state. */
type Step = { name: string; run(stage: DemoStage): Promise<Partial<DemoState> | void> }

const steps: readonly Step[] = [
  { name: 'company', run: openCompany },
  { name: 'catalogue', run: writeCatalogue },
  { name: 'stock', run: stockShelves },
  { name: 'people', run: hirePeople },
  { name: 'loyalty', run: openLoyalty },
  { name: 'orders', run: liveThrough },
  { name: 'deliveries', run: deliverInWindows },
  { name: 'parts', run: orderInParts },
  { name: 'files', run: sellFiles },
  { name: 'drive', run: openDrive },
  { name: 'quotes', run: writeQuotes },
  { name: 'companies', run: serveCompanies },
  { name: 'reservations', run: reserveToTry },
  { name: 'appointments', run: takeAppointments },
  { name: 'suppliers', run: orderFromSuppliers },
  { name: 'ahead', run: sellAhead },
  { name: 'transfers', run: sendTransfers },
  { name: 'counts', run: countShelves },
  { name: 'lots', run: followLots },
  { name: 'minds', run: changeMinds },
  { name: 'past', run: rememberPurchases },
  { name: 'tills', run: rememberSales },
  { name: 'points', run: activatePoints },
  { name: 'segments', run: keepSegments },
  { name: 'training', run: teachTeam },
  { name: 'advisers', run: giveAdvisers },
  { name: 'templates', run: writeTemplates },
  { name: 'rights', run: askRights },
  { name: 'forgotten', run: rememberForgotten },
  { name: 'experiments', run: tryShelves },
  { name: 'outlets', run: studyOutlets },
  { name: 'figures', run: countFigures },
]

const demoSeed = 20_260_101
const dayMs = 86_400_000

/**
 * Loads the demo company into an empty database, through the modules' own use cases; goes on where an earlier start was cut
 * short; does nothing where a company lives already. The same seed and day give the same company.
 */
export async function loadDemoIfEmpty(
  host: DemoHost,
  onProgress: (step: { name: string; done: number; total: number }) => void,
): Promise<readonly DemoAccount[]> {
  const { db, clock: realClock } = host.services
  let state = await readSetting<DemoState>(db, 'demo')
  if (!state && !(await isEmpty(host))) return []
  state ??= { seed: demoSeed, today: realClock.now().toISOString(), done: [], accounts: [] }
  const today = new Date(state.today)
  const clock = createSetClock(new Date(today.getTime() - (historyDays + 5) * dayMs))
  const app = host.at(clock)
  for (const [index, step] of steps.entries()) {
    if (state.done.includes(step.name)) continue
    onProgress({
      name: text(terminalLocale(), `demo.step.${step.name}`),
      done: index + 1,
      total: steps.length,
    })
    const added = await step.run({ app, clock, state, today })
    state = { ...state, ...added, done: [...state.done, step.name] }
    const reached = state
    await command(systemContext(app.services, 'demo'), (tx) => writeSetting(tx, 'demo', reached))
  }
  return state.accounts
}

/** Nobody has put anything in yet: no place, no channel. */
async function isEmpty({ services: { db } }: DemoHost): Promise<boolean> {
  return (await listSites(db)).length === 0 && (await listChannels(db)).length === 0
}
