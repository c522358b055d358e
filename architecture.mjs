/**
 * The declared module graph of the server, and how every table spreads over a growing database.
 *
 * The checks (`npm run check`) are generated from this file: an import, a join or a write that is not declared here is refused.
 * Change it in the commit that needs it, with a decision record in `docs/adr/`.
 */

/** Which modules each module may call (through their `public.ts`). Everything else goes by event, through the outbox. */
export const modules = {
  access: ['channels'],
  channels: [],
  catalog: ['channels'],
  customers: [],
  pricing: ['channels', 'catalog'],
  promises: [],
  inventory: ['channels', 'catalog', 'promises'],
  offers: ['channels', 'catalog', 'pricing', 'inventory', 'promises'],
  payments: [],
  orders: ['catalog', 'pricing', 'inventory', 'offers', 'promises', 'customers', 'payments', 'channels'],
  fulfillment: ['channels', 'orders', 'inventory', 'promises', 'payments'],
  engagement: ['customers', 'catalog', 'orders', 'channels'],
  interchange: ['channels', 'catalog', 'pricing', 'inventory', 'customers', 'offers'],
}

/** Folders outside the modules, and what they may import. `kernel` knows no domain; `wiring` is the one meeting place. */
export const layers = {
  kernel: { mayImport: ['contracts'] },
  modules: { mayImport: ['kernel', 'contracts'] },
  demo: { mayImport: ['kernel', 'contracts', 'modules'] },
  wiring: { mayImport: ['kernel', 'contracts', 'modules', 'demo', 'storefront'] },
  simulation: { mayImport: ['kernel', 'contracts', 'modules', 'demo', 'wiring'] },
}
