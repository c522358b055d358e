export { simulateScenario } from './simulate-scenario.ts'
export { loadSolver } from './solve-programme.ts'
