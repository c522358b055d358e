import { personalOfKernel, type PersonalPart } from './kernel/personal.ts'
import { personalOfAccess } from './modules/access/public.ts'
import { personalOfCustomers } from './modules/customers/public.ts'
import { personalOfEngagement } from './modules/engagement/public.ts'
import { personalOfFulfillment } from './modules/fulfillment/public.ts'
import { personalOfInterchange } from './modules/interchange/public.ts'
import { personalOfInventory } from './modules/inventory/public.ts'
import { personalOfLoyalty } from './modules/loyalty/public.ts'
import { personalOfOrders } from './modules/orders/public.ts'
import { personalOfPayments } from './modules/payments/public.ts'
import { personalOfRights } from './modules/rights/public.ts'
import { personalOfService } from './modules/service/public.ts'
import { personalOfStrategy } from './modules/strategy/public.ts'

/** What each module knows of people, in the order it is asked: who they are, then what was theirs. Who they are is forgotten last. */
export const personalParts: readonly PersonalPart[] = [
  personalOfCustomers,
  personalOfAccess,
  personalOfOrders,
  personalOfService,
  personalOfPayments,
  personalOfFulfillment,
  personalOfInventory,
  personalOfLoyalty,
  personalOfEngagement,
  personalOfStrategy,
  personalOfInterchange,
  personalOfKernel,
  personalOfRights,
]

/**
 * Tables of `docs/personal-data.md` that hold nothing of a customer as a person: of whom they speak. A test compares both lists with
 * the page, so that a table that is added is either given and erased, or named here.
 */
export const ofOthers: Readonly<Record<string, 'team' | 'firm' | 'nobody'>> = {
  'access.staff': 'team',
  'access.staff_site': 'team',
  'access.api_key': 'team',
  'catalog.download_file': 'team',
  'channels.legal_entity': 'firm',
  'customers.company': 'firm',
  'customers.approval_rule': 'firm',
  'customers.opposition': 'nobody',
  'customers.party_family': 'nobody',
  'customers.value_fit': 'nobody',
  'engagement.contact_answer': 'nobody',
  'engagement.journey': 'team',
  'engagement.journey_count': 'nobody',
  'engagement.journey_outcome': 'nobody',
  'engagement.journey_version': 'team',
  'engagement.contact_day': 'nobody',
  'engagement.letter_batch': 'team',
  'engagement.mail_picture': 'team',
  'engagement.mail_template': 'team',
  'engagement.mail_template_version': 'team',
  'engagement.mailbox': 'nobody',
  'engagement.segment': 'team',
  'fulfillment.picking_round': 'team',
  'interchange.import_run': 'team',
  'interchange.webhook': 'team',
  'inventory.lot': 'team',
  'inventory.lot_pick': 'team',
  'inventory.place_closure': 'team',
  'inventory.receipt': 'team',
  'inventory.replenishment_rule': 'team',
  'inventory.sourcing_policy': 'team',
  'inventory.stock_count': 'team',
  'inventory.stock_count_line': 'team',
  'inventory.stock_movement': 'team',
  'inventory.supplier': 'firm',
  'inventory.supplier_document': 'team',
  'inventory.supplier_place': 'team',
  'inventory.transfer': 'team',
  'loyalty.programme': 'team',
  'loyalty.partner': 'firm',
  'loyalty.partner_settlement': 'team',
  'payments.credit_account': 'firm',
  'pricing.price_rule': 'team',
  'rights.archive': 'nobody',
  'rights.certificate': 'nobody',
  'rights.retention_rule': 'team',
  'rights.retention_run': 'nobody',
  'customers.restricted': 'nobody',
  'loyalty.entitlement': 'nobody',
  'rights.register': 'team',
  'service.adviser': 'team',
  'service.closure': 'team',
  'strategy.analysis': 'team',
  'strategy.audit': 'team',
  'strategy.competitor_price': 'team',
  'strategy.grid_version': 'team',
  'strategy.experiment': 'team',
  'strategy.study': 'team',
  'strategy.objective': 'team',
  'strategy.objective_note': 'team',
  'strategy.challenge': 'team',
  'strategy.memo': 'team',
  'strategy.memo_review': 'team',
  'strategy.scenario': 'team',
  'strategy.scenario_run': 'team',
  'strategy.scenario_version': 'team',
  'training.assignment': 'team',
  'training.attempt': 'team',
  'training.course': 'team',
  'training.course_version': 'team',
}
