import { createRootRoute } from '@tanstack/react-router'
import { NotFound } from './not-found.tsx'
import { PageFailed } from './page-failed.tsx'
import { Root } from './root.tsx'

/** What every page lies in. */
export const root = createRootRoute({ component: Root, notFoundComponent: NotFound, errorComponent: PageFailed })
