import type { Queryable } from '../kernel/db.ts'
import { readSetting } from '../kernel/settings.ts'

/** An account to try the program with; it exists in the demo company only. */
export type DemoAccount = { readonly label: string; readonly email: string; readonly password: string }

/** The accounts of the demo company, as they were made when it was loaded; none when this is a firm's own database. */
export async function demoAccounts(db: Queryable): Promise<readonly DemoAccount[]> {
  return (await readSetting<{ accounts: DemoAccount[] }>(db, 'demo'))?.accounts ?? []
}
