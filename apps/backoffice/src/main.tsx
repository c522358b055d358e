import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { EcluseProvider } from '@ecluse/ui/ecluse-provider.tsx'
import { LocaleBridge } from '@ecluse/ui/staff/locale.tsx'
import { queryClient } from '@ecluse/ui/staff/api.ts'
import english from '../messages/en.json'
import french from '../messages/fr.json'
import { router } from './app/router.tsx'
// After the provider, which brings Mantine's own styles: ours refine them.
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './app/layout.css'
import './today/today.css'
import './orders/orders.css'
import './parcels/parcels.css'
import './quotes/quotes.css'
import './companies/companies.css'
import './stock/stock.css'
import './documents/documents.css'
import './catalog/catalog.css'
import './messages/messages.css'
import './sourcing/sourcing.css'
import './imports/imports.css'
import './keys/keys.css'
import './webhooks/webhooks.css'
import './list/list.css'

const messages = { fr: french, en: english }
const place = document.getElementById('root')
if (!place) throw new Error('index.html has no #root')

createRoot(place).render(
  <StrictMode>
    <EcluseProvider messages={messages}>
      <LocaleBridge>
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" limit={4} />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </LocaleBridge>
    </EcluseProvider>
  </StrictMode>,
)
