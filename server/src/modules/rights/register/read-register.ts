import type { ProcessingRegister, RegisterContent } from '@ecluse/contracts/register.ts'
import type { RetentionRule } from '@ecluse/contracts/retention.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Config } from '../../../kernel/config.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { text } from '../../../kernel/messages.ts'
import type { PersonalPart } from '../../../kernel/personal.ts'
import { labelOf, named } from '../archive/archive-page.ts'
import { lockRules } from '../queries/locks.ts'
import { currentRegister, insertRegister } from '../queries/register.ts'
import { ruleInForce } from '../retention/retention-rule.ts'
import { parseSenderParts } from '../sender.ts'
import { activities } from './activities.ts'

/** The register as it is now: what the modules declare, how long it is kept by the rule in force, and what the firm says. */
export async function readRegister(
  config: Config,
  db: Queryable,
  parts: readonly PersonalPart[],
  locale: Locale,
): Promise<ProcessingRegister> {
  const row = await currentRegister(db)
  const { rule } = await ruleInForce(db)
  const content = row?.content ?? firstContent(config)
  const words = (id: string, values?: Record<string, string | number>) => text(locale, `rights.register.${id}`, values)
  const kept = {
    customers: words(keptOf(rule), { ...rule.months }),
    accounts: words('kept.accounts'),
    account: words('kept.account', { customer: rule.months.customer }),
    proof: words('kept.proof'),
  }
  return {
    version: row?.version ?? 0,
    since: row?.since.toISOString() ?? null,
    actor: row?.actor ?? null,
    content,
    missing: missingOf(content),
    activities: activities.map(({ activity, modules, basis, kept: term }) => {
      const tables = parts.filter(({ module }) => modules.includes(module)).flatMap((part) => part.tables)
      const names = tables.map(({ table }) => table)
      return {
        activity,
        basis,
        tables: names,
        categories: [...new Set(names.map((table) => named(locale, labelOf(table), table)))],
        people: words(`people.${activity}`),
        purpose: words(`purpose.${activity}`),
        retention: kept[term],
        recipients: recipientsOf(config, activity).map((one) => words(`recipient.${one.kind}`, { host: one.host })),
      }
    }),
  }
}

/** How it is said when prospects and customers are kept; a term they share is said once. */
function keptOf({ on, months: { prospect, customer } }: RetentionRule): string {
  if (prospect === customer) return on ? 'kept.everybody' : 'kept.everybody_off'
  return on ? 'kept.customers' : 'kept.customers_off'
}

/** Who is given data by the software, as it is set up: hosts alone, never a password. */
function recipientsOf(config: Config, activity: string): { kind: 'mail' | 'mailbox' | 'texts'; host: string }[] {
  if (activity !== 'contacts') return []
  const given = [
    { kind: 'mail', url: config.smtpUrl },
    { kind: 'mailbox', url: config.imapUrl },
    { kind: 'texts', url: config.smsUrl },
  ] as const
  return given.flatMap(({ kind, url }) => (url === null ? [] : [{ kind, host: new URL(url).hostname }]))
}

function firstContent({ mailFrom }: Config): RegisterContent {
  const { shop, address } = parseSenderParts(mailFrom)
  return {
    controller: { name: shop, address: '', email: address, phone: '' },
    representative: '',
    dpo: { name: '', email: '' },
    transfers: '',
    security: '',
    recipients: '',
  }
}

/** A representative and a data protection officer are not asked of every firm. */
function missingOf({ controller, transfers, security }: RegisterContent): string[] {
  return Object.entries({
    name: controller.name,
    address: controller.address,
    email: controller.email,
    transfers,
    security,
  })
    .filter(([, value]) => value === '')
    .map(([name]) => name)
}

/** Writes down what the firm says of its processing. */
export async function saveRegister(ctx: Ctx, tx: Tx, content: RegisterContent): Promise<void> {
  await lockRules(tx)
  const version = ((await currentRegister(tx))?.version ?? 0) + 1
  await insertRegister(tx, { version, content, since: ctx.clock.now(), actor: actorLabel(ctx.actor) })
}
