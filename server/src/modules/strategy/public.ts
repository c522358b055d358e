export { simulateScenario } from './simulate-scenario.ts'
export { loadSolver } from './solve-programme.ts'
export { personalOfStrategy } from './queries/personal.ts'
