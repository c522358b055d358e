import '@ecluse/ui/fonts.css'
import '@ecluse/ui/tokens.css'
import '@ecluse/ui/base.css'
import '../styles/frame.css'
import '../styles/header.css'
import '../styles/footer.css'
import '../styles/controls.css'
import '../styles/home.css'
import '../styles/cards.css'
import '../styles/shops.css'
import '../styles/lists.css'
import '../styles/product.css'
import '../styles/cart.css'
import '../styles/checkout.css'
import '../styles/orders.css'
import '../styles/rating.css'
import '../styles/companies.css'
import { listenToCart } from './cart.ts'
import { listenToForms } from './forms.ts'
import { listenToGallery } from './gallery.ts'
import { listenToLists } from './lists.ts'
import { listenToNotifications } from './notifications.ts'
import { listenToPastedLists } from './pasted-list.ts'
import { listenToSearch } from './search.ts'
import { keepAsking } from './wait.ts'
import { listenToWindows } from './windows.ts'

/*
 * Islands: small helps over pages that work without them. Each listens on the document, so that what is put in place later
 * is helped too, and finds its elements by `data-island`.
 */
listenToLists()
listenToCart()
listenToForms()
listenToWindows()
listenToGallery()
listenToSearch()
listenToPastedLists()
listenToNotifications()
keepAsking()
