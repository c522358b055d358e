import { accessEndpoints } from './access.ts'
import { cartEndpoints } from './carts.ts'
import { catalogEndpoints } from './catalog.ts'
import { channelEndpoints } from './channels.ts'
import { customerEndpoints } from './customers.ts'
import { engagementEndpoints } from './engagement.ts'
import { fulfillmentEndpoints } from './fulfillment.ts'
import { interchangeEndpoints } from './interchange.ts'
import { inventoryEndpoints } from './inventory.ts'
import { offerEndpoints } from './offers.ts'
import { orderEndpoints } from './orders.ts'
import { webhookEndpoints } from './webhooks.ts'
import { sourcingEndpoints } from './sourcing.ts'

/** The whole HTTP API, by operation id. */
export const endpoints = {
  ...accessEndpoints,
  ...channelEndpoints,
  ...catalogEndpoints,
  ...offerEndpoints,
  ...cartEndpoints,
  ...orderEndpoints,
  ...fulfillmentEndpoints,
  ...inventoryEndpoints,
  ...sourcingEndpoints,
  ...interchangeEndpoints,
  ...webhookEndpoints,
  ...customerEndpoints,
  ...engagementEndpoints,
}
export type EndpointName = keyof typeof endpoints
