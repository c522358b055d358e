import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.ts'
import { emptySearch, trainingTeamSearch } from './search.ts'

const getParentRoute = () => root

const mine = createRoute({
  getParentRoute,
  path: '/training',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../training/my-courses-page.tsx'), 'MyCoursesPage'),
})
const course = createRoute({
  getParentRoute,
  path: '/training/$courseId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../training/course-page.tsx'), 'CoursePage'),
})
const attempt = createRoute({
  getParentRoute,
  path: '/training/attempts/$attemptId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../training/attempt-page.tsx'), 'AttemptPage'),
})
const courses = createRoute({
  getParentRoute,
  path: '/training/courses',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../training/courses-page.tsx'), 'CoursesPage'),
})
const editor = createRoute({
  getParentRoute,
  path: '/training/courses/$courseId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../training/course-editor-page.tsx'), 'CourseEditorPage'),
})
const team = createRoute({
  getParentRoute,
  path: '/training/team',
  validateSearch: trainingTeamSearch.parse,
  component: lazyRouteComponent(() => import('../training/team-page.tsx'), 'TeamPage'),
})

/** Courses: one's own, those of the team, and their authors' pages. */
export const trainingRoutes = [mine, course, attempt, courses, editor, team] as const
